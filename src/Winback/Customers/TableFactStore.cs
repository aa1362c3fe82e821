using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Winback.Storage;

namespace Winback.Customers;

/// <summary>
/// Tables <c>purchases</c> (row = customer | <see cref="Purchase.Key"/>), <c>subscriptions</c> (row = customer | <see cref="Subscription.Key"/>) and
/// <c>parked</c> (row = customer), all partitioned like the customers.
/// </summary>
public sealed class TableFactStore(StorageAccount storage, TimeProvider time) : IFactStore
{
    public async Task<IReadOnlyList<Purchase>> PurchasesAsync(CustomerId customer, CancellationToken cancel)
    {
        var found = new List<Purchase>();
        await foreach (var row in Rows(await storage.TableAsync("purchases"), customer, cancel)) found.Add(ToPurchase(customer, row));
        return found;
    }

    public async IAsyncEnumerable<Purchase> AllPurchasesAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var table = await storage.TableAsync("purchases");
        await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: cancel))
            yield return ToPurchase(CustomerId.Parse(row.RowKey[..row.RowKey.IndexOf('|', StringComparison.Ordinal)]), row);
    }

    public async Task AddPurchasesAsync(CustomerId customer, IReadOnlyList<Purchase> purchases, CancellationToken cancel)
    {
        var table = await storage.TableAsync("purchases");
        var now = time.GetUtcNow();
        await table.UpsertAllAsync(purchases.DistinctBy(p => p.Key).Select(p => new TableEntity(customer.Partition, $"{customer.Value}|{p.Key}")
            .With("Day", p.Day).With("At", p.At).With("Cents", p.Amount.Cents).With("Order", p.OrderNumber).With("Product", p.Product)
            .With("Ordinal", p.Ordinal).With("RecordedAt", now)), cancel);
    }

    public async Task<IReadOnlyList<Subscription>> SubscriptionsAsync(CustomerId customer, CancellationToken cancel)
    {
        var found = new List<Subscription>();
        await foreach (var row in Rows(await storage.TableAsync("subscriptions"), customer, cancel))
        {
            found.Add(new Subscription(
                row.GetString("Number")!, row.GetString("Plan") ?? "", row.GetDay("Start")!.Value, row.GetDay("RenewalDate")!.Value,
                row.GetBoolean("AutoRenews") ?? false));
        }
        return found;
    }

    public async Task PutSubscriptionsAsync(CustomerId customer, IReadOnlyList<Subscription> subscriptions, CancellationToken cancel)
    {
        var table = await storage.TableAsync("subscriptions");
        var now = time.GetUtcNow();
        await table.UpsertAllAsync(subscriptions.Select(s => new TableEntity(customer.Partition, $"{customer.Value}|{s.Key}")
            .With("Number", s.Number).With("Plan", s.Plan).With("Start", s.Start).With("RenewalDate", s.RenewalDate).With("AutoRenews", s.AutoRenews)
            .With("RecordedAt", now)), cancel);
    }

    public async Task ParkAsync(CustomerId customer, CancellationToken cancel)
    {
        var table = await storage.TableAsync("parked");
        await table.UpsertEntityAsync(new TableEntity(customer.Partition, customer.Value), TableUpdateMode.Replace, cancel);
    }

    public async Task<bool> IsParkedAsync(CustomerId customer, CancellationToken cancel) =>
        await (await storage.TableAsync("parked")).FindAsync(customer.Partition, customer.Value, cancel) is not null;

    public async Task UnparkAsync(CustomerId customer, CancellationToken cancel) =>
        await (await storage.TableAsync("parked")).DeleteEntityAsync(customer.Partition, customer.Value, ETag.All, cancel);

    public async Task<int> CountParkedAsync(CancellationToken cancel)
    {
        var table = await storage.TableAsync("parked");
        return await table.QueryAsync<TableEntity>(select: ["RowKey"], cancellationToken: cancel).CountAsync(cancel);
    }

    private static Purchase ToPurchase(CustomerId customer, TableEntity row) => new(
        customer, row.GetDay("Day")!.Value, row.GetDateTimeOffset("At"), new Money(row.GetInt64("Cents") ?? 0), row.GetString("Order"),
        row.GetString("Product"), row.GetInt32("Ordinal") ?? 0);

    private static AsyncPageable<TableEntity> Rows(TableClient table, CustomerId customer, CancellationToken cancel) =>
        table.QueryAsync<TableEntity>(Entities.Prefixed(customer.Partition, $"{customer.Value}|"), cancellationToken: cancel);
}
