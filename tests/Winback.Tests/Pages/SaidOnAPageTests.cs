using System.Net;
using Winback.Outreach;
using Winback.Replies;
using Winback.Tests.Fakes;
using Winback.Tests.Hosting;

namespace Winback.Tests.Pages;

/// <summary>The pages on which a customer says something: why they stayed away, that they come back, that they want to be called.</summary>
public sealed class SaidOnAPageTests
{
    [Theory]
    [InlineData("forgot")]
    [InlineData("dissatisfied")]
    [InlineData("situation-changed")]
    public async Task One_click_in_the_mail_shows_the_form_with_that_reason_chosen(string reason)
    {
        await using var app = await PageLinks.StartAsync();

        using var answer = await app.GetAsync($"{PageLinks.Of(app, PagePurpose.Reason)}?reason={reason}");

        var page = await TestApp.TextAsync(answer, HttpStatusCode.OK);
        Assert.Matches($"value=\"{reason}\" checked", page);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(page, " checked"));
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(page, "<button"));
        Assert.Contains($"?lang=en&amp;reason={reason}", page, StringComparison.Ordinal); // the other language keeps the choice
    }

    [Theory]
    [InlineData("forgot", "", "nl", "delinde.example", "spijt")]
    [InlineData("forgot", "", "en", "The code in your mail", "sorry")]
    [InlineData("dissatisfied", "Het eten was koud", "nl", "persoonlijk naar", "code")] // an apology, and nothing to buy it off with
    [InlineData("dissatisfied", "The food was cold", "en", "truly sorry", "code")]
    [InlineData("situation-changed", "We zijn verhuisd naar Zwolle", "nl", "Ken je iemand", "code")]
    [InlineData("situation-changed", "", "en", "Do you know someone", "code")]
    [InlineData("situation-changed", "Mijn man is overleden", "nl", "sterkte", "Ken je iemand")] // no question then
    public async Task A_reason_is_a_reply_and_is_answered_as_it_deserves(string reason, string story, string language, string says, string never)
    {
        await using var app = await PageLinks.StartAsync();

        using var answer = await PageLinks.PostAsync(app, $"{PageLinks.Of(app, PagePurpose.Reason)}?lang={language}", ("reason", reason), ("story", story));

        var page = await TestApp.TextAsync(answer, HttpStatusCode.OK);
        Assert.Contains(says, page, StringComparison.Ordinal);
        Assert.DoesNotContain(never, page[page.IndexOf("<body>", StringComparison.Ordinal)..], StringComparison.Ordinal);
        var reply = app.Parts.Replies.All.Single();
        Assert.Equal(("k1", InMemoryApp.Restaurant, "invitation", story), (reply.Customer?.Value, reply.Campaign, reply.Step, reply.Text));
    }

    [Theory]
    [InlineData("true", "Het is zo veranderd", true)]
    [InlineData("true", "Mijn man is overleden", false)] // no question then
    [InlineData("false", "Het is zo veranderd", false)]
    public async Task Who_moved_on_gets_the_link_to_pass_on_that_their_mails_have(string enabled, string story, bool hasLink)
    {
        await using var app = await PageLinks.StartAsync(("Referrals:Enabled", enabled));
        var code = app.Parts.Codes.All.SingleOrDefault(c => c.Kind == CodeKind.Referral).Code;

        using var answer = await PageLinks.PostAsync(app, PagePurpose.Reason, ("reason", "situation-changed"), ("story", story));

        var page = await TestApp.TextAsync(answer, HttpStatusCode.OK);
        if (hasLink) Assert.Contains($"<a href=\"https://post.delinde.example/api/r/{code.ToUpperInvariant()}\">", page, StringComparison.Ordinal);
        else Assert.DoesNotContain("/api/r/", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "", "Kies wat het best past.")]
    [InlineData("none", "", "Kies wat het best past.")]
    [InlineData("FORGOT", "Hallo", "Kies wat het best past.")]
    public async Task Without_a_reason_the_form_says_so_and_keeps_what_was_typed(string reason, string story, string says)
    {
        await using var app = await PageLinks.StartAsync();

        using var answer = await PageLinks.PostAsync(app, PagePurpose.Reason, ("reason", reason), ("story", story));

        var page = await TestApp.TextAsync(answer, HttpStatusCode.BadRequest);
        Assert.Contains($"<p class=\"problem\" id=\"reason-problem\" role=\"alert\">{says}</p>", page, StringComparison.Ordinal);
        Assert.Contains("aria-describedby=\"reason-problem\"", page, StringComparison.Ordinal);
        Assert.Contains($"{story}</textarea>", page, StringComparison.Ordinal);
        Assert.Contains("<title>Let op: ", page, StringComparison.Ordinal);
        Assert.Empty(app.Parts.Effects.Done);
    }

    [Theory] // A browser sends a line end as two characters, and counts one.
    [InlineData(2000, HttpStatusCode.OK)]
    [InlineData(2001, HttpStatusCode.BadRequest)]
    public async Task A_story_has_at_most_two_thousand_characters(int length, HttpStatusCode expected)
    {
        await using var app = await PageLinks.StartAsync();
        var story = "a\r\n" + new string('<', length - 2);

        using var answer = await PageLinks.PostAsync(app, PagePurpose.Reason, ("reason", "dissatisfied"), ("story", story));

        var page = await TestApp.TextAsync(answer, expected);
        if (expected == HttpStatusCode.OK) return;
        Assert.Contains("Dit zijn 2001 tekens; er passen er 2000 in.", page, StringComparison.Ordinal);
        Assert.Contains("aria-describedby=\"story-problem story-hint\" aria-invalid=\"true\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"dissatisfied\" checked", page, StringComparison.Ordinal);
        Assert.Contains("&lt;&lt;&lt;</textarea>", page, StringComparison.Ordinal);
        Assert.Empty(app.Parts.Replies.All);
    }

    [Fact]
    public async Task The_same_is_said_anew_when_the_form_is_opened_again_even_on_the_same_day()
    {
        await using var app = await PageLinks.StartAsync();
        await PageLinks.PostAsync(app, PagePurpose.Call, ("phone", "06 12 34 56 78"), await PageLinks.AskedAsync(app, PagePurpose.Call));
        app.Parts.Time.Advance(TimeSpan.FromHours(5));
        await PageLinks.PostAsync(app, PagePurpose.Call, ("phone", "06 12 34 56 78"), await PageLinks.AskedAsync(app, PagePurpose.Call));

        Assert.Equal(2, app.Parts.Replies.All.Count);
    }

    [Theory] // The pages promise that what is written is read.
    [InlineData(PagePurpose.Return, "wish", "Dinsdag, met z'n vieren", OwnerTask.Answer)]
    [InlineData(PagePurpose.Return, "wish", "Kunt u mij even bellen?", OwnerTask.Call)]
    [InlineData(PagePurpose.Return, "wish", "", null)]
    [InlineData(PagePurpose.Reason, "story", "De hond at de uitnodiging op", OwnerTask.Answer)]
    [InlineData(PagePurpose.Reason, "story", "", null)]
    public async Task Whatever_is_written_is_on_somebodys_list(PagePurpose purpose, string field, string text, OwnerTask? task)
    {
        await using var app = await PageLinks.StartAsync();

        await PageLinks.PostAsync(app, purpose, ("reason", "forgot"), (field, text));

        var reply = Assert.Single(app.Parts.Replies.All);
        Assert.Equal((task is not null, task ?? default), (reply.IsOpen, reply.FollowUp.Tasks.FirstOrDefault()));
    }

    [Fact] // A link in the mail chose "forgot", and who follows it may not see that.
    public async Task A_death_outweighs_the_reason_that_was_chosen()
    {
        await using var app = await PageLinks.StartAsync();

        await PageLinks.PostAsync(app, PagePurpose.Reason, ("reason", "forgot"), ("story", "Mijn man is overleden"));

        Assert.NotNull(app.Parts.Customers["K1"].DeceasedAt);
    }

    [Fact]
    public async Task Who_wants_to_come_back_gets_the_way_at_once()
    {
        await using var app = await PageLinks.StartAsync(("Business:Phone", "030 123 45 67"));

        using var answer = await PageLinks.PostAsync(app, PagePurpose.Return, ("wish", "Met z'n vieren, <zaterdag>"));

        var page = await TestApp.TextAsync(answer, HttpStatusCode.OK);
        Assert.Contains("href=\"https://delinde.example/\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"tel:0301234567\"", page, StringComparison.Ordinal);
        Assert.Equal("Met z'n vieren, <zaterdag>", app.Parts.Replies.All.Single().Text);
    }

    [Theory]
    [InlineData("06 12 34 56 78", "", "Tel. 06 12 34 56 78")]
    [InlineData("+31 (0)30-765.43.21", "dinsdag na vier uur", "Tel. +31 (0)30-765.43.21\ndinsdag na vier uur")]
    [InlineData("\t(030) 765 43 21\n", "", "Tel. (030) 765 43 21")]
    public async Task Who_wants_to_be_called_leaves_a_number(string phone, string time, string text)
    {
        await using var app = await PageLinks.StartAsync();

        using var answer = await PageLinks.PostAsync(app, PagePurpose.Call, ("phone", phone), ("time", time));

        await TestApp.TextAsync(answer, HttpStatusCode.OK);
        Assert.Equal(text, app.Parts.Replies.All.Single().Text);
    }

    [Theory]
    [InlineData("", "Vul het nummer in")]
    [InlineData("bel maar", "Dit is geen telefoonnummer.")]
    [InlineData("12345", "Dit is geen telefoonnummer.")] // too short
    [InlineData("1234567890123456", "Dit is geen telefoonnummer.")] // E.164 has fifteen digits
    [InlineData("06 12 34 56 78 <script>", "Dit is geen telefoonnummer.")]
    public async Task What_is_no_number_is_asked_again(string phone, string says)
    {
        await using var app = await PageLinks.StartAsync();

        using var answer = await PageLinks.PostAsync(app, PagePurpose.Call, ("phone", phone), ("time", "morgen"));

        var page = await TestApp.TextAsync(answer, HttpStatusCode.BadRequest);
        Assert.Matches($"<p class=\"problem\" id=\"phone-problem\" role=\"alert\">{says}", page);
        Assert.Contains($"value=\"{WebUtility.HtmlEncode(phone)}\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"morgen\"", page, StringComparison.Ordinal);
        Assert.Contains("aria-describedby=\"phone-problem\" aria-invalid=\"true\" autofocus", page, StringComparison.Ordinal);
        Assert.Empty(app.Parts.Effects.Done);
    }
}
