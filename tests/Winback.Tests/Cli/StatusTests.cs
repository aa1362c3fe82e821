using Winback.Cli.Commands;
using Winback.Customers;
using Winback.Hosting;
using Winback.Mail;
using Winback.Outreach;
using Winback.Replies;
using Winback.Replies.Reading;
using Winback.Scan;
using Winback.Tests.Fakes;

namespace Winback.Tests.Cli;

/// <summary>What <c>winback status</c> counts per campaign, and what comes of messages that failed every time.</summary>
public sealed class StatusTests : IDisposable
{
    private readonly InMemoryApp _app = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Each_campaign_has_its_figures()
    {
        foreach (var id in new[] { "k1", "k2", "k3", "k4" }) _app.AddLapsed(id);
        _app.AddMember("m1", 20);
        await SendAsync("k1", new Accepted("1"));
        await SendAsync("k2", new Refused("no such mailbox"));
        await SendAsync("k3", new Unknown("no answer"));
        await SendAsync("k4", new Accepted("4"));
        await SendAsync("m1", new Accepted("5"), InMemoryApp.Renewal, "30-days");
        var k4 = CustomerId.Parse("k4");
        await _app.Book.AddPurchasesAsync(k4, [new Purchase(k4, new DateOnly(2026, 10, 13), null, new Money(4550), null, null, 0)], Cancel);
        await _app.Replies.TryAddAsync(new Reply("r1", k4, InMemoryApp.Restaurant, "invitation", InMemoryApp.Start, Road.Mail, "Re:", "Thanks"), Cancel);
        await _app.Replies.TryAddAsync(new Reply("r2", k4, InMemoryApp.Restaurant, "invitation", InMemoryApp.Start, Road.Mail, "Out of office", "") { Reading = ReplyReading.Given("", Reason.None) with { Automatic = true } }, Cancel);

        var k1 = _app.Outreach.All.Single(o => o.Customer.Value == "k1");
        await _app.Outreach.RecordAsync(k1.Customer, k1.Campaign, k1.Anchor, k1.Step, DeliveryState.Delivered, InMemoryApp.Start, Cancel);
        await _app.Outreach.RecordAsync(k1.Customer, k1.Campaign, k1.Anchor, k1.Step, DeliveryState.Complained, InMemoryApp.Start, Cancel);
        var o4 = _app.Outreach.All.Single(o => o.Customer == k4);
        await _app.Outreach.RecordAsync(k4, o4.Campaign, o4.Anchor, o4.Step, DeliveryState.Blocked, InMemoryApp.Start, Cancel);

        var campaigns = (await StatusReport.CountAsync(_app.Services, null, Cancel)).Campaigns;

        Assert.Equal([InMemoryApp.Renewal, InMemoryApp.Restaurant], campaigns.Select(c => c.Campaign));
        var restaurant = campaigns[1];
        Assert.Equal((4, 2, 1, 1), (restaurant.Enrolled, restaurant.Sent["invitation"], restaurant.Uncertain, restaurant.Failed));
        Assert.Equal((1, 1, 1), (restaurant.Delivered, restaurant.Bounced, restaurant.Complained));
        Assert.Equal((1, 45.50m, 1), (restaurant.WinBacks, restaurant.Revenue, restaurant.Replies));
        Assert.Equal((1, 1, 0, 0), (campaigns[0].Enrolled, campaigns[0].Sent["30-days"], campaigns[0].Uncertain, campaigns[0].Failed));
    }

    [Fact]
    public async Task What_the_owner_put_back_is_neither_failed_nor_sent()
    {
        _app.AddLapsed("k1");
        await SendAsync("k1", new Refused("no such mailbox"));
        await _app.Get<ByHand>().RetryAsync(_app.Outreach.All.Single(), false, Cancel);

        var campaign = Assert.Single((await StatusReport.CountAsync(_app.Services, null, Cancel)).Campaigns);

        Assert.Equal((0, 1, 0), (campaign.Failed, campaign.DueAgain, campaign.Sent.Count));
    }

    [Fact]
    public async Task A_step_that_failed_every_time_is_queued_again_once_with_all_its_tries()
    {
        var failure = await RecordAsync("send-outreach", """{"customer":"k1","campaign":"c","step":"s","queuedAt":"2026-10-01T00:00:00+00:00","attempt":4}""");

        await PoisonMessages.QueueAgainAsync(_app.Services, failure, Cancel);

        Assert.Equal(new OutreachMessage("k1", "c", "s", InMemoryApp.Start), Assert.Single(_app.OutreachQueue.Messages));
        var seen = await PoisonMessages.FindAsync(_app.Services, "m1", Cancel);
        await Assert.ThrowsAsync<Winback.Cli.CommandException>(() => PoisonMessages.QueueAgainAsync(_app.Services, seen, Cancel));
    }

    [Fact]
    public async Task A_part_of_a_scan_is_queued_again()
    {
        var scan = ScanIds.New(InMemoryApp.Start);
        await PoisonMessages.QueueAgainAsync(_app.Services, await RecordAsync("scan-shard", $$"""{"scan":"{{scan}}","shard":"a"}"""), Cancel);
        Assert.Equal(new ShardMessage(scan, "a"), Assert.Single(_app.ShardQueue.Messages));
    }

    [Theory]
    [InlineData("send-outreach", "\u0001garbage")]
    [InlineData("send-outreach", "{}")]
    [InlineData("send-outreach", """{"customer":"k1","campaign":"c","st""")] // cut off
    [InlineData("scan-shard", """{"scan":"1","shard":"no such shard"}""")]
    public async Task What_is_no_work_is_not_queued_again(string queue, string text)
    {
        var failure = await RecordAsync(queue, text);

        var problem = await Assert.ThrowsAsync<Winback.Cli.CommandException>(() => PoisonMessages.QueueAgainAsync(_app.Services, failure, Cancel));

        Assert.Contains("winback resolve --poison m1", problem.Message, StringComparison.Ordinal);
        Assert.Null(_app.Failures.All.Single().SeenAt);
    }

    private async Task<Failure> RecordAsync(string queue, string text)
    {
        await _app.Failures.RecordAsync(queue, new RawMessage("m1", System.Text.Encoding.UTF8.GetBytes(text)), Cancel);
        return await PoisonMessages.FindAsync(_app.Services, "m1", Cancel);
    }

    private async Task SendAsync(string customer, SendResult answer, string campaign = InMemoryApp.Restaurant, string step = "invitation")
    {
        _app.Mail.Next(answer);
        await _app.Sender.HandleAsync(new OutreachMessage(customer, campaign, step, _app.Time.GetUtcNow()), Cancel);
    }
}
