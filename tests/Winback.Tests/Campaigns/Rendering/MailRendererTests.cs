using System.Net;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Xunit;
using Winback.Campaigns;
using Winback.Campaigns.Rendering;

namespace Winback.Tests.Campaigns.Rendering;

public sealed class MailRendererTests
{
    private const string FirstName = "{{#if customer.first_name}}{{customer.first_name}}{{/if}}";

    [Theory]
    [InlineData("*Jan* <script>alert(1)</script>[x](http://evil.example)")] // Markdown and HTML
    [InlineData("{{links.unsubscribe}} {{{body}}} {{#if}}")] // Handlebars
    [InlineData("**[Klik](http://evil.example)**")] // a whole paragraph that would be a button
    [InlineData("> 1. # - + === --- `x` ~~~ \\ & &amp; \" ' | _a_")] // every other mark
    [InlineData("1. Jan")] // a list
    [InlineData("![x](http://evil.example/a.png)")]
    [InlineData("<http://evil.example>")]
    [InlineData("--> </td></table> <!-- ")]
    public void A_hostile_name_appears_literally(string name)
    {
        var mail = SampleMails.Render(FirstName, WithName(name), FirstName);

        Assert.Equal(name.Trim(), mail.Subject);
        Assert.StartsWith($"{name.Trim()}\n\n--\n", mail.Text, StringComparison.Ordinal);
        var paragraph = Regex.Match(mail.Html, "<p style=\"margin:0 0 18px\">(.*?)</p>").Groups[1].Value;
        Assert.Equal(name.Trim(), WebUtility.HtmlDecode(paragraph));
        Assert.DoesNotContain('<', paragraph);
    }

    [Property]
    public void Any_name_appears_literally(NonNull<string> anything)
    {
        // "x" so that the name is never blank.
        var mail = SampleMails.Render(FirstName, WithName("x" + anything.Get), FirstName);

        var name = mail.Subject;
        Assert.DoesNotContain(name, char.IsControl);
        Assert.Equal(Visible("x" + anything.Get), Visible(name));
        Assert.StartsWith(name, mail.Text.Replace('\n', ' '), StringComparison.Ordinal);
        Assert.Equal(name, WebUtility.HtmlDecode(Regex.Match(mail.Html, "<p style=\"margin:0 0 18px\">(.*?)</p>").Groups[1].Value));
    }

