using Winback.MailEvents;
using Winback.Replies.Reading;

namespace Winback.Tests.MailEvents;

public sealed class BounceReasonTests
{
    [Theory]
    [InlineData("550 5.1.1 Ons bedrijf is gestopt. Bedankt voor het vertrouwen.", SubReason.BusinessClosed)]
    [InlineData("550 Onze\r\n550 activiteiten zijn beëindigd", SubReason.BusinessClosed)]
    [InlineData("554 5.7.1 This company has closed and ceased trading", SubReason.BusinessClosed)]
    [InlineData("550 Jansen BV is FAILLIET verklaard", SubReason.BusinessClosed)]
    [InlineData("550 5.1.1 Bakker BV: ons bedrijf is overgenomen door De Vries", SubReason.TakenOver)]
    [InlineData("550 Our company has been acquired by Initech", SubReason.TakenOver)]
    [InlineData("550 5.1.1 Sam de Boer werkt niet meer bij ons", SubReason.Job)]
    [InlineData("550 Deze medewerker is niet langer   werkzaam bij de gemeente", SubReason.Job)]
    [InlineData("550 5.1.1 J. Smith no longer works here, contact office@firm.example", SubReason.Job)]
    [InlineData("550 The recipient has left the company", SubReason.Job)]
    [InlineData("550 5.1.1 Mailbox closed, Sam no longer works here", SubReason.Job)]
    [InlineData("550 Mevrouw De Wit is met pensioen", SubReason.Job)]
    [InlineData("550 Hij is verhuisd en leest dit niet meer", SubReason.Moved)]
    [InlineData("550 The family has emigrated", SubReason.Moved)]
    [InlineData("550 De heer Bos is geëmigreerd", SubReason.Moved)]
    [InlineData("550 Meneer Bos is overleden", SubReason.Deceased)]
    [InlineData("550 Mr Bos has passed away", SubReason.Deceased)]
    public void A_bounce_that_says_why_they_are_gone_sets_the_reason(string text, SubReason expected) =>
        Assert.Equal((Reason.SituationChanged, expected), BounceReason.Of(text));

    [Theory] // What mail servers say all day is about mailboxes, not about people.
    [InlineData(null)]
    [InlineData("  ")]
    [InlineData("550 5.1.1 The email account that you tried to reach does not exist.")]
    [InlineData("550 5.1.1 <sam@klant.example>: Recipient address rejected: User unknown in virtual mailbox table")]
    [InlineData("551 User has moved; please try sam@new.example")]
    [InlineData("550 5.1.6 Dit e-mailadres is verhuisd")]
    [InlineData("550 This mailbox has moved to another server")]
    [InlineData("550 Mailbox no longer exists")]
    [InlineData("550 account is closed")]
    [InlineData("552 5.2.2 Mailbox full")]
    [InlineData("550 He is no longer with us")] // left or died: not clear
    [InlineData("550 Mijn taken zijn overgenomen door Piet")]
    [InlineData("550 5.1.1 This e-mail address no longer works")]
    [InlineData("550 Dit e-mailadres werkt niet meer")]
    [InlineData("550 This server has retired")]
    [InlineData("451 4.3.0 Internal error: the delivery process has died")]
    [InlineData("Bounced Address")]
    [InlineData("550 \ud800 half a character")]
    public void One_that_does_not_say_it_sets_none(string? text) => Assert.Null(BounceReason.Of(text));
}
