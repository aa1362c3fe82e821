using System.Text.Json;
using Azure.Data.Tables;
using Winback.Storage;

namespace Winback.Scan;

/// <summary>Table <c>scans</c>: partition = scan id (the newest first), row = shard, or <c>finished</c>.</summary>
public sealed class TableScanStore(StorageAccount storage, TimeProvider time) : IScanStore
{
    private const string TableName = "scans";
    private const string FinishedRow = "finished";

    public async Task<ShardProgress?> FindAsync(ShardMessage shard, CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        return await table.FindAsync(shard.Scan, shard.Shard, cancel) is { } row ? ToProgress(row) : null;
    }

    public async Task SaveAsync(ShardMessage shard, ShardProgress progress, CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        var row = new TableEntity(shard.Scan, shard.Shard)
            .With("Cursor", progress.Cursor).WithJson("Counts", progress.Counts, ScanJson.Default.ScanCounts).With("IsDone", progress.IsDone)
            .With("RecordedAt", time.GetUtcNow());
        await table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancel);
    }

    public async Task<bool> TryFinishAsync(string scan, CancellationToken cancel) =>
        await (await storage.TableAsync(TableName)).TryAddAsync(new TableEntity(scan, FinishedRow).With("RecordedAt", time.GetUtcNow()), cancel);

    public async Task<ScanSummary?> FindScanAsync(string scan, CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        var rows = await table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {scan}"), cancellationToken: cancel).ToListAsync(cancel);
        return rows.Count == 0 ? null : Summarise(scan, rows);
    }

    public async Task<IReadOnlyList<ScanSummary>> LatestAsync(int count, CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        var rows = await table.QueryAsync<TableEntity>(cancellationToken: cancel).Take(count * (Shards.All.Length + 1)).ToListAsync(cancel);
        return [.. rows.GroupBy(r => r.PartitionKey).Take(count).Select(g => Summarise(g.Key, g))];
    }

    private static ScanSummary Summarise(string scan, IEnumerable<TableEntity> rows)
    {
        var shards = rows.Where(r => r.RowKey != FinishedRow).Select(ToProgress).ToList();
        return new ScanSummary(scan, ScanIds.StartedAt(scan), shards.Count(s => s.IsDone), shards.Aggregate(ScanCounts.None, (sum, s) => sum.Plus(s.Counts)));
    }

    private static ShardProgress ToProgress(TableEntity row) => new(
        row.GetString("Cursor"), row.GetJson("Counts", ScanJson.Default.ScanCounts) ?? ScanCounts.None, row.GetBoolean("IsDone") ?? false);
}

/// <summary>Queue <c>scan-shard</c>.</summary>
public sealed class StorageScanQueue(StorageAccount storage) : IScanQueue
{
    public const string QueueName = "scan-shard";

    public async Task SendAsync(ShardMessage shard, CancellationToken cancel) =>
        await (await storage.QueueAsync(QueueName)).SendMessageAsync(JsonSerializer.Serialize(shard, ScanJson.Default.ShardMessage), cancel);
}
