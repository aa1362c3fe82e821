using Azure.Data.Tables;
using Winback.Storage;

namespace Winback.Customers;

/// <summary>Table <c>installation</c>: one row, written once.</summary>
public sealed class TableInstallationStore(StorageAccount storage, TimeProvider time) : IInstallationStore
{
    private const string TableName = "installation";
    private const string Key = "installation";

    public async Task<Installation?> FindAsync(CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        return await table.FindAsync(Key, Key, cancel) is { } row ? new Installation(row.GetString("MailboxKey"), row.GetString("TimeZone")) : null;
    }

    public async Task<Installation> KeepAsync(Installation installation, CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        var row = new TableEntity(Key, Key)
            .With("MailboxKey", installation.MailboxKey).With("TimeZone", installation.TimeZone).With("RecordedAt", time.GetUtcNow());
        return await table.TryAddAsync(row, cancel) ? installation : await FindAsync(cancel) ?? installation;
    }
}
