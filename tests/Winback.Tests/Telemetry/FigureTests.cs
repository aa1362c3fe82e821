using System.Net;
using Winback.Customers;
using Winback.Mail;
using Winback.Outreach;
using Winback.Replies;
using Winback.Replies.Reading;
using Winback.Scan;
using Winback.Telemetry;
using Winback.Tests.Fakes;
using Winback.Tests.MailEvents;

namespace Winback.Tests.Telemetry;

/// <summary>Each figure counts what was stored, once, whatever comes twice.</summary>
public sealed class FigureTests
{
    private const string Restaurant = $"campaign={InMemoryApp.Restaurant}";

    [Theory]
    [InlineData(1)]
    [InlineData(3)] // every message, event and sale comes three times
    public async Task What_a_customer_went_through_is_counted_once(int times)
    {
        await using var told = await HeardApp.StartAsync();
        told.App.Parts.AddLapsed("k1");
        told.App.Parts.AddLapsed("k2", c => c with { MarketingPermission = false });

        await told.ScanAndSendAsync(times);
        var outreach = told.App.Parts.Outreach.All.Single().Id.Value;
        for (var i = 0; i < times; i++)
        {
            await EventPost.TakeAsync(told.App, EventPost.Event("delivered", outreach), EventPost.Event("spamreport", outreach, 60));
            await told.BuyAsync("k1", "2026-10-14", 42.50m, "A");
            await told.BuyAsync("k1", "2026-10-15", 10m, "B");
        }

        Assert.Equal(["outcome=finished: 1"], told.Heard.Sums("winback.scans"));
        Assert.Equal([$"{Restaurant}: 1"], told.Heard.Sums("winback.customers.due"));
        Assert.Contains($"{Restaurant}, reason=no-permission: 1", told.Heard.Sums("winback.customers.excluded"));
        Assert.Contains($"campaign={InMemoryApp.Renewal}, reason=no-such-subject: 2", told.Heard.Sums("winback.customers.excluded"));
        Assert.Contains($"{Restaurant}, step=invitation, outcome=sent: 1", told.Heard.Sums("winback.mails"));
        Assert.Equal(["event=delivered: 1", "event=spam-report: 1"], told.Heard.Sums("winback.mail.events"));
        Assert.Equal([$"{Restaurant}: 1"], told.Heard.Sums("winback.winbacks"));
        Assert.Equal([$"{Restaurant}, currency=EUR: 52.5"], told.Heard.Sums("winback.revenue"));
    }

    [Fact]
    public async Task What_is_given_back_takes_nothing_off()
    {
        await using var told = await HeardApp.StartAsync();
        told.App.Parts.AddLapsed("k1");
        await told.ScanAndSendAsync();

        await told.BuyAsync("k1", "2026-10-14", 42.50m, "A");
        await told.BuyAsync("k1", "2026-10-14", -2.50m, "A");

        Assert.Equal(40_00, told.App.Parts.Enrolments.All.Single().Revenue.Cents);
        Assert.Equal([$"{Restaurant}, currency=EUR: 42.5"], told.Heard.Sums("winback.revenue"));
        Assert.Equal([$"{Restaurant}: 1"], told.Heard.Sums("winback.winbacks"));
    }

    [Fact]
    public async Task A_mail_whose_sender_was_killed_is_counted_by_whoever_settles_it()
    {
        await using var told = await HeardApp.StartAsync();
        told.App.Parts.AddLapsed("k1");
        told.App.Parts.Mail.Next(_ => throw new KilledException());
        var message = new OutreachMessage("k1", InMemoryApp.Restaurant, "invitation", InMemoryApp.Start);
        await told.QueueAsync("send-outreach", message, OutreachJson.Default.OutreachMessage, HttpStatusCode.InternalServerError);
        Assert.Empty(told.Heard.Sums("winback.mails"));

        told.App.Parts.Time.Advance(TimeSpan.FromHours(1));
        await told.QueueAsync("send-outreach", message, OutreachJson.Default.OutreachMessage);

        Assert.Equal(
            [$"{Restaurant}, step=invitation, outcome=dropped: 1", $"{Restaurant}, step=invitation, outcome=uncertain: 1"],
            told.Heard.Sums("winback.mails"));
    }

