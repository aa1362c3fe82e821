using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Winback.Customers;
using Winback.Outreach;
using Winback.Scan;
using Winback.Telemetry;
using Winback.Tests.Fakes;
using Winback.Tests.Hosting;
using Winback.Tests.MailEvents;

namespace Winback.Tests.Telemetry;

/// <summary>One enrolment is one trace, from the scan that finds a customer due to the purchase that wins it back.</summary>
public sealed class TraceTests
{
    [Fact]
    public async Task One_enrolment_is_one_trace_over_weeks_from_the_scan_to_the_purchase()
    {
        await using var told = await HeardApp.StartAsync();
        told.App.Parts.AddLapsed("k1");
        told.App.Parts.AddLapsed("k2");

        await told.ScanAndSendAsync();
        var outreach = told.App.Parts.Outreach.All.Single(o => o.Customer.Value == "k1").Id.Value;
        await EventPost.TakeAsync(told.App, EventPost.Event("delivered", outreach));
        told.App.Parts.Time.Advance(TimeSpan.FromDays(14));
        await told.ScanAndSendAsync();
        await ReplyAsync(told.App, outreach);
        await told.BuyAsync("k1", "2026-10-30", 42.50m, "A");

        var spans = told.Heard.Of("k1").ToList();
        Assert.Equal(["queue step", "send step", "mail event", "queue step", "send step", "reply", "win-back"], spans.Select(s => s.OperationName));
        var enrolment = Traces.OfEnrolment(CustomerId.Parse("k1"), InMemoryApp.Restaurant, new Anchor("", new DateOnly(2026, 2, 10)));
        Assert.Equal(enrolment.TraceId, Assert.Single(spans.Select(s => s.TraceId).Distinct()));
        Assert.Equal(["invitation", "last-chance"], spans.Where(s => s.OperationName == "send step").Select(s => s.GetTagItem("winback.step")));
        Assert.Equal(spans[0].SpanId, spans[1].ParentSpanId);
        Assert.NotEqual(spans[0].TraceId, Assert.Single(told.Heard.Of("k2").Select(s => s.TraceId).Distinct()));
    }

    [Fact]
    public async Task A_scan_is_one_trace_to_which_what_it_queued_is_linked()
    {
        await using var told = await HeardApp.StartAsync();
        told.App.Parts.AddLapsed("k1");

        await told.ScanAndSendAsync();

        var scan = told.Heard.Spans.Single(s => s.OperationName == "scan");
        var shards = told.Heard.Spans.Where(s => s.OperationName == "scan shard").ToList();
        Assert.Equal(16, shards.Count);
        Assert.All(shards, s => Assert.Equal(scan.TraceId, s.TraceId));
        var queued = told.Heard.Of("k1").First();
        Assert.Contains(Assert.Single(queued.Links).Context.SpanId, shards.Select(s => s.SpanId));
    }

    /// <summary>Traces of enrolments that run would break in two if this ever changed.</summary>
    [Fact]
    public void The_trace_of_an_enrolment_never_changes() => Assert.Equal(
        "b49fa9c5fad4731f55f5e5abbe9fc1e7",
        Traces.OfEnrolment(CustomerId.Parse("K1"), InMemoryApp.Renewal, new Anchor("S-1", new DateOnly(2026, 11, 30))).TraceId.ToHexString());

    [Theory]
    [InlineData("""{"customer":"k1","campaign":"c","step":"s","queuedAt":"2026-10-13T10:00:00+00:00"}""", null)] // of an app that knows no traces
    [InlineData("""{"customer":"k1","campaign":"c","step":"s","queuedAt":"2026-10-13T10:00:00+00:00","traceParent":"00-1-2-3","later":{}}""", "00-1-2-3")]
    public void A_message_of_another_version_of_the_app_can_be_read(string json, string? traceParent) =>
        Assert.Equal(traceParent, JsonSerializer.Deserialize(json, OutreachJson.Default.OutreachMessage)!.TraceParent);

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    public async Task A_message_without_a_trace_is_sent_all_the_same(string? traceParent)
    {
        await using var told = await HeardApp.StartAsync();
        told.App.Parts.AddLapsed("k1");

        await told.QueueAsync(
            "send-outreach", new OutreachMessage("k1", InMemoryApp.Restaurant, "invitation", InMemoryApp.Start, TraceParent: traceParent),
            OutreachJson.Default.OutreachMessage);

        Assert.Single(told.App.Parts.Mail.Sent);
        Assert.Empty(told.Heard.Spans);
    }

    [Fact]
    public async Task Without_a_listener_a_message_is_as_it_was()
    {
        await using var told = await HeardApp.StartAsync();
        told.App.Parts.AddLapsed("k1");
        told.Heard.Dispose();

        await told.TimerAsync("scan");
        foreach (var shard in told.App.Parts.ShardQueue.Messages) await told.QueueAsync("scan-shard", shard, ScanJson.Default.ShardMessage);

        var message = JsonSerializer.Serialize(Assert.Single(told.App.Parts.OutreachQueue.Messages), OutreachJson.Default.OutreachMessage);
        Assert.DoesNotContain("traceParent", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_told_has_an_address_a_name_or_a_text()
    {
        await using var told = await HeardApp.StartAsync();
        told.App.Parts.AddLapsed("sam@klant.example"); // a number that is an address

        await told.ScanAndSendAsync();
        var outreach = told.App.Parts.Outreach.All.Single().Id.Value;
        await EventPost.TakeAsync(
            told.App, EventPost.Event("bounce", outreach, more: [("type", "bounce"), ("reason", "550 sam@klant.example is unknown")]));
        await ReplyAsync(told.App, outreach);

        var texts = told.Heard.Spans.SelectMany(s => s.TagObjects.Select(t => $"{t.Value}").Append(s.DisplayName).Append(s.StatusDescription ?? ""))
            .Concat(told.Heard.Figures.Select(f => f.Tags)).ToList();
        Assert.Contains("bounce", texts);
        foreach (var personal in new[] { "@", "Sam", "unknown" })
            Assert.DoesNotContain(texts, t => t.Contains(personal, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_mail_that_failed_shows_as_an_error_without_what_the_provider_said()
    {
        await using var told = await HeardApp.StartAsync();
        told.App.Parts.AddLapsed("k1");
        told.App.Parts.Mail.Next(new Winback.Mail.Refused("no such box: k1@klant.example"));

        await told.ScanAndSendAsync();

        var span = told.Heard.Of("k1").Single(s => s.OperationName == "send step");
        Assert.Equal((ActivityStatusCode.Error, null, "failed"), (span.Status, span.StatusDescription, span.GetTagItem("winback.outcome")));
    }

    internal static async Task ReplyAsync(TestApp app, string outreach)
    {
        var reply = new { id = $"reply-to-{outreach}", inReplyTo = $"<{outreach}@delinde.example>", text = "Leuk, tot gauw! Sam" };
        using var answer = await app.PostJsonAsync("/api/replies", JsonSerializer.Serialize(reply));
        await TestApp.TextAsync(answer, HttpStatusCode.Accepted);
    }
}
