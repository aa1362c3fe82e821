using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Winback.Calls;
using Winback.Customers;
using Winback.Hosting;
using Winback.Intake;
using Winback.Outreach;
using Winback.Replies;
using Winback.Replies.Reading;
using Winback.Tests.Fakes;
using Winback.Tests.Hosting;

namespace Winback.Tests.Calls;

/// <summary>The call sheet by HTTP: who may see it, and in which form.</summary>
public sealed class CallEndpointsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_key_there_is_no_sheet_and_no_outcome()
    {
        await using var app = await StartAsync();
        using var sheet = await app.GetAsync("/api/calls");
        using var outcome = await app.PostJsonAsync("/api/calls/k1", """{"as":"reached"}""", key: null);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (sheet.StatusCode, outcome.StatusCode));
        Assert.Empty(app.Parts.Calls.All);
    }

    [Fact]
    public async Task Who_asked_to_be_called_comes_with_what_to_say_what_they_bought_and_why_they_left()
    {
        await using var app = await StartAsync();
        for (var i = 1; i <= 6; i++) await BuyAsync(app, "k1", new DateOnly(2026, 1, i), i * 1000, $"Menu {i}");
        await TakeAsync(app, "k1", "Vorig jaar te duur geworden.", -20, Reason.Dissatisfied, SubReason.Price);
        await AskAsync(app, "k1", "Bel me maar,\n\n na vijven.");

        var entry = Assert.Single(await SheetAsync(app));

        Assert.Equal(("k1", "call-me", "06-12345678", "Klant k1"), (Text(entry, "customer"), Text(entry, "why"), Text(entry, "phone"), Text(entry, "name")));
        Assert.Equal("Schreef op 13 oktober 2026: “Bel me maar, na vijven.”", entry.GetProperty("say")[0].GetString());
        Assert.Equal(["Menu 6", "Menu 5", "Menu 4", "Menu 3", "Menu 2"], entry.GetProperty("purchases").EnumerateArray().Select(p => Text(p, "product")));
        Assert.Equal(210m, entry.GetProperty("total").GetDecimal());
        Assert.Equal(("dissatisfied", "price"), (Text(entry.GetProperty("earlierReason"), "reason"), Text(entry.GetProperty("earlierReason"), "subReason")));
    }

    [Fact]
    public async Task Who_asked_comes_first_then_who_bought_most()
    {
        await using var app = await StartAsync(("Calls:HighValue", "500"));
        foreach (var (id, cents) in new[] { ("k2", 60_000), ("k3", 90_000), ("k4", 49_900) }) AddSilent(app, id, cents);
        await AskAsync(app, "k1", "");

        Assert.Equal(["k1", "k3", "k2"], (await SheetAsync(app)).Select(e => Text(e, "customer")));
    }

    [Theory]
    [InlineData("?format=csv", "", "text/csv")]
    [InlineData("?format=json", "text/html", "application/json")]
    [InlineData("?format=html", "text/csv", "text/html")]
    [InlineData("", "text/csv", "text/csv")]
    [InlineData("", "application/json", "application/json")]
    [InlineData("", "text/html;q=0.5, text/csv;q=0.9", "text/csv")]
    [InlineData("", "*/*", "text/html")]
    [InlineData("", "", "text/html")]
    public async Task The_sheet_comes_in_the_form_that_is_asked_for(string query, string accept, string type)
    {
        await using var app = await StartAsync();
        using var answer = await GetAsync(app, "/api/calls" + query, accept);
        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task Another_form_is_refused()
    {
        await using var app = await StartAsync();
        using var answer = await GetAsync(app, "/api/calls?format=xls", "");
        Assert.Equal(["format"], await TestApp.WrongFieldsAsync(answer));
    }

    [Fact]
    public async Task In_a_spreadsheet_nothing_is_a_formula()
    {
        await using var app = await StartAsync();
        Change(app, "k1", p => p with { Name = "=HYPERLINK(1)", Phone = "+31612345678" });
        await AskAsync(app, "k1", "");

        using var answer = await GetAsync(app, "/api/calls?format=csv", "");
        var text = await TestApp.TextAsync(answer, HttpStatusCode.OK);

        Assert.Contains("\r\nk1;'=HYPERLINK(1);'+31612345678;k1@klant.example;;call-me;;;2026-10-13 12:00:00;", text, StringComparison.Ordinal);
        Assert.Equal("calls-2026-10-13.csv", answer.Content.Headers.ContentDisposition?.FileName);
    }

    [Theory]
    [InlineData("nl", "Bellijst", "1 klant om te bellen", "Wil gebeld worden, sinds 13 oktober 2026")]
    [InlineData("en", "Call sheet", "1 customer to call", "Wants to be called, since 13 October 2026")]
    public async Task The_page_is_in_the_owners_language_and_shows_texts_literally(string language, string title, string count, string why)
    {
        await using var app = await StartAsync(("Business:Language", language));
        await AskAsync(app, "k1", "<script>alert(1)</script>");

        var page = await PageAsync(app, Link(app));

        Assert.Contains($"<h1>{title}</h1>", page, StringComparison.Ordinal);
        Assert.Contains(count, page, StringComparison.Ordinal);
        Assert.Contains(why, page, StringComparison.Ordinal);
        Assert.Contains("""<a href="tel:0612345678">06-12345678</a>""", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_sheet_says_so()
    {
        await using var app = await StartAsync();
        Assert.Contains("Er is nu niemand om te bellen.", await PageAsync(app, Link(app)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(11, 59, HttpStatusCode.OK)]
    [InlineData(12, 0, HttpStatusCode.NotFound)]
    public async Task A_link_to_the_page_works_for_twelve_hours(int hours, int minutes, HttpStatusCode status)
    {
        await using var app = await StartAsync();
        var link = Link(app);
        app.Parts.Time.Advance(new TimeSpan(hours, minutes, 0));
        using var answer = await app.GetAsync(link);
        await TestApp.TextAsync(answer, status);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAADE3OTE4OTk5OTk")] // a time, and no signature of ours
    [InlineData("a.b")]
    public async Task A_link_that_is_not_ours_shows_nobody(string token)
    {
        await using var app = await StartAsync();
        await AskAsync(app, "k1", "");
        using var answer = await app.GetAsync("/api/calls/sheet/" + token);
        Assert.DoesNotContain("Klant k1", await TestApp.TextAsync(answer, HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_to_something_else_does_not_open_the_sheet()
    {
        await using var app = await StartAsync();
        await app.HandleAsync("k1", "invitation");
        var token = app.Parts.Mail.Sent[0].Headers["List-Unsubscribe"].Trim('>').Split('/')[^1];
        using var answer = await app.GetAsync("/api/calls/sheet/" + token);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("{}", "as")]
    [InlineData("""{"as":"no-answer","reason":"forgot"}""", "as")]
    [InlineData("""{"as":"wrong-number","text":"a stranger"}""", "as")]
    [InlineData("""{"as":"new-address"}""", "email")]
    [InlineData("""{"as":"new-address","email":"sam"}""", "email")]
    [InlineData("""{"as":"wrong-number","email":"sam@klant.example"}""", "email")]
    [InlineData("""{"as":"no-answer","phone":"06-12345678"}""", "phone")]
    [InlineData("""{"as":"wrong-number","phone":"none"}""", "phone")]
    [InlineData("""{"as":"reached","reason":"forgot","subReason":"price"}""", "subReason")]
    public async Task What_cannot_be_is_refused_with_the_field(string json, string field)
    {
        await using var app = await StartAsync();
        using var answer = await app.PostJsonAsync("/api/calls/k1", json);
        Assert.Equal([field], await TestApp.WrongFieldsAsync(answer));
        Assert.Empty(app.Parts.Calls.All);
    }

    [Theory]
    [InlineData("""{"as":"perhaps"}""")]
    [InlineData("""{"as":"reached","reasons":"forgot"}""")]
    [InlineData("nonsense")]
    public async Task What_cannot_be_read_is_400(string json)
    {
        await using var app = await StartAsync();
        using var answer = await app.PostJsonAsync("/api/calls/k1", json);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task An_outcome_of_nobody_is_404()
    {
        await using var app = await StartAsync();
        using var answer = await app.PostJsonAsync("/api/calls/k9", """{"as":"reached"}""");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    internal static async Task<TestApp> StartAsync(params (string Name, string Value)[] settings)
    {
        var app = await TestApp.StartAsync(settings);
        app.Parts.AddLapsed("k1");
        Change(app, "k1", p => p with { Phone = "06-12345678" });
        return app;
    }

    internal static Task AskAsync(TestApp app, string id, string text) => TakeAsync(app, id, text, 0, Reason.None, SubReason.None, Intent.CallMe);

    internal static async Task TakeAsync(TestApp app, string id, string text, int days, Reason reason, SubReason sub = SubReason.None, params Intent[] intents)
    {
        var (customer, at) = (CustomerId.Parse(id), app.Parts.Time.GetUtcNow().AddDays(days));
        var reply = new Reply(Reply.IdOf(id, $"{at:O}"), customer, null, null, at, Road.Page, "", text) { Reading = ReplyReading.Given(text, reason, sub, intents) };
        await app.Services.GetRequiredService<Conversation>().TakeAsync(reply, Cancel);
    }

    internal static void Change(TestApp app, string id, Func<Profile, Profile> change) => app.Parts.Customers.Put(app.Parts.Customers[id], change(app.Parts.Customers.ProfileOf(id)));

    internal static async Task<List<JsonElement>> SheetAsync(TestApp app)
    {
        using var answer = await GetAsync(app, "/api/calls", "application/json");
        return [.. JsonDocument.Parse(await TestApp.TextAsync(answer, HttpStatusCode.OK)).RootElement.EnumerateArray()];
    }

    /// <summary>Got the last mail of the restaurant's campaign twenty days ago.</summary>
    private static void AddSilent(TestApp app, string id, long cents)
    {
        app.Parts.AddLapsed(id, c => c with
        {
            Revenue = new Money(cents),
            Marketing = new Enrolment(
                InMemoryApp.Restaurant, "v", new Anchor("", c.LastVisit!.Value), new DateOnly(2026, 9, 1), "last-chance", StepState.HandedOver, InMemoryApp.Start.AddDays(-20), "", Ended: EnrolmentEnd.Finished),
        });
        Change(app, id, p => p with { Phone = "06-1" });
    }

    private static async Task BuyAsync(TestApp app, string id, DateOnly day, long cents, string product)
    {
        var customer = CustomerId.Parse(id);
        await app.Services.GetRequiredService<CustomerBook>().AddPurchasesAsync(customer, [new Purchase(customer, day, null, new Money(cents), null, product, 0)], Cancel);
    }

    private static string Link(TestApp app) =>
        new Uri(app.Services.GetRequiredService<Links>().CallSheet(app.Parts.Time.GetUtcNow() + CallEndpoints.LinkFor)).PathAndQuery;

    private static async Task<string> PageAsync(TestApp app, string path)
    {
        using var answer = await app.GetAsync(path);
        return await TestApp.TextAsync(answer, HttpStatusCode.OK);
    }

    private static Task<HttpResponseMessage> GetAsync(TestApp app, string path, string accept) => accept.Length == 0
        ? app.SendAsync(HttpMethod.Get, path, null, (ApiKeys.Header, TestApp.ApiKey))
        : app.SendAsync(HttpMethod.Get, path, null, (ApiKeys.Header, TestApp.ApiKey), ("Accept", accept));

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
