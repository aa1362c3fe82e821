using System.Globalization;
using System.Text.Json;
using Winback.Customers;
using Winback.Outreach;
using Winback.Scan;
using Winback.Tests.Fakes;

namespace Winback.Tests.Scan;

public sealed class ShardScannerTests : IDisposable
{
    private const int Customers = 60;

    private readonly InMemoryApp _app = new();
    private readonly ShardMessage _shard = new(ScanIds.New(InMemoryApp.Start), "7");

    public void Dispose() => _app.Dispose();

    [Theory]
    [InlineData(1000, 0)]
    [InlineData(7, 0)]
    [InlineData(7, 3)] // empty pages in between are not the end
    [InlineData(1, 1)]
    public async Task Every_customer_of_the_shard_is_examined_once_whatever_the_pages(int pageSize, int emptyPages)
    {
        Fill();
        (_app.Customers.PageSize, _app.Customers.EmptyPages) = (pageSize, emptyPages);
        await RunAsync();
        AssertComplete();
        Assert.Equal(20, _app.OutreachQueue.Messages.Count);
    }

    [Fact]
    public async Task Due_waiting_and_excluded_add_up_to_the_examined()
    {
        Fill();
        await RunAsync();
        var counts = _app.Scans[_shard]!.Counts;
        Assert.All(counts.Campaigns.Values, c => Assert.Equal(counts.Examined, c.Due + c.Waiting + c.Excluded.Values.Sum()));
        var restaurant = counts.Campaigns[InMemoryApp.Restaurant];
        Assert.Equal((20, 15), (restaurant.Due, restaurant.Waiting));
        Assert.Equal(new Dictionary<string, int> { ["active"] = 20, ["opted-out"] = 5 }, restaurant.Excluded);
    }

    [Fact]
    public async Task What_is_due_is_queued_at_once_with_the_step_and_the_time()
    {
        _app.AddLapsed(IdsOf('7').First());
        await RunAsync();
        var (message, delay) = _app.OutreachQueue.All.Single();
        Assert.Equal(new OutreachMessage(IdsOf('7').First(), InMemoryApp.Restaurant, "invitation", InMemoryApp.Start, _app.Campaign(InMemoryApp.Restaurant).Version), message);
        Assert.Equal(TimeSpan.Zero, delay);
    }

    [Fact]
    public async Task A_shard_without_customers_is_done_too()
    {
        _app.Customers.EmptyPages = 2;
        await RunAsync();
        Assert.Equal((true, 0), (_app.Scans[_shard]!.IsDone, _app.Scans[_shard]!.Counts.Examined));
    }

    [Fact]
    public async Task Stopped_after_any_of_its_writes_it_goes_on_and_counts_the_same()
    {
        var stops = 0;
        for (var writes = 0; await RunStoppedAsync(writes); writes++) stops++;
        Assert.InRange(stops, 9 + 20, 1000); // each page saved, each due step queued
    }

    [Fact]
    public async Task A_page_that_cannot_be_read_leaves_what_was_done_and_the_next_run_goes_on_there()
    {
        Fill();
        _app.Customers.PageSize = 20;
        var pages = 0;
        _app.Customers.OnPage = () =>
        {
            if (++pages == 3) throw new IOException("storage is away");
        };
        await Assert.ThrowsAsync<IOException>(RunAsync);
        Assert.Equal((false, 40), (_app.Scans[_shard]!.IsDone, _app.Scans[_shard]!.Counts.Examined));
        await RunAsync();
        AssertComplete();
        Assert.Equal(4, pages); // the two that were done are not read again
    }

    [Fact]
    public async Task A_repeated_shard_counts_once_and_queues_nothing()
    {
        Fill();
        await RunAsync();
        _app.OutreachQueue.Clear();
        await RunAsync();
        AssertComplete();
        Assert.Empty(_app.OutreachQueue.Messages);
    }

    [Fact]
    public async Task Over_its_time_budget_it_hands_the_rest_on()
    {
        Fill();
        _app.Customers.PageSize = 10;
        _app.Customers.OnPage = () => _app.Time.Advance(TimeSpan.FromMinutes(2));
        await RunAsync();
        Assert.Equal((false, 30), (_app.Scans[_shard]!.IsDone, _app.Scans[_shard]!.Counts.Examined)); // after 2, 4 and 6 minutes
        Assert.Equal([_shard], _app.ShardQueue.Messages);
        await RunAsync(); // 30 more, and handed on once more with nothing left to do
        await RunAsync();
        AssertComplete();
        Assert.Equal(20, _app.OutreachQueue.Messages.Distinct().Count());
    }

