using Winback.Replies.Reading;

namespace Winback.Tests.Replies.Reading;

public sealed class ReplyTextTests
{
    [Theory]
    [InlineData("Op di 10 nov 2026 om 09:12 schreef Salon Lok <hallo@lok.example>:\n\n> Hoi,\n> Tijd voor een afspraak?")]
    [InlineData("Op 10-11-2026 om 09:12 schreef Salon Lok:\n> Hoi,\n>\n> Tijd voor een afspraak?")]
    [InlineData("Op 10 nov. 2026, om 09:12 heeft Salon Lok <hallo@lok.example> het volgende geschreven:\n\nHoi,\n\nTijd voor een afspraak?")]
    [InlineData("Op dinsdag 10 november 2026 om 09:12 schreef de klantenservice van Salon Lok en\nzonen <hallo@lok.example>:\n\n> Hoi")]
    [InlineData("Salon Lok <hallo@lok.example> schreef op 10-11-2026 09:12:\n\n> Hoi")]
    [InlineData("Le mar. 10 nov. 2026 à 09:12, Salon Lok <hallo@lok.example> a écrit :\n\n> Hoi")]
    [InlineData("Am 10.11.2026 um 09:12 schrieb Salon Lok <hallo@lok.example>:\n\n> Hoi")]
    [InlineData("On Tue, Nov 10, 2026 at 9:12 AM Salon Lok <hallo@lok.example> wrote:\n\n> Hi")]
    [InlineData("On Tuesday, November 10, 2026 at 9:12 AM, The Customer Care Team at\nSalon Lok <hallo@lok.example>\nwrote:\n\n> Hi")]
    [InlineData("    On Tuesday, 10 November 2026 at 09:12:07 GMT, Salon Lok <hallo@lok.example> wrote:  \n \n Hi,\n \n Time for a cut?")]
    [InlineData("> On 10 Nov 2026, at 09:12, Salon Lok <hallo@lok.example> wrote:\n> \n> Hi")]
    [InlineData("> Hoi,\n>\n> Tijd voor een afspraak?")]
    [InlineData("Van: Salon Lok <hallo@lok.example>\nVerzonden: dinsdag 10 november 2026 09:12\nAan: jan@example.com\nOnderwerp: Tijd\n\nHoi,")]
    [InlineData("________________________________\nVan: Salon Lok <hallo@lok.example>\nVerzonden: dinsdag 10 november 2026 09:12\nAan: jan@example.com\nOnderwerp: Tijd\n\nHoi,")]
    [InlineData("-----Oorspronkelijk bericht-----\nVan: Salon Lok [mailto:hallo@lok.example]\nVerzonden: dinsdag\nAan: jan@example.com\nOnderwerp: Tijd\n\nHoi,")]
    [InlineData("----- Oorspronkelijk bericht -----\nVan: \"Salon Lok\" <hallo@lok.example>\nAan: jan@example.com\nVerzonden: Dinsdag 10 november 2026 09:12:44\nOnderwerp: Tijd\n\nHoi,")]
    [InlineData("-------- Oorspronkelijk bericht --------\nVan: Salon Lok <hallo@lok.example>\nDatum: 10-11-2026 09:12 (GMT+01:00)\nAan: jan@example.com\nOnderwerp: Tijd\n\nHoi")]
    [InlineData("From: Salon Lok <hallo@lok.example>\nSent: Tuesday, 10 November 2026 09:12\nTo: jan@example.com\nSubject: Time\n\nHi,")]
    [InlineData("De : Salon Lok <hallo@lok.example>\nEnvoyé : mardi 10 novembre 2026 09:12\nÀ : jan@example.com\nObjet : Tijd\n\nHoi,")]
    [InlineData("Von: Salon Lok <hallo@lok.example>\nGesendet: Dienstag, 10. November 2026 09:12\nAn: jan@example.com\nBetreff: Zeit\n\nHallo,")]
    [InlineData("*Van:* Salon Lok <hallo@lok.example>\n*Verzonden:* dinsdag 10 november 2026 09:12\n*Aan:* jan@example.com\n*Onderwerp:* Tijd\n\nHoi,")]
    public void What_a_mail_program_quotes_below_the_answer_is_left_out(string quoted) =>
        Assert.Equal("Ik kom niet meer.\n\nGroet,\nJan", ReplyText.Extract("Ik kom niet meer.\n\nGroet,\nJan\n\n" + quoted));

