using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Winback.Customers;
using Winback.Storage;

namespace Winback.Campaigns;

/// <summary>Table <c>enrolments</c>: partitioned like the customers, row = customer | campaign | anchor.</summary>
public sealed class TableEnrolmentStore(StorageAccount storage, TimeProvider time) : IEnrolmentStore
{
    private const string TableName = "enrolments";

    public async Task StartAsync(CustomerId customer, Enrolment enrolment, CancellationToken cancel) =>
        await (await storage.TableAsync(TableName)).UpsertEntityAsync(
            Row(customer, enrolment).With("FirstContactAt", enrolment.At), TableUpdateMode.Merge, cancel);

    public async Task<DateTimeOffset?> FirstContactAsync(CustomerId customer, Enrolment enrolment, CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        return (await table.FindAsync(customer.Partition, Key(customer, enrolment), cancel))?.GetDateTimeOffset("FirstContactAt");
    }

    public async Task<WinBack?> AttributeAsync(CustomerId customer, Enrolment enrolment, WinBack? winBack, CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        for (var i = 0; i < CustomerStoreUpdates.MaxTries; i++)
        {
            var row = await table.FindAsync(customer.Partition, Key(customer, enrolment), cancel);
            var before = row is not null && WonBackOn(row) is { } on ? new WinBack(on, Revenue(row)) : null;
            if (before == winBack) return before;
            var changed = (row ?? Row(customer, enrolment)).With("WonBackOn", winBack is null ? "" : Entities.Day(winBack.On))
                .With("WonCents", winBack?.Revenue.Cents ?? 0L).With("RecordedAt", time.GetUtcNow());
            var isWritten = row is null
                ? await table.TryAddAsync(changed, cancel)
                : await table.TryReplaceAsync(changed, row.ETag.ToString(), cancel) is not null;
            if (isWritten) return before;
        }
        throw CustomerStoreUpdates.TooBusy(customer);
    }

    public async IAsyncEnumerable<EnrolmentRecord> OfAsync(CustomerId customer, [EnumeratorCancellation] CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        var filter = Entities.Prefixed(customer.Partition, $"{customer.Value}|");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancel)) yield return ToRecord(row);
    }

    public async IAsyncEnumerable<EnrolmentRecord> AllAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: cancel)) yield return ToRecord(row);
    }

    private static string Key(CustomerId customer, Enrolment e) => $"{customer.Value}|{e.Campaign}|{AnchorKey.Of(e.Anchor)}";

    private TableEntity Row(CustomerId customer, Enrolment e) =>
        new TableEntity(customer.Partition, Key(customer, e))
            .With("Customer", customer.Value).With("Campaign", e.Campaign).With("Version", e.Version).With("Subject", e.Anchor.Subject)
            .With("AnchorDate", e.Anchor.Date).With("Started", e.Started).With("RecordedAt", time.GetUtcNow());

    private static EnrolmentRecord ToRecord(TableEntity row) => new(
        CustomerId.Parse(row.GetString("Customer")), row.GetString("Campaign"), new Anchor(row.GetString("Subject") ?? "", row.GetDay("AnchorDate")!.Value),
        row.GetString("Version"), row.GetDay("Started")!.Value, WonBackOn(row), Revenue(row));

    private static DateOnly? WonBackOn(TableEntity row) => row.GetString("WonBackOn") is { Length: > 0 } ? row.GetDay("WonBackOn") : null;

    private static Money Revenue(TableEntity row) => new(row.GetInt64("WonCents") ?? 0);
}
