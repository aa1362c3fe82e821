using System.Collections.Concurrent;
using Winback.Scan;

namespace Winback.Tests.Fakes;

public sealed class InMemoryScanStore(Effects effects) : InMemoryStore(effects), IScanStore
{
    private readonly ConcurrentDictionary<ShardMessage, ShardProgress> _rows = new();
    private readonly ConcurrentDictionary<string, bool> _finished = new(StringComparer.Ordinal);

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

    public Task<bool> TryFinishAsync(string scan, CancellationToken cancel)
    {
        Writing();
        if (!_finished.TryAdd(scan, true)) return Task.FromResult(false);
        Written("scan finished");
        return Task.FromResult(true);
    }

    public Task<ScanSummary?> FindScanAsync(string scan, CancellationToken cancel) => Task.FromResult(Summaries().FirstOrDefault(s => s.Id == scan));

    public Task<IReadOnlyList<ScanSummary>> LatestAsync(int count, CancellationToken cancel) => Task.FromResult<IReadOnlyList<ScanSummary>>([.. Summaries().Take(count)]);

    private IEnumerable<ScanSummary> Summaries() => _rows.GroupBy(r => r.Key.Scan).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new ScanSummary(
        g.Key, ScanIds.StartedAt(g.Key), g.Count(r => r.Value.IsDone), g.Aggregate(ScanCounts.None, (sum, r) => sum.Plus(r.Value.Counts))));
}