    [Fact]
    public void An_answer_below_the_quote_is_the_reply() =>
        Assert.Equal("Ik kom niet meer.", ReplyText.Extract("Op di 10 nov 2026 om 09:12 schreef Lok <h@lok.example>:\n\n> Hoi,\n> Kom je nog?\n\nIk kom niet meer.\n\nVerstuurd vanaf mijn iPhone"));

    [Fact]
    public void Answers_between_quoted_lines_are_the_reply() =>
        Assert.Equal("Nee.\n\nOok niet.", ReplyText.Extract("> Was het te duur?\n\nNee.\n\n> Te ver?\n\nOok niet.\n\n> Groet, Lok"));

    [Fact]
    public void The_rest_of_a_broken_quoted_line_is_no_answer() =>
        Assert.Equal("Nee.", ReplyText.Extract("> Het is alweer een hele tijd geleden dat u bij ons in de salon was en\nwij vroegen ons af\n> of u nog eens komt.\n\nNee."));

    [Theory]
    [InlineData("Verzonden vanaf mijn iPhone")]
    [InlineData("Verstuurd vanaf mijn iPad")]
    [InlineData("Verzonden vanaf Samsung-smartphone.")]
    [InlineData("Verzonden met mijn Samsung Galaxy-smartphone.")]
    [InlineData("Verstuurd vanuit Outlook voor Android")]
    [InlineData("Verzonden vanuit Mail<https://example.com/fwlink> voor Windows")]
    [InlineData("Outlook voor iOS downloaden<https://example.com/o0ukef>")]
    [InlineData("Download Outlook voor Android")]
    [InlineData("Sent from my Galaxy")]
    [InlineData("Sent from Yahoo Mail on Android")]
    [InlineData("Get Outlook for Android<https://example.com/AAb9ysg>")]
    [InlineData("Envoyé de mon iPhone")]
    [InlineData("Von meinem iPhone gesendet")]
    [InlineData("[cid:image001.png@01DB34A2.7C1E]")]
    [InlineData("<div><br></div>")]
    [InlineData("Virusvrij.www.avast.com<https://example.com/sig-email>")]
    [InlineData("-- \nPenningmeester\nwww.deslag.example")]
    [InlineData("De informatie in dit e-mailbericht is vertrouwelijk.\nDenk aan het milieu voordat u deze e-mail afdrukt.")]
    [InlineData("This e-mail is intended for the named recipient only. If you received it in error, please delete it.")]
    [InlineData("Registered in England and Wales. Company number 1234567.")]
    public void What_no_person_wrote_is_left_out(string footer) =>
        Assert.Equal("Ik kom niet meer.", ReplyText.Extract($"Ik kom niet meer.\n\n{footer}\n\nOp 10-11-2026 om 09:12 schreef Lok:\n> Hoi"));

    [Theory]
    [InlineData("Beste Lieve,\n\nWij stoppen ermee.\n\nMet vriendelijke groet,\n\ndrs. E. Kort\nFacilitair Bedrijf")]
    [InlineData("Op 3 november stond ik voor een dichte deur en niemand die opnam.")]
    [InlineData("On Monday I waited for an hour. Nobody wrote back:\nnot even a line.")]
    [InlineData("Van: tot: we hebben het allemaal gezien.")]
    [InlineData("Verzonden met de verkeerde maat, en dat twee keer.")]
    [InlineData("Dat was vertrouwelijk, en jullie vertelden het door.")]
    [InlineData("- te duur\n- te ver")]
    public void What_a_person_wrote_stays(string text) => Assert.Equal(text, ReplyText.Extract(text + "\n\nSent from my iPhone"));

    [Fact]
    public void A_mail_of_only_a_quote_has_no_new_text() => Assert.Equal("", ReplyText.Extract("Verstuurd vanaf mijn iPhone\n\n> Hoi,\n> Kom je nog?"));

    [Fact]
    public void Html_is_read_as_text_without_its_quote_and_style() =>
        Assert.Equal("Te ver & te duur.\n\nJan", ReplyText.Extract(
            "<html><head><style>p { color: red }</style></head><body><div>Te ver &amp; te duur.</div><div><br></div><div>Jan</div>"
            + "<div class=\"gmail_quote\">Op di 10 nov 2026 om 09:12 schreef Lok &lt;h@lok.example&gt;:<br><blockquote>Hoi<br>Kom je nog?</blockquote></div></body></html>"));

    [Fact]
    public void Beyond_the_limit_nothing_is_read() =>
        Assert.True(ReplyText.Extract(string.Concat(Enumerable.Repeat("nog een regel\n", 100_000))).Split('\n').Length <= 5000);
}
