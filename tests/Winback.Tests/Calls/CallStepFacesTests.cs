using System.Net;
using System.Text.Json;
using Winback.Calls;
using Winback.Campaigns;
using Winback.Cli.Commands;
using Winback.Cli.Commands.Calls;
using Winback.Customers;
using Winback.Hosting;
using Winback.Outreach;
using Winback.Tests.Fakes;
using Winback.Tests.Hosting;
using Winback.Tests.Outreach;

namespace Winback.Tests.Calls;

/// <summary>A step that is a call as the owner sees it: on the sheet by HTTP and on the screen, in the dry run, in why, status and exports.</summary>
public sealed class CallStepFacesTests : IDisposable
{
    private static readonly CustomerId K1 = CustomerId.Parse("k1");

    private readonly CoachFolder _coach = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _coach.Dispose();

    [Fact]
    public async Task The_sheet_says_by_http_what_to_say_what_was_bought_and_of_which_campaign_it_is_a_step()
    {
        await using var app = await TestApp.StartAsync(("CampaignFolder", _coach.FullName));
        await CallDueAsync(app.Parts);

        using var json = JsonDocument.Parse(await GetAsync(app, "json"));
        var entry = Assert.Single(json.RootElement.EnumerateArray());
        Assert.Equal(("step", CoachFolder.Campaign, "catch-up"), (Text(entry, "why"), Text(entry, "campaign"), Text(entry, "step")));
        Assert.Equal("Horen hoe het gaat met Sam, en of je iets kunt betekenen", entry.GetProperty("say")[0].GetString());
        Assert.Equal("Tien gesprekken", Text(entry.GetProperty("purchases")[0], "product"));

        var csv = (await GetAsync(app, "csv")).Split("\r\n");
        Assert.Contains(";why;campaign;step;since;what to say;", csv[0], StringComparison.Ordinal);
        Assert.Contains(";step;coach-follow-up;catch-up;2026-10-20 12:00:0", csv[1], StringComparison.Ordinal);

        var page = await GetAsync(app, "html");
        Assert.Contains("Stap catch-up van coach-follow-up, sinds 20 oktober 2026", page, StringComparison.Ordinal);
        Assert.Contains("Begin met je naam, Eetkamer De Linde, en vraag of het schikt.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_outcome_takes_it_off_the_sheet_and_belongs_to_the_step()
    {
        await using var app = await TestApp.StartAsync(("CampaignFolder", _coach.FullName));
        await CallDueAsync(app.Parts);
        app.Parts.Time.Advance(TimeSpan.FromHours(1));

        using var answer = await app.PostJsonAsync("/api/calls/k1", """{"as":"reached","reason":"forgot"}""");

        Assert.Equal("recorded", await TestApp.ResultAsync(answer, HttpStatusCode.Accepted));
        Assert.Equal("[]", await GetAsync(app, "json"));
        var reply = app.Parts.Replies.All.Single(r => r.Road == Winback.Replies.Road.Phone);
        Assert.Equal((CoachFolder.Campaign, "catch-up"), (reply.Campaign, reply.Step));
        Assert.Equal(EnrolmentEnd.Reply, app.Parts.Customers["k1"].Marketing?.Ended);
    }

    [Fact]
    public async Task A_wrong_number_takes_it_off_the_sheet_until_the_right_one_is_noted()
    {
        await using var app = await TestApp.StartAsync(("CampaignFolder", _coach.FullName));
        await CallDueAsync(app.Parts);
        app.Parts.Time.Advance(TimeSpan.FromHours(1));

        using var wrong = await app.PostJsonAsync("/api/calls/k1", """{"as":"wrong-number"}""");
        Assert.Equal("[]", await GetAsync(app, "json"));
        using var right = await app.PostJsonAsync("/api/calls/k1", """{"as":"wrong-number","phone":"06-87654321"}""");
        using var json = JsonDocument.Parse(await GetAsync(app, "json"));
        Assert.Equal("06-87654321", Text(Assert.Single(json.RootElement.EnumerateArray()), "phone"));
    }

    [Fact]
    public async Task The_screen_says_which_step_it_is()
    {
        using var app = _coach.NewApp();
        await CallDueAsync(app);
        Assert.StartsWith(
            "Klant k1 (k1), 06-12345678: step catch-up of coach-follow-up since 2026-10-20",
            CallsCommand.Text(await app.Get<CallSheet>().ReadAsync(null, Cancel), app.Get<OwnerClock>()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_says_call_and_not_mail()
    {
        using var app = _coach.NewApp();
        await CallDueAsync(app, isOnSheet: false);
        var before = Assert.Single((await WhyReport.ReadAsync(app.Services, K1, null, Cancel))!.Answers);
        Assert.Equal(("due", "catch-up", "phone"), (before.Answer, before.Step, before.Channel));

        await app.ScanAndSendAsync(Cancel);
        app.Time.Advance(TimeSpan.FromDays(2));

        var why = (await WhyReport.ReadAsync(app.Services, K1, null, Cancel))!;
        Assert.Equal(["mail handed-over", "phone handed-over"], why.Sent.Select(s => $"{s.Channel} {s.State}"));
        Assert.Contains(why.History, e => e.What == "coach-follow-up, catch-up: a call, came onto the call sheet.");
        Assert.Equal("door-open follows on 2026-11-10", Assert.Single(why.Answers).Detail);

        // Asked about the day before it came onto the sheet, and the day after.
        var clock = app.Get<OwnerClock>();
        foreach (var (day, detail) in new[] { (19, "the call catch-up follows on 2026-10-20"), (21, "door-open follows on 2026-11-10") })
        {
            var then = new Moment(new DateTimeOffset(2026, 10, day, 12, 0, 0, TimeSpan.FromHours(2)), clock.Zone);
            Assert.Equal(detail, Assert.Single((await WhyReport.ReadAsync(app.Services, K1, then, Cancel))!.Answers).Detail);
        }
    }

    [Fact]
    public async Task Status_counts_calls_apart_from_mails()
    {
        using var app = _coach.NewApp();
        await CallDueAsync(app);
        var campaign = Assert.Single((await StatusReport.CountAsync(app.Services, null, Cancel)).Campaigns);
        Assert.Equal(["how-is-it-going 1"], campaign.Sent.Select(s => $"{s.Key} {s.Value}"));
        Assert.Equal(["catch-up 1"], campaign.Calls.Select(s => $"{s.Key} {s.Value}"));
    }

    [Fact]
    public async Task The_dry_run_says_phone_of_a_call_and_nothing_of_a_mail()
    {
        using var app = _coach.NewApp();
        await CallDueAsync(app, isOnSheet: false);
        Assert.Equal("""{"customer":"k1","campaign":"coach-follow-up","step":"catch-up","channel":"phone"}""", await DryRunAsync(app));
        app.AddLapsed("k1");
        Assert.Equal("""{"customer":"k1","campaign":"coach-follow-up","step":"how-is-it-going"}""", await DryRunAsync(app));
    }

    [Fact]
    public async Task A_call_is_never_failed_nor_uncertain_so_there_is_nothing_to_retry_or_resolve()
    {
        using var app = _coach.NewApp();
        await CallDueAsync(app);
        var call = app.Outreach.All.Single(o => o.Channel == Channel.Phone);
        Assert.False((await app.Get<ByHand>().RetryAsync(call, true, Cancel)).Done);
        Assert.False((await app.Get<ByHand>().SentAsync(call, Cancel)).Done);
        Assert.False((await app.Get<ByHand>().NotSentAsync(call, Cancel)).Done);
    }

    [Fact]
    public async Task While_no_campaign_that_is_switched_on_has_a_call_nobody_looks_for_any()
    {
        using var shipped = new InMemoryApp();
        shipped.AddLapsed("k1");
        await shipped.ScanAndSendAsync(Cancel);
        Assert.False(await shipped.Get<CampaignCatalog>().HasCallsAsync(Cancel)); // the coach's is switched off
        using var app = _coach.NewApp();
        await app.ScanAndSendAsync(Cancel);
        Assert.True(await app.Get<CampaignCatalog>().HasCallsAsync(Cancel));
    }

    /// <summary>The mail left on 13 October 2026; it is the 20th at noon, and the call came onto the sheet.</summary>
    private static async Task CallDueAsync(InMemoryApp app, bool isOnSheet = true)
    {
        app.AddLapsed("k1");
        app.Customers.Put(app.Customers["k1"], app.Customers.ProfileOf("k1") with { Phone = "06-12345678" });
        await app.Facts.AddPurchasesAsync(K1, [new Purchase(K1, new DateOnly(2026, 2, 10), null, new Money(12_300), null, "Tien gesprekken", 0)], Cancel);
        await app.ScanAndSendAsync(Cancel);
        app.Time.SetUtcNow(InMemoryApp.Start.AddDays(7));
        if (isOnSheet) await app.ScanAndSendAsync(Cancel);
    }

    private static async Task<string> DryRunAsync(InMemoryApp app)
    {
        var now = app.Get<OwnerClock>().Now;
        using var report = new DryRunReport(now);
        report.Add(app.Customers["k1"], await app.Get<Examiner>().ExamineAsync(app.Customers["k1"], now, Cancel));
        using var output = new MemoryStream();
        await report.WriteJsonAsync(output, Cancel);
        return JsonDocument.Parse(output.ToArray()).RootElement.GetProperty("due")[0].GetRawText();
    }

    private static async Task<string> GetAsync(TestApp app, string format)
    {
        using var answer = await app.SendAsync(HttpMethod.Get, $"/api/calls?format={format}", null, (ApiKeys.Header, TestApp.ApiKey));
        return await TestApp.TextAsync(answer, HttpStatusCode.OK);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
