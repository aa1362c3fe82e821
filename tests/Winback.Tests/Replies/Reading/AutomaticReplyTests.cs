using Winback.Replies.Reading;

namespace Winback.Tests.Replies.Reading;

public sealed class AutomaticReplyTests
{
    [Theory]
    [InlineData("Auto-Submitted: auto-replied")]
    [InlineData("Auto-Submitted: auto-generated\nReturn-Path: <>")]
    [InlineData("auto-submitted:\n auto-replied (vacation)")]
    [InlineData("X-Autoreply: yes")]
    [InlineData("X-Autorespond: winkel gesloten\nPrecedence: list")]
    [InlineData("Precedence: auto_reply")]
    [InlineData("Return-Path: <>")]
    [InlineData("From: Mail Delivery Subsystem <MAILER-DAEMON@example.com>")]
    [InlineData("Content-Type: multipart/report; report-type=delivery-status;\n boundary=\"x\"")]
    [InlineData("X-Failed-Recipients: jan@example.com")]
    public void Headers_tell_a_machine_whatever_the_words_say(string headers) => Assert.True(Shipped.Read("Ik kom graag weer eten!", headers: headers).Automatic);

    [Theory]
    [InlineData("")]
    [InlineData("Auto-Submitted: no")]
    [InlineData("List-Unsubscribe: <mailto:x@example.com>\nX-Priority: 3")]
    [InlineData("Precedence: list")]
    [InlineData("X-Auto-Response-Suppress: DR")]
    public void Headers_of_people_do_not(string headers) => Assert.False(Shipped.Read("Ik kom graag weer eten!", headers: headers).Automatic);

    [Theory]
    [InlineData("Automatisch antwoord: We missen u")]
    [InlineData("Automatic reply: We missen u")]
    [InlineData("Out of office Re: We missen u")]
    [InlineData("Afwezig: We missen u")]
    [InlineData("Onbestelbaar: We missen u")]
    [InlineData("Undeliverable: We missen u")]
    [InlineData("Delivery Status Notification (Failure)")]
    public void Subjects_of_machines_tell_one(string subject) => Assert.True(Shipped.Read("Tot maandag.", subject).Automatic);

    [Theory]
    [InlineData("Ik ben afwezig tot 1 december. Voor dringende zaken kunt u contact opnemen met mijn collega's.")]
    [InlineData("Bedankt voor uw bericht. Wij streven ernaar binnen 2 werkdagen te reageren.")]
    [InlineData("Dit is een automatisch gegenereerd bericht.")]
    [InlineData("I am out of the office with limited access to email. I will respond on my return.")]
    [InlineData("This note goes out by itself, once, to anyone who writes.")]
    [InlineData("Your message could not be delivered. The mailbox is full.")]
    public void Wording_tells_one_where_nothing_else_does(string text) => Assert.True(Shipped.Read(text).Automatic);

    [Theory]
    [InlineData("Ik ben nu op vakantie, daarna maak ik een afspraak.")]
    [InlineData("I'm away till the 14th but would love to come in the week after.")]
    [InlineData("Al drie weken wacht ik op antwoord op ticket 5521.")]
    [InlineData("We zijn tot half december met verlof in Spanje, daarna komen we zeker weer eten.")]
    public void A_person_who_writes_about_a_holiday_is_none(string text) => Assert.False(Shipped.Read(text).Automatic);

    [Fact]
    public void An_automatic_mail_has_neither_reason_nor_intent()
    {
        var reading = Shipped.Read("Ons bedrijf is failliet. Bel de curator.", headers: "Auto-Submitted: auto-replied");

        Assert.Equal((Reason.None, SubReason.None, 0), (reading.Reason, reading.SubReason, reading.Intents.Length));
    }

    [Theory]
    [InlineData("Ik ben afwezig van 9 november 2026 tot 23 november 2026. Bel anders 12 januari 2027.", "2026-11-23")]
    [InlineData("I am out of the office until Monday 23 November 2026.", "2026-11-23")]
    [InlineData("Afwezig t/m 23-11-2026.", "2026-11-23")]
    public void An_absence_notice_may_tell_when_its_sender_is_back(string text, string back) =>
        Assert.Equal(DateOnly.Parse(back, System.Globalization.CultureInfo.InvariantCulture), Shipped.Read(text, headers: "Auto-Submitted: auto-replied").ReturnDate);

    [Fact]
    public void A_date_that_does_not_exist_or_has_no_year_is_none() =>
        Assert.Null(Shipped.Read("Afwezig tot 31-02-2026 en anders tot 3 maart.", headers: "Auto-Submitted: auto-replied").ReturnDate);
}
