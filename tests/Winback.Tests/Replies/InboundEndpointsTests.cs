using System.Net;
using Winback.Customers;
using Winback.Outreach;
using Winback.Replies;
using Winback.Replies.Answers;
using Winback.Tests.Fakes;
using Winback.Tests.Hosting;

namespace Winback.Tests.Replies;

/// <summary><c>POST /api/replies/inbound</c>, as SendGrid's Inbound Parse posts a mail.</summary>
public sealed class InboundEndpointsTests
{
    private const string Path = $"/api/replies/inbound?secret={TestApp.InboundSecret}";

    [Fact]
    public async Task A_reply_is_kept_with_whose_it_is_and_ends_the_sequence()
    {
        await using var app = await StartAsync();

        Assert.Equal("recorded", await PostAsync(app, new InboundPost(ReplyAddress(app))));

        var reply = Assert.Single(app.Parts.Replies.All);
        Assert.Equal(("k1", InMemoryApp.Restaurant, "invitation", MatchedBy.Token), (reply.Customer?.Value, reply.Campaign, reply.Step, reply.MatchedBy));
        Assert.Equal(("Re: Kom je weer eens? ☕", "Dank u, één keer was genoeg.", InMemoryApp.Start), (reply.Subject, reply.Text, reply.ReceivedAt));
        var customer = app.Parts.Customers["K1"];
        Assert.Equal(new Hold(InMemoryApp.Start.AddDays(30), "replied"), customer.Hold);
        Assert.Equal(EnrolmentEnd.Reply, customer.Marketing?.Ended);
    }

    [Fact]
    public async Task After_a_reply_no_follow_up_leaves()
    {
        await using var app = await StartAsync();
        await PostAsync(app, new InboundPost(ReplyAddress(app)));
        app.Parts.Time.Advance(TimeSpan.FromDays(14));

        Assert.Equal(OutreachOutcome.Dropped, await app.HandleAsync("K1", "last-chance"));
    }

    [Fact]
    public async Task The_hold_is_as_long_as_the_setting_says()
    {
        await using var app = await StartAsync(("Replies:HoldFor", "7.00:00:00"));

        await PostAsync(app, new InboundPost(ReplyAddress(app)));

        Assert.Equal(InMemoryApp.Start.AddDays(7), app.Parts.Customers["K1"].Hold?.Until);
    }

    [Fact] // Some mail servers change the case of what they think is a name.
    public async Task The_recipient_may_be_in_upper_case_and_one_of_several()
    {
        await using var app = await StartAsync();
        var post = new InboundPost("x").Set("envelope", $$"""{"to":["hallo@delinde.example","{{ReplyAddress(app).ToUpperInvariant()}}"],"from":"sam@klant.example"}""");

        Assert.Equal("recorded", await PostAsync(app, post));

        Assert.Equal("k1", Assert.Single(app.Parts.Replies.All).Customer?.Value);
    }

    [Fact] // Anybody can write an address into the To header.
    public async Task The_recipient_is_taken_from_the_envelope_only()
    {
        await using var app = await StartAsync();

        Assert.Equal("unmatched", await PostAsync(app, new InboundPost("hallo@delinde.example").Set("to", ReplyAddress(app))));

        Assert.Null(app.Parts.Customers["K1"].Hold);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // without a Message-ID the content tells
    public async Task The_same_post_again_changes_nothing(bool hasMessageId)
    {
        await using var app = await StartAsync();
        var post = new InboundPost(ReplyAddress(app));
        if (!hasMessageId) post.Set("headers", "From: sam@klant.example");
        await PostAsync(app, post);
        var version = app.Parts.Customers.VersionOf("K1");
        app.Parts.Time.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal("unchanged", await PostAsync(app, post));

        Assert.Equal(version, app.Parts.Customers.VersionOf("K1"));
        Assert.Single(app.Parts.Replies.All);
    }

    [Theory]
    [InlineData(1)] // the post is kept
    [InlineData(2)] // the reply is noted
    [InlineData(3)] // the customer is held
    [InlineData(4)] // its reading is queued
    public async Task A_post_that_was_killed_is_complete_after_the_next(int after)
    {
        await using var app = await StartAsync();
        app.Parts.Effects.StopAfter(after);
        using (var failed = await app.SendAsync(HttpMethod.Post, Path, new InboundPost(ReplyAddress(app)).ToContent()))
            Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode); // SendGrid tries again
        app.Parts.Effects.Restart();

        Assert.Equal(after == 1 ? "recorded" : "unchanged", await PostAsync(app, new InboundPost(ReplyAddress(app))));

        Assert.NotNull(app.Parts.Customers["K1"].Hold);
        Assert.Equal("Dank u, één keer was genoeg.", Assert.Single(app.Parts.Replies.All).Text);
    }