    [Theory]
    [InlineData("Jan\r\nBcc: all@example.com", "Jan Bcc: all@example.com")]
    [InlineData("Jan\n\n# Kop\t\0x", "Jan # Kop x")]
    [InlineData("Jan\u2028Piet\u0085Klaas", "Jan Piet Klaas")]
    [InlineData("    Jan    de  Wit ", "Jan de Wit")] // four spaces would start a code block
    [InlineData("Jan \u202Enaj\u202C", "Jan naj")] // would turn the words after it around
    public void A_value_stays_on_one_line(string name, string expected)
    {
        var mail = SampleMails.Render(FirstName, WithName(name), "Dag " + FirstName);

        Assert.Equal("Dag " + expected, mail.Subject);
        Assert.StartsWith(expected + "\n\n--\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains($">{expected}</p>", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_subject_is_one_line_also_when_the_template_has_more()
    {
        var template = MailTemplate.Parse("x.md", "---\nsubject: |\n  Dag\n  {{business.name}}\n---\nTekst");
        Assert.Equal("Dag Eetkamer De Linde", SampleMails.Renderer.Render(template, SampleMails.Restaurant, MailLanguage.Dutch).Subject);
    }

    [Theory]
    [InlineData("https://x.example/a_b*c~d/(e)/[f]?q=1&r=2#g-h.i!j")]
    [InlineData("https://x.example/Zm9v.YmFy-_%2B%2F?sig=a%3Db%20c&&x")]
    [InlineData("https://x.example/\\back?a=\"'<>`")] // the address itself escapes these
    public void A_link_survives_exactly(string address)
    {
        var url = new Uri(address);
        var model = SampleMails.Restaurant with { Links = SampleMails.Restaurant.Links with { ReturnUrl = url, Unsubscribe = url } };

        var mail = SampleMails.Render("Lees [meer]({{links.return_url}}) hier.\n\n**[Boek]({{links.return_url}})**", model);

        var targets = Regex.Matches(mail.Html, "href=\"(.*?)\"").Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).ToArray();
        Assert.Equal(3, targets.Count(target => target == url.AbsoluteUri)); // link, button, unsubscribe
        Assert.Contains($"Boek: {url.AbsoluteUri}\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains($"meer: {url.AbsoluteUri}", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_paragraph_of_only_a_bold_link_is_a_button()
    {
        var html = SampleMails.Render("**[Kies je avond]({{links.return_url}})**").Html;
        Assert.Contains("class=\"wb-button-link\"", html, StringComparison.Ordinal);
        Assert.Contains(">Kies je avond</a>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Kies je avond](https://x.example)")] // not bold
    [InlineData("*[Kies je avond](https://x.example)*")] // italic
    [InlineData("Of: **[Kies je avond](https://x.example)**")] // not alone
    [InlineData("**Of [Kies je avond](https://x.example)**")]
    public void Any_other_link_is_a_link(string body)
    {
        var html = SampleMails.Render(body).Html;
        Assert.DoesNotContain("class=\"wb-button-link\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://x.example\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_in_a_template_is_text()
    {
        var html = SampleMails.Render("<script>alert(1)</script>\n\nEn <b>vet</b>.").Html;
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;vet", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_text_keeps_the_shape_and_drops_the_marks()
    {
        var text = SampleMails.Render("""
            # Een *kop*

            Een **lange** regel die ruim over de zesenzeventig tekens heen gaat, en dus op een spatie wordt afgebroken.
            Nieuwe regel &amp; klaar.

            - een [kaart](https://x.example/kaart)
            - twee
              - drie

            1. eerst
            2. dan

            > In een **kader**

            [https://x.example](https://x.example)
            """).Text;

        Assert.Equal("""
            Een kop

            Een lange regel die ruim over de zesenzeventig tekens heen gaat, en dus op
            een spatie wordt afgebroken.
            Nieuwe regel & klaar.

            - een kaart: https://x.example/kaart
            - twee
              - drie

            1. eerst
            2. dan

              In een kader

            https://x.example

            --
            Eetkamer De Linde, Lindelaan 12, 3581 AB Utrecht, 030 123 45 67,
            https://delinde.example/
            Je krijgt deze mail omdat je klant bij ons bent of bent geweest.
            Liever geen uitnodigingen meer?
            Schrijf je uit: https://post.delinde.example/u/Zm9v.YmFy?c=restaurant&s=1
            Kies zelf hoe vaak we schrijven:
            https://post.delinde.example/api/preferences/Kx7_pQ-5

            """.ReplaceLineEndings("\n"), text);
    }

    [Theory]
    [InlineData(MessageClass.Marketing, "nl", "Schrijf je uit")]
    [InlineData(MessageClass.Marketing, "en", "Unsubscribe")]
    [InlineData(MessageClass.Service, "nl", "Je abonnement verandert daar niet door.")] // unsubscribing is not cancelling
    [InlineData(MessageClass.Service, "en", "Stop the reminders")]
    public void The_footer_says_what_unsubscribing_does(MessageClass mailClass, string code, string words)
    {
        Assert.True(MailLanguage.TryParse(code, out var language));
        var mail = SampleMails.Renderer.Render(SampleMails.Template("Tekst"), SampleMails.Restaurant with { Class = mailClass }, language);

        foreach (var part in new[] { mail.Html, mail.Text })
        {
            Assert.Contains(words, part, StringComparison.Ordinal);
            Assert.Contains("Lindelaan 12, 3581 AB Utrecht", part, StringComparison.Ordinal);
        }
        Assert.Contains($"<html lang=\"{code}\"", mail.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "1 dag")]
    [InlineData(2, "2 dagen")]
    [InlineData(30, "30 dagen")]
    public void A_plural_follows_its_number(int days, string expected)
    {
        var model = SampleMails.Gym with { Subscription = SampleMails.Gym.Subscription! with { DaysLeft = days } };
        var mail = SampleMails.Render("""{{subscription.days_left}} {{plural subscription.days_left "dag" "dagen"}}""", model);
        Assert.StartsWith(expected + "\n", mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{subscription.renewal_date}}", "dinsdag 5 januari 2027", "Tuesday 5 January 2027")]
    [InlineData("{{date subscription.renewal_date}}", "dinsdag 5 januari 2027", "Tuesday 5 January 2027")]
    [InlineData("{{date subscription.renewal_date 'short'}}", "5 januari 2027", "5 January 2027")]
    [InlineData("{{date subscription.renewal_date \"month\"}}", "januari 2027", "January 2027")]
    [InlineData("{{money 25}}", "€\u00A025", "€25")]
    [InlineData("{{money 25.00}}", "€\u00A025", "€25")]
    [InlineData("{{money 37.5}}", "€\u00A037,50", "€37.50")]
    [InlineData("{{money 1234.50}}", "€\u00A01.234,50", "€1,234.50")]
    [InlineData("{{money 0}}", "€\u00A00", "€0")]
    [InlineData("{{money 123456789.01}}", "€\u00A0123.456.789,01", "€123,456,789.01")]
    public void Dates_and_amounts_are_written_as_the_language_does(string body, string dutch, string english)
    {
        foreach (var (language, expected) in new[] { (MailLanguage.Dutch, dutch), (MailLanguage.English, english) })
        {
            var mail = SampleMails.Renderer.Render(SampleMails.Template(body, body), SampleMails.Gym, language);
            Assert.StartsWith(expected + "\n", mail.Text, StringComparison.Ordinal);
            Assert.Equal(expected, mail.Subject);
            Assert.Contains($">{expected}</p>", mail.Html, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("GBP", "£\u00A01.250,50", "£1,250.50")]
    [InlineData("USD", "$\u00A01.250,50", "$1,250.50")]
    [InlineData("CHF", "CHF\u00A01.250,50", "CHF\u00A01,250.50")]
    public void Amounts_have_the_owners_currency(string currency, string dutch, string english)
    {
        var model = SampleMails.Gym with { Business = SampleMails.Gym.Business with { Currency = currency } };
        Assert.Equal(dutch, SampleMails.Renderer.Render(SampleMails.Template("x", "{{money 1250.50}}"), model, MailLanguage.Dutch).Subject);
        Assert.Equal(english, SampleMails.Renderer.Render(SampleMails.Template("x", "{{money 1250.50}}"), model, MailLanguage.English).Subject);
    }

    [Fact]
    public void A_picture_is_as_wide_as_the_text_also_where_style_is_not_read()
    {
        var mail = SampleMails.Render("![Ons nieuwe terras](https://delinde.example/terras.jpg)");
        Assert.Contains("src=\"https://delinde.example/terras.jpg\"", mail.Html, StringComparison.Ordinal);
        Assert.Contains("width=\"510\"", mail.Html, StringComparison.Ordinal);
        Assert.Contains("alt=\"Ons nieuwe terras\"", mail.Html, StringComparison.Ordinal);
        Assert.StartsWith("Ons nieuwe terras\n", mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{#if offer}}aanbod{{else}}geen{{/if}}", "geen")]
    [InlineData("{{#if offer.code}}{{offer.code}}{{else}}geen{{/if}}", "geen")]
    [InlineData("{{#unless business.website}}geen{{/unless}}", "geen")]
    [InlineData("{{#if away_months}}{{away_months}}{{else}}geen{{/if}}", "geen")] // 0 is none
    [InlineData("{{#if subscription}}{{subscription.plan}}{{/if}}", "Onbeperkt sporten")]
    public void A_condition_asks_whether_something_is_known(string body, string expected) =>
        Assert.StartsWith(expected + "\n", SampleMails.Render(body, SampleMails.Gym).Text, StringComparison.Ordinal);

    [Fact]
    public void A_mail_is_not_made_without_what_it_needs()
    {
        var wrong = Assert.Throws<TemplateException>(() => SampleMails.Render("Gebruik {{offer.code}}.", SampleMails.Gym));
        Assert.Contains("needs offer, which the campaign does not provide", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_threads_may_render_at_once()
    {
        var template = SampleMails.Template("Dag " + FirstName, FirstName);
        Parallel.For(0, 500, i =>
        {
            var mail = SampleMails.Renderer.Render(template, WithName($"Klant{i}"), MailLanguage.Dutch);
            Assert.Equal($"Klant{i}", mail.Subject);
            Assert.StartsWith($"Dag Klant{i}\n", mail.Text, StringComparison.Ordinal);
            Assert.Contains($">Dag Klant{i}</p>", mail.Html, StringComparison.Ordinal);
        });
    }

    private static string Visible(string text) => string.Concat(text.Where(c => !char.IsControl(c) && !char.IsWhiteSpace(c)));

    private static MailModel WithName(string name) => SampleMails.Restaurant with { Customer = new MailCustomer(name, name) };
}