    [Theory]
    [InlineData(9, 0)]
    [InlineData(10, 1)]
    public async Task A_claim_that_nobody_completed_is_queued_to_be_settled(int minutes, int queued)
    {
        var id = IdsOf('7').First();
        _app.AddLapsed(id, c => c with { Marketing = Invited(StepState.Claimed, InMemoryApp.Start) });
        _app.Time.Advance(TimeSpan.FromMinutes(minutes));
        await RunAsync();
        Assert.Equal(queued, _app.OutreachQueue.Messages.Count(m => m == new OutreachMessage(id, InMemoryApp.Restaurant, "invitation", _app.Time.GetUtcNow(), "v1")));
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_is_passed_over()
    {
        Fill();
        _app.Customers.Unreadable.Add(IdsOf('7').First());
        await RunAsync();
        Assert.Equal((true, Customers - 1), (_app.Scans[_shard]!.IsDone, _app.Scans[_shard]!.Counts.Examined));
    }

    [Theory]
    [InlineData("s", null)]
    [InlineData("s", "")]
    [InlineData("s", "g")]
    [InlineData("s", "77")]
    [InlineData("", "7")]
    [InlineData(null, "7")]
    public async Task A_malformed_message_is_refused(string? scan, string? shard) =>
        await Assert.ThrowsAsync<FormatException>(
            () => _app.Get<ShardScanner>().RunAsync(new ShardMessage(scan!, shard!), TestContext.Current.CancellationToken));

    [Fact]
    public async Task A_scan_is_its_sixteen_shards()
    {
        for (var i = 0; i < 100; i++) _app.AddLapsed($"k{i}");
        var scan = await _app.Get<ScanStarter>().StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal(16, _app.ShardQueue.Messages.Count);
        Assert.Equal(4, _app.Definitions.All.Count);
        foreach (var shard in _app.ShardQueue.Messages) await _app.Get<ShardScanner>().RunAsync(shard, TestContext.Current.CancellationToken);
        var summary = await _app.Scans.FindScanAsync(scan, TestContext.Current.CancellationToken);
        Assert.Equal((true, 100, InMemoryApp.Start), (summary!.IsDone, summary.Counts.Examined, summary.Started));
        Assert.Equal(100, _app.OutreachQueue.Messages.Select(m => m.Customer).Distinct().Count());
    }

    [Fact]
    public void A_later_scan_has_a_smaller_id_so_that_it_is_listed_first()
    {
        string[] ids = [.. new[] { 0, 1, 1000 }.Select(s => ScanIds.New(InMemoryApp.Start.AddSeconds(s)))];
        Assert.Equal(ids.Reverse(), ids.Order(StringComparer.Ordinal));
        Assert.Equal(InMemoryApp.Start.AddSeconds(1), ScanIds.StartedAt(ids[1]));
    }

    /// <summary>Twenty due, fifteen whose follow-up is yet to come, five opted out, twenty active.</summary>
    private void Fill() => Fill(_app);

    private static void Fill(InMemoryApp app)
    {
        foreach (var (i, id) in IdsOf('7').Take(Customers).Index())
        {
            app.AddLapsed(id, c => (i % 12) switch
            {
                < 4 => c,
                < 7 => c with { Marketing = Invited(StepState.HandedOver, InMemoryApp.Start.AddDays(-3)) },
                < 8 => c with { OptedOutAt = InMemoryApp.Start },
                _ => c with { LastVisit = new DateOnly(2026, 10, 1) },
            });
        }
        app.AddLapsed(IdsOf('8').First()); // not in this shard
    }

    private static Enrolment Invited(StepState state, DateTimeOffset at) =>
        new(InMemoryApp.Restaurant, "v1", new Anchor("", new DateOnly(2026, 2, 10)), new DateOnly(2026, 10, 10), "invitation", state, at, "x");

    private static IEnumerable<string> IdsOf(char shard) =>
        Enumerable.Range(1, 10_000).Select(n => n.ToString(CultureInfo.InvariantCulture)).Where(n => CustomerId.Parse(n).Partition[0] == shard);

    private Task RunAsync() => _app.Get<ShardScanner>().RunAsync(_shard, TestContext.Current.CancellationToken);

    private void AssertComplete()
    {
        var progress = _app.Scans[_shard]!;
        Assert.Equal((true, Customers), (progress.IsDone, progress.Counts.Examined));
        var restaurant = progress.Counts.Campaigns[InMemoryApp.Restaurant];
        Assert.Equal((20, 15, 25), (restaurant.Due, restaurant.Waiting, restaurant.Excluded.Values.Sum()));
    }

    /// <returns>Whether it was stopped at all.</returns>
    private async Task<bool> RunStoppedAsync(int writes)
    {
        using var app = new InMemoryApp();
        Fill(app);
        (app.Customers.PageSize, app.Customers.EmptyPages) = (7, 1);
        var scanner = app.Get<ShardScanner>();
        app.Effects.StopAfter(writes);
        var wasStopped = false;
        try
        {
            await scanner.RunAsync(_shard, TestContext.Current.CancellationToken);
        }
        catch (KilledException)
        {
            wasStopped = true;
        }
        app.Effects.Restart();
        await scanner.RunAsync(_shard, TestContext.Current.CancellationToken);

        using var undisturbed = new InMemoryApp();
        Fill(undisturbed);
        await undisturbed.Get<ShardScanner>().RunAsync(_shard, TestContext.Current.CancellationToken);
        Assert.Equal(Json(undisturbed.Scans[_shard]!.Counts), Json(app.Scans[_shard]!.Counts));
        Assert.True(app.Scans[_shard]!.IsDone);
        Assert.Equal(undisturbed.OutreachQueue.Messages.ToHashSet(), app.OutreachQueue.Messages.ToHashSet());
        return wasStopped;
    }

    private static string Json(ScanCounts counts) => JsonSerializer.Serialize(counts);
}