    [Fact]
    public async Task Another_reply_of_the_same_customer_prolongs_the_hold()
    {
        await using var app = await StartAsync();
        await PostAsync(app, new InboundPost(ReplyAddress(app)));
        app.Parts.Time.Advance(TimeSpan.FromDays(2));

        Assert.Equal("recorded", await PostAsync(app, new InboundPost(ReplyAddress(app)).Set("headers", "Message-ID: <reply-2@klant.example>")));

        Assert.Equal(InMemoryApp.Start.AddDays(32), app.Parts.Customers["K1"].Hold?.Until);
        Assert.Equal(2, app.Parts.Replies.All.Count);
    }

    [Theory]
    [InlineData("hallo@delinde.example")]
    [InlineData("r.0123456789abcdef0123456789abcdef@delinde.example")] // well made, but not signed by us
    [InlineData("r.@delinde.example")]
    [InlineData("not an address")]
    [InlineData("")]
    public async Task A_mail_of_nobody_we_know_is_kept_unmatched(string recipient)
    {
        await using var app = await StartAsync();

        Assert.Equal("unmatched", await PostAsync(app, new InboundPost(recipient)));

        var reply = Assert.Single(app.Parts.Replies.All);
        Assert.Equal((null, "Dank u, één keer was genoeg."), (reply.Customer, reply.Text));
    }

    [Theory] // RFC 3834 2 and 5
    [InlineData("Auto-Submitted: auto-replied")]
    [InlineData("auto-submitted: AUTO-GENERATED")]
    [InlineData("Precedence: auto_reply")]
    [InlineData("X-Autoreply: yes")]
    [InlineData("X-Autorespond: out of office")]
    public async Task An_automatic_reply_is_recorded_and_changes_nothing(string header)
    {
        await using var app = await StartAsync();
        var before = app.Parts.Customers.Columns("K1");

        await PostAsync(app, new InboundPost(ReplyAddress(app)).WithHeader(header));

        Assert.True(Assert.Single(app.Parts.Replies.All).Standing?.Automatic);
        Assert.Equal(before, app.Parts.Customers.Columns("K1"));
    }

    [Theory] // RFC 3834 2: people write through lists too, and a machine must not answer those.
    [InlineData("Precedence: bulk")]
    [InlineData("Precedence: junk")]
    [InlineData("Precedence: list")]
    [InlineData("List-Id: <news.klant.example>")]
    public async Task A_mail_with_the_marks_of_a_list_holds_and_is_never_answered(string header)
    {
        await using var app = await StartAsync();

        await PostAsync(app, new InboundPost(ReplyAddress(app)).Set("text", "Helemaal vergeten, ik kom graag weer eten!").Without("charsets").WithHeader(header));

        Assert.NotNull(app.Parts.Customers["K1"].Hold);
        Assert.Null(Assert.Single(app.Parts.Replies.All).Answer);
        Assert.DoesNotContain(app.Parts.Mail.Sent, m => m.Headers.ContainsKey(AnswerComposer.AnswerHeader));
    }

    [Fact]
    public async Task A_bounce_has_no_sender_and_is_automatic()
    {
        await using var app = await StartAsync();

        await PostAsync(app, new InboundPost("x").Set("envelope", $$"""{"to":["{{ReplyAddress(app)}}"],"from":""}"""));

        Assert.True(Assert.Single(app.Parts.Replies.All).Standing?.Automatic);
        Assert.Null(app.Parts.Customers["K1"].Hold);
    }

    [Theory]
    [InlineData("Auto-Submitted: no")]
    [InlineData("X-Auto-Response-Suppress: All")] // a request not to answer, not a sign of a machine
    [InlineData("Precedence: first-class")]
    [InlineData("X-Autoreply-Note: none")]
    public async Task A_reply_of_a_person_holds_whatever_else_its_headers_say(string header)
    {
        await using var app = await StartAsync();

        await PostAsync(app, new InboundPost(ReplyAddress(app)).WithHeader(header));

        Assert.False(Assert.Single(app.Parts.Replies.All).Standing?.Automatic);
        Assert.NotNull(app.Parts.Customers["K1"].Hold);
    }

