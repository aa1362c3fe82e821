using System.Collections.Concurrent;
using Winback.Scan;

namespace Winback.Tests.Fakes;

public sealed class InMemoryScanStore(Effects effects) : InMemoryStore(effects), IScanStore
{
    private readonly ConcurrentDictionary<ShardMessage, ShardProgress> _rows = new();

    public ShardProgress? this[ShardMessage shard] => _rows.GetValueOrDefault(shard);

    public Task<ShardProgress?> FindAsync(ShardMessage shard, CancellationToken cancel)
    {
        Reading();
        return Task.FromResult(this[shard]);
    }

    public Task SaveAsync(ShardMessage shard, ShardProgress progress, CancellationToken cancel)
    {
        Writing();
        _rows[shard] = progress;
        Written($"shard {shard.Shard} saved");
        return Task.CompletedTask;
    }

    public Task<ScanSummary?> FindScanAsync(string scan, CancellationToken cancel) => Task.FromResult(Summaries().FirstOrDefault(s => s.Id == scan));

    public Task<IReadOnlyList<ScanSummary>> LatestAsync(int count, CancellationToken cancel) => Task.FromResult<IReadOnlyList<ScanSummary>>([.. Summaries().Take(count)]);

    private IEnumerable<ScanSummary> Summaries() => _rows.GroupBy(r => r.Key.Scan).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new ScanSummary(
        g.Key, ScanIds.StartedAt(g.Key), g.Count(r => r.Value.IsDone), g.Aggregate(ScanCounts.None, (sum, r) => sum.Plus(r.Value.Counts))));
}
