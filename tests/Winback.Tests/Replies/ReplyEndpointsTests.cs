using System.Net;
using Winback.Replies.Reading;
using Winback.Tests.Fakes;
using Winback.Tests.Hosting;

namespace Winback.Tests.Replies;

/// <summary><c>POST /api/replies</c>: the road for every other mailbox, form and till.</summary>
public sealed class ReplyEndpointsTests
{
    private const string Path = "/api/replies";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_text_is_read_and_what_follows_follows()
    {
        await using var app = await StartAsync();
        using var answer = await app.PostJsonAsync(Path, """{"id":"f-1","customer":"k1","text":"Het eten was koud en de bediening onbeschoft. Ik ben erg ontevreden."}""");
        Assert.Equal("recorded", await TestApp.ResultAsync(answer, HttpStatusCode.Accepted));
        await app.Parts.FollowUpAsync(Cancel);
        Assert.Equal(InMemoryApp.Start, app.Parts.Customers["K1"].ComplaintSince);
        Assert.Equal(2, app.Parts.Mail.Sent.Count);
    }

    [Fact]
    public async Task Posted_again_it_changes_nothing()
    {
        await using var app = await StartAsync();
        for (var i = 0; i < 10; i++)
        {
            using var answer = await app.PostJsonAsync(Path, """{"id":"f-1","customer":"K1","reason":"dissatisfied","text":"Koud"}""");
            Assert.Equal(i == 0 ? "recorded" : "unchanged", await TestApp.ResultAsync(answer, i == 0 ? HttpStatusCode.Accepted : HttpStatusCode.OK));
            await app.Parts.FollowUpAsync(Cancel);
        }
        Assert.Single(app.Parts.Replies.All);
        Assert.Equal(2, app.Parts.Mail.Sent.Count); // the owner's and the apology
    }

    [Theory] // RFC 3834 2: a machine must not answer a list, whichever road it came by
    [InlineData("List-Id: <news.klant.example>")]
    [InlineData("Precedence: bulk")]
    public async Task A_mail_with_the_marks_of_a_list_is_never_answered(string header)
    {
        await using var app = await StartAsync();
        using var answer = await app.PostJsonAsync(Path, $$"""{"id":"f-1","customer":"K1","text":"Helemaal vergeten, ik kom graag weer eten!","headers":"{{header}}"}""");
        await TestApp.TextAsync(answer, HttpStatusCode.Accepted);
        await app.Parts.FollowUpAsync(Cancel);
        Assert.Empty(app.Parts.Mail.Sent);
        Assert.NotNull(app.Parts.Customers["K1"].Hold);
    }

    [Fact]
    public async Task What_a_machine_sent_is_a_machines_whatever_a_connector_makes_of_it()
    {
        await using var app = await StartAsync();
        using var answer = await app.PostJsonAsync(Path, """{"id":"f-1","customer":"K1","reason":"dissatisfied","text":"Ik ben afwezig","headers":"Auto-Submitted: auto-replied"}""");
        await TestApp.TextAsync(answer, HttpStatusCode.Accepted);
        await app.Parts.FollowUpAsync(Cancel);
        Assert.Empty(app.Parts.Mail.Sent);
        Assert.Null(app.Parts.Customers["K1"].Hold);
    }

    [Theory]
    [InlineData("""{"text":"x"}""", "id")]
    [InlineData("""{"id":" <> ","text":"x"}""", "id")] // would be one and the same reply for everybody
    [InlineData("""{"id":"1"}""", "text")]
    [InlineData("""{"id":"1","text":"x","customer":"nobody"}""", "customer")]
    [InlineData("""{"id":"1","text":"x","receivedAt":"2026-10-15T12:00:00Z"}""", "receivedAt")]
    [InlineData("""{"id":"1","text":"x","receivedAt":"0001-01-01T00:00:00Z"}""", "receivedAt")] // earlier than can be kept
    [InlineData("""{"id":"1","reason":"forgot","subReason":"price"}""", "subReason")]
    public async Task What_is_wrong_is_said_field_by_field(string json, string field)
    {
        await using var app = await StartAsync();
        using var answer = await app.PostJsonAsync(Path, json);
        Assert.Equal([field], await TestApp.WrongFieldsAsync(answer));
        Assert.Empty(app.Parts.Replies.All);
    }

    [Theory]
    [InlineData("""{"id":"1","text":"x","reason":"sad"}""")]
    [InlineData("""{"id":"1","text":"x","intents":[null]}""")]
    [InlineData("""{"id":"1","text":"\ud800"}""")]
    [InlineData("""{"id":"1","text":"x","surprise":1}""")]
    [InlineData("[]")]
    public async Task What_is_no_such_JSON_is_400(string json)
    {
        await using var app = await StartAsync();
        using var answer = await app.PostJsonAsync(Path, json);
        await TestApp.TextAsync(answer, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Without_a_key_it_is_401()
    {
        await using var app = await StartAsync();
        using var answer = await app.PostJsonAsync(Path, """{"id":"1","text":"x"}""", key: null);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task What_nobody_can_be_found_for_is_kept_and_told_to_the_owner()
    {
        await using var app = await StartAsync();
        using var answer = await app.PostJsonAsync(Path, """{"id":"1","from":"vreemd@klant.example","text":"Hoe laat zijn jullie open?"}""");
        Assert.Equal("unmatched", await TestApp.ResultAsync(answer, HttpStatusCode.Accepted));
        await app.Parts.FollowUpAsync(Cancel);
        Assert.Single(app.Parts.Mail.Sent);
        Assert.Contains(Intent.Question, Assert.Single(app.Parts.Replies.All).Reading!.Intents);
    }

    private static async Task<TestApp> StartAsync()
    {
        var app = await TestApp.StartAsync();
        app.Parts.AddLapsed("K1");
        return app;
    }
}