    [Theory]
    [InlineData("windows-1252", new byte[] { 0x80, 0x20, 0x35 }, "€ 5")]
    [InlineData("utf-8", new byte[] { 0xe2, 0x82, 0xac }, "€")]
    [InlineData("utf-8", new byte[] { 0x61, 0xff, 0x62 }, "a\ufffdb")] // broken
    [InlineData("iso-2022-jp", new byte[] { 0x1b, 0x24, 0x42, 0x24, 0x22, 0x1b, 0x28, 0x42 }, "あ")]
    [InlineData("x-made-up", new byte[] { 0x61, 0xe9 }, "aé")]
    [InlineData("utf-7", new byte[] { 0x61, 0x62 }, "ab")] // .NET refuses this one
    [InlineData("", new byte[] { 0x61 }, "a")]
    [InlineData("utf-8", new byte[] { 0x61, 0x00, 0x62 }, "ab")]
    public async Task The_text_is_read_in_the_charset_that_the_post_names(string charset, byte[] bytes, string text)
    {
        await using var app = await StartAsync();

        await PostAsync(app, new InboundPost(ReplyAddress(app)).Set("text", bytes).Set("charsets", $$"""{"text":"{{charset}}"}"""));

        Assert.Equal(text, Assert.Single(app.Parts.Replies.All).Text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"text":null}""")]
    [InlineData("""{"text":1}""")]
    public async Task Without_usable_charsets_the_text_is_UTF_8(string? charsets)
    {
        await using var app = await StartAsync();
        var post = new InboundPost(ReplyAddress(app)).Set("text", "één");

        await PostAsync(app, charsets is null ? post.Without("charsets") : post.Set("charsets", charsets));

        Assert.Equal("één", Assert.Single(app.Parts.Replies.All).Text);
    }

    [Fact]
    public async Task A_mail_without_text_is_kept_with_its_HTML()
    {
        await using var app = await StartAsync();

        await PostAsync(app, new InboundPost(ReplyAddress(app)).Without("text").Set("html", "<p>Dank u</p>"));

        Assert.Contains("Dank u", Assert.Single(app.Parts.Replies.All).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n \r\n")] // some programs send an empty part beside the HTML
    public async Task So_is_one_with_an_empty_text(string text)
    {
        await using var app = await StartAsync();

        await PostAsync(app, new InboundPost(ReplyAddress(app)).Set("text", text).Set("html", "<p>Schrijf me uit alstublieft</p>"));

        Assert.Contains("Schrijf me uit", Assert.Single(app.Parts.Replies.All).Text, StringComparison.Ordinal);
        Assert.NotNull(app.Parts.Customers["K1"].OptedOutAt);
    }

    [Fact] // Half a character would be refused by storage, time and again.
    public async Task A_long_mail_is_cut_between_characters()
    {
        await using var app = await StartAsync();

        await PostAsync(app, new InboundPost(ReplyAddress(app))
            .Set("text", "x" + string.Concat(Enumerable.Repeat("😀", 20_000))).Set("subject", "x" + string.Concat(Enumerable.Repeat("😀", 2_000))).Without("charsets"));

        var reply = Assert.Single(app.Parts.Replies.All);
        Assert.Equal((Reply.MaxText - 1, Reply.MaxSubject - 1), (reply.Text.Length, reply.Subject.Length));
        Assert.False(char.IsHighSurrogate(reply.Text[^1]) || char.IsHighSurrogate(reply.Subject[^1]));
    }

    [Fact]
    public async Task Any_of_several_secrets_is_accepted()
    {
        await using var app = await StartAsync(("Replies:InboundSecrets:1", "the-next-secret-of-tests"));

        foreach (var secret in new[] { TestApp.InboundSecret, "the-next-secret-of-tests" })
        {
            using var answer = await app.SendAsync(HttpMethod.Post, $"/api/replies/inbound?secret={secret}", new InboundPost(ReplyAddress(app)).ToContent());
            await TestApp.TextAsync(answer, HttpStatusCode.OK);
        }
    }

    private static async Task<TestApp> StartAsync(params (string Name, string Value)[] settings)
    {
        var app = await TestApp.StartAsync(settings);
        app.Parts.AddLapsed("K1");
        await app.HandleAsync("K1", "invitation");
        return app;
    }

    private static string ReplyAddress(TestApp app) => app.Parts.Mail.Sent[0].ReplyTo.Address.Value;

    private static async Task<string?> PostAsync(TestApp app, InboundPost post)
    {
        using var answer = await app.SendAsync(HttpMethod.Post, Path, post.ToContent());
        var result = await TestApp.ResultAsync(answer, HttpStatusCode.OK);
        await app.Parts.FollowUpAsync(TestContext.Current.CancellationToken);
        return result;
    }
}
