using System.Text.Json;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Outreach;
using Winback.Telemetry;

namespace Winback.Scan;

/// <summary>
/// Examines a shard page by page and queues what is due. After every page the cursor and the counts up to it are saved in one row, so
/// stopping it anywhere repeats at most a page, and a message queued twice is sent once.
/// </summary>
public sealed partial class ShardScanner(
    ICustomerStore customers, IScanStore scans, IScanQueue shards, IOutreachQueue outreach, Examiner examiner, CampaignCatalog catalog, EngineOptions options, OwnerClock clock,
    Signals signals, TimeProvider time, ILogger<ShardScanner> log)
{
    private const int QueueingAtOnce = 16;

    /// <summary>Well within the host's functionTimeout of ten minutes; the rest goes on in a new invocation.</summary>
    private static readonly TimeSpan TimeBudget = TimeSpan.FromMinutes(5);

    public async Task RunAsync(ShardMessage shard, CancellationToken cancel)
    {
        if (shard.Shard is not { Length: 1 } || !Shards.All.Contains(shard.Shard, StringComparison.Ordinal) || !ScanIds.IsId(shard.Scan))
            throw new FormatException("A scan-shard message must hold a scan id and a shard of one hex digit.");
        using var span = signals.ScanningShard(shard.Scan, shard.Shard);
        var progress = await scans.FindAsync(shard, cancel) ?? new ShardProgress(null, ScanCounts.None, false);
        if (progress.IsDone)
        {
            await FinishAsync(shard.Scan, cancel);
            return;
        }
        await catalog.RefreshAsync(cancel);
        var started = time.GetTimestamp();
        var tally = new ScanTally(progress.Counts);
        var cursor = progress.Cursor;
        await foreach (var page in customers.ScanAsync(shard.Shard[0], cursor, cancel))
        {
            foreach (var number in page.Unreadable) LogUnreadable(log, number);
            await ExamineAsync(page.Customers, tally, cancel);
            if (page.Cursor is null) continue;
            cursor = page.Cursor;
            await scans.SaveAsync(shard, new ShardProgress(cursor, tally.Counts, false), cancel);
            if (time.GetElapsedTime(started) < TimeBudget) continue;
            await shards.SendAsync(shard, cancel);
            return;
        }
        await scans.SaveAsync(shard, new ShardProgress(cursor, tally.Counts, true), cancel);
        TellOf(tally.Counts);
        await FinishAsync(shard.Scan, cancel);
    }

    /// <summary>Of a shard as a whole, once it is done: a page that is repeated counts once.</summary>
    private void TellOf(ScanCounts counts)
    {
        foreach (var (campaign, found) in counts.Campaigns)
        {
            if (found.Due > 0) signals.FoundDue(campaign, found.Due);
            foreach (var (reason, customers) in found.Excluded) signals.FoundExcluded(campaign, reason, customers);
        }
    }

    /// <summary>Of the shards that are done last at the same time, one tells that the scan is.</summary>
    private async Task FinishAsync(string scan, CancellationToken cancel)
    {
        if (await scans.FindScanAsync(scan, cancel) is { IsDone: true } && await scans.TryFinishAsync(scan, cancel)) signals.ScanFinished();
    }

    private async Task ExamineAsync(IReadOnlyList<Customer> page, ScanTally tally, CancellationToken cancel)
    {
        var now = clock.Now;
        var due = new List<OutreachMessage>();
        foreach (var customer in page)
        {
            try
            {
                var verdicts = await examiner.ExamineAsync(customer, now, cancel);
                tally.Add(verdicts);
                foreach (var verdict in verdicts)
                    if (verdict is Due d) due.Add(Message(d.Campaign, d.Anchor, d.Step.Id, d.Version));
            }
            catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
            {
                // One bad customer never stops a scan: it may be another one, with the same mailbox.
                LogUnexaminable(log, customer.Id, e);
            }
            foreach (var claim in customer.StaleClaims(options.ClaimTimeout, now.Instant))
                due.Add(Message(claim.Campaign, claim.Anchor, claim.Step, claim.Version));

            OutreachMessage Message(string campaign, Anchor anchor, string step, string version) => new(
                customer.Id.Value, campaign, step, now.Instant, version, TraceParent: signals.QueueingStep(customer.Id, campaign, anchor, step));
        }
        await Parallel.ForEachAsync(
            due, new ParallelOptions { MaxDegreeOfParallelism = QueueingAtOnce, CancellationToken = cancel },
            async (message, token) => await outreach.SendAsync(message, TimeSpan.Zero, token));
    }

    [LoggerMessage(1011, LogLevel.Error, "Customer {Customer} could not be examined and is passed over")]
    private static partial void LogUnexaminable(ILogger logger, CustomerId customer, Exception exception);

    [LoggerMessage(1010, LogLevel.Error, "The row of customer {Customer} cannot be read; it is passed over")]
    private static partial void LogUnreadable(ILogger logger, string customer);
}