    [Theory]
    [InlineData(false, "failed")]
    [InlineData(true, "uncertain")]
    public async Task What_the_provider_did_not_take_is_told_apart(bool isUnknown, string outcome)
    {
        await using var told = await HeardApp.StartAsync();
        told.App.Parts.AddLapsed("k1");
        told.App.Parts.Mail.Next(isUnknown ? new Unknown("no answer") : new Refused("no"));

        await told.ScanAndSendAsync();

        Assert.Equal([$"{Restaurant}, step=invitation, outcome={outcome}: 1"], told.Heard.Sums("winback.mails"));
    }

    [Fact]
    public async Task A_scan_that_cannot_be_started_is_told()
    {
        await using var told = await HeardApp.StartAsync();
        told.App.Parts.ShardQueue.BeforeNextWrite(() => throw new IOException("storage is away"));

        await told.PostAsync("scan", """{"Data":{"timer":{}},"Metadata":{}}""", HttpStatusCode.InternalServerError);

        Assert.Equal(["outcome=failed: 1"], told.Heard.Sums("winback.scans"));
    }

    [Fact]
    public async Task A_scan_whose_last_shard_was_stopped_before_it_said_so_finishes_when_its_message_comes_again()
    {
        await using var told = await HeardApp.StartAsync();
        await told.TimerAsync("scan");
        var shards = told.App.Parts.ShardQueue.Messages;
        foreach (var shard in shards.Skip(1)) await told.QueueAsync("scan-shard", shard, ScanJson.Default.ShardMessage);
        Assert.Empty(told.Heard.Sums("winback.scans"));
        await told.App.Parts.Scans.SaveAsync(shards[0], new ShardProgress(null, ScanCounts.None, true), TestContext.Current.CancellationToken);

        await told.QueueAsync("scan-shard", shards[0], ScanJson.Default.ShardMessage);

        Assert.Equal(["outcome=finished: 1"], told.Heard.Sums("winback.scans"));
    }

    [Fact]
    public async Task The_timer_measures_every_queue_and_the_complaints_that_wait_too_long()
    {
        await using var told = await HeardApp.StartAsync();
        told.App.Parts.AddLapsed("k1");
        told.App.Parts.Replies.Put(new Reply("r1", CustomerId.Parse("k1"), null, null, InMemoryApp.Start, Road.Api, "", "slecht")
        {
            Reading = ReplyReading.Given("slecht", Reason.Dissatisfied, SubReason.None),
        });
        told.App.Parts.QueueLevels.Put("send-outreach", new QueueLevel(7, TimeSpan.FromSeconds(90)));
        told.App.Parts.QueueLevels.Put("scan-shard-poison", new QueueLevel(1, TimeSpan.FromHours(1)));

        told.App.Parts.Time.Advance(TimeSpan.FromHours(25));
        await told.TimerAsync("check-cases");

        Assert.Equal(["queue=scan-shard-poison: 1", "queue=send-outreach: 7"], told.Heard.Sums("winback.queue.length"));
        Assert.Equal(["queue=scan-shard-poison: 3600", "queue=send-outreach: 90"], told.Heard.Sums("winback.queue.age"));
        Assert.Equal(8, told.Heard.Figures.Where(f => f.Name == "winback.queue.length").Select(f => f.Tags).Distinct().Count());
        Assert.Equal([": 1"], told.Heard.Sums("winback.cases.overdue"));
    }

    [Fact]
    public async Task Nothing_is_measured_for_nobody()
    {
        await using var told = await HeardApp.StartAsync();
        told.Heard.Dispose();

        await told.TimerAsync("check-cases");

        Assert.Equal(0, told.App.Parts.QueueLevels.Asked);
    }

    [Fact]
    public async Task A_message_that_failed_every_time_is_counted_under_its_queue()
    {
        await using var told = await HeardApp.StartAsync();

        await told.QueueAsync("scan-shard-poison", new ShardMessage("1", "0"), ScanJson.Default.ShardMessage);

        Assert.Equal(["queue=scan-shard: 1"], told.Heard.Sums("winback.messages.failed"));
    }
}
