using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Winback.Storage;

namespace Winback.Cli.Backup;

internal sealed class TableBackupStore(StorageAccount storage) : IBackupStore
{
    /// <summary>What storage adds to a row by itself, beside what is kept in it.</summary>
    private static readonly HashSet<string> OfStorage = new(StringComparer.Ordinal) { "odata.etag", "PartitionKey", "RowKey", "Timestamp" };

    public async IAsyncEnumerable<BackupRow> RowsAsync(string table, [EnumeratorCancellation] CancellationToken cancel)
    {
        var client = await storage.TableAsync(table);
        await foreach (var page in client.QueryAsync<TableEntity>(cancellationToken: cancel).AsPages().ReadAheadAsync(cancel))
        {
            foreach (var entity in page.Values) yield return ToRow(table, entity);
        }
    }

    public async Task<int> CountAsync(string table, CancellationToken cancel) =>
        await (await storage.TableAsync(table)).QueryAsync<TableEntity>(select: ["RowKey"], cancellationToken: cancel).CountAsync(cancel);

    public async Task<bool> TryAddAsync(IReadOnlyList<BackupRow> rows, CancellationToken cancel)
    {
        var client = await storage.TableAsync(rows[0].Table);
        try
        {
            await client.SubmitTransactionAsync(rows.Select(r => new TableTransactionAction(TableTransactionActionType.Add, ToEntity(r))), cancel);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return false;
        }
    }

    private static BackupRow ToRow(string table, TableEntity entity)
    {
        var columns = new SortedDictionary<string, Cell>(StringComparer.Ordinal);
        foreach (var (name, value) in entity)
        {
            if (value is not null && !OfStorage.Contains(name)) columns[name] = new Cell(value is BinaryData binary ? binary.ToArray() : value);
        }
        return new BackupRow(table, entity.PartitionKey, entity.RowKey, columns);
    }

    private static TableEntity ToEntity(BackupRow row)
    {
        var entity = new TableEntity(row.Partition, row.Row);
        foreach (var (name, cell) in row.Columns) entity[name] = cell.Value;
        return entity;
    }
}
