using Winback.Customers;
using Winback.Mail;
using Winback.Replies;
using Winback.Replies.Answers;
using Winback.Replies.Reading;
using Winback.Tests.Fakes;

namespace Winback.Tests.Replies.Answers;

/// <summary>The mail that tells the owner what a customer said.</summary>
public sealed class OwnerMailsTests
{
    private static readonly ReplyReading Complaint = ReplyReading.Given("Koud eten", Reason.Dissatisfied, SubReason.Quality);

    [Theory]
    [InlineData("nl", "Klacht – Klant k1", "Graag opgelost vóór 14-10 12:00")]
    [InlineData("en", "Complaint – Klant k1", "Please solve it before 14-10 12:00")]
    public void It_says_in_the_owners_language_what_there_is_to_do_and_by_when(string language, string subject, string due)
    {
        using var app = New(("Business:Language", language));
        var mail = Compose(app, Complaint, "Koud eten");
        Assert.Equal(subject, mail.Subject);
        Assert.Contains(due, mail.Text, StringComparison.Ordinal);
        Assert.Contains(due, System.Net.WebUtility.HtmlDecode(mail.Html), StringComparison.Ordinal);
        Assert.Contains("> Koud eten", mail.Text, StringComparison.Ordinal);
        Assert.Contains("winback cases solve r1", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Answering_it_answers_the_customer()
    {
        using var app = New();
        var mail = Compose(app, Complaint, "Koud eten");
        Assert.Equal(("k1@klant.example", "auto-generated"), (mail.ReplyTo.Address.Value, mail.Headers["Auto-Submitted"]));
    }

    [Theory]
    [InlineData(null, null, null, false, "hallo@delinde.example")] // the sender's address
    [InlineData(null, "eigenaar@delinde.example", null, false, "eigenaar@delinde.example")]
    [InlineData("anna@delinde.example", "eigenaar@delinde.example", null, false, "anna@delinde.example")] // the account manager at once
    [InlineData("anna@delinde.example", "eigenaar@delinde.example", null, true, "eigenaar@delinde.example")] // who did not solve it is not told again
    [InlineData("anna@delinde.example", "eigenaar@delinde.example", "baas@delinde.example", true, "baas@delinde.example")]
    [InlineData("anna@delinde.example", null, null, true, "hallo@delinde.example")]
    [InlineData("geen adres", "eigenaar@delinde.example", null, false, "eigenaar@delinde.example")] // as imported: somebody is told all the same
    public void It_goes_to_who_looks_after_the_customer_and_when_late_to_who_is_above_that(string? manager, string? owner, string? boss, bool isLate, string to)
    {
        using var app = New(("Replies:OwnerEmail", owner ?? ""), ("Replies:EscalateTo", boss ?? ""));
        app.Customers.Put(app.Customers["K1"], app.Customers.ProfileOf("K1") with { AccountManager = manager });
        Assert.Equal(to, Compose(app, Complaint, "Koud", isLate).To.Address.Value);
    }

    [Theory]
    [InlineData("Sam\r\nBcc: everybody@klant.example", "<script>alert(1)</script>")]
    [InlineData("<b>Sam</b>\u202e", "</blockquote><img src=x onerror=alert(1)>\0")]
    [InlineData("\"; DROP", "&lt;b&gt; =?utf-8?Q?x?=")]
    public void Whatever_the_customer_is_called_and_wrote_is_shown_literally(string name, string text)
    {
        using var app = New();
        app.Customers.Put(app.Customers["K1"], app.Customers.ProfileOf("K1") with { Name = name });
        var mail = Compose(app, Complaint, text);
        Assert.DoesNotContain(mail.Subject, char.IsControl);
        Assert.DoesNotContain("<script", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>Sam", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("\nBcc:", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reply_of_nobody_says_how_to_tell_whose_it_is()
    {
        using var app = New();
        var reply = Reply("Hallo", ReplyReading.Given("Hallo", Reason.None)) with { Customer = null };
        var mails = app.Get<OwnerMails>();
        var mail = mails.Compose(null, reply, isEscalation: false, mails.RecipientsOf(null, isEscalation: false)[0], app.Get<OwnerClock>().Now);
        Assert.Contains("winback replies assign r1", mail.Text, StringComparison.Ordinal);
        Assert.Equal("hallo@delinde.example", mail.ReplyTo.Address.Value);
    }

    [Fact]
    public void Every_task_has_words_in_both_languages()
    {
        foreach (var isEnglish in new[] { true, false })
        {
            var words = OwnerWords.Of(isEnglish);
            Assert.Equal(Enum.GetValues<OwnerTask>().Order(), words.Tasks.Keys.Order());
            Assert.Equal(Enum.GetValues<OwnerTask>().Order(), words.Steps.Keys.Order());
            Assert.Equal(Enum.GetValues<Road>().Order(), words.Roads.Keys.Order());
        }
    }

    private static InMemoryApp New(params (string, string)[] settings)
    {
        var app = new InMemoryApp(settings);
        app.AddLapsed("K1");
        return app;
    }

    private static Reply Reply(string text, ReplyReading reading) =>
        new("r1", CustomerId.Parse("K1"), InMemoryApp.Restaurant, "invitation", InMemoryApp.Start, Road.Mail, "Re: hallo", text) { Reading = reading };

    private static OutgoingMail Compose(InMemoryApp app, ReplyReading reading, string text, bool isLate = false)
    {
        var (mails, file) = (app.Get<OwnerMails>(), new CustomerFile(app.Customers["K1"], app.Customers.ProfileOf("K1"), ""));
        return mails.Compose(file, Reply(text, reading), isLate, mails.RecipientsOf(file, isLate)[0], app.Get<OwnerClock>().Now);
    }
}
