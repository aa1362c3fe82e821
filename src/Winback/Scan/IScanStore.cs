using System.Globalization;

namespace Winback.Scan;

/// <summary>A sixteenth of the customers, to be examined for one scan.</summary>
/// <param name="Shard">One hex digit.</param>
public sealed record ShardMessage(string Scan, string Shard);

/// <summary>How far a shard is. Overwritten, never added to, so a repeated shard counts once.</summary>
/// <param name="Cursor">The last customer that was examined.</param>
public sealed record ShardProgress(string? Cursor, ScanCounts Counts, bool IsDone);

/// <summary>A scan as a whole.</summary>
public sealed record ScanSummary(string Id, DateTimeOffset Started, int ShardsDone, ScanCounts Counts)
{
    public bool IsDone => ShardsDone == Shards.All.Length;
}

public static class Shards
{
    /// <summary>Sixteen ranges of sixteen partitions: enough to keep one instance's queue slots busy, few enough to cost next to nothing.</summary>
    public const string All = "0123456789abcdef";
}

public static class ScanIds
{
    /// <summary>Sorts the newest first.</summary>
    public static string New(DateTimeOffset now) =>
        (DateTimeOffset.MaxValue.UtcTicks - now.UtcTicks).ToString("d19", CultureInfo.InvariantCulture);

    public static bool IsId(string? text) =>
        text is { Length: 19 } && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks;

    public static DateTimeOffset StartedAt(string id) =>
        new(DateTimeOffset.MaxValue.UtcTicks - long.Parse(id, CultureInfo.InvariantCulture), TimeSpan.Zero);
}

public interface IScanStore
{
    Task<ShardProgress?> FindAsync(ShardMessage shard, CancellationToken cancel);

    Task SaveAsync(ShardMessage shard, ShardProgress progress, CancellationToken cancel);

    /// <summary>Notes that every shard of a scan is done.</summary>
    /// <returns>False when that is noted already.</returns>
    Task<bool> TryFinishAsync(string scan, CancellationToken cancel);

    Task<ScanSummary?> FindScanAsync(string scan, CancellationToken cancel);

    /// <summary>The newest first.</summary>
    Task<IReadOnlyList<ScanSummary>> LatestAsync(int count, CancellationToken cancel);
}

public interface IScanQueue
{
    Task SendAsync(ShardMessage shard, CancellationToken cancel);
}
