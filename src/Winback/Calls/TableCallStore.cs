using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Winback.Customers;
using Winback.Storage;

namespace Winback.Calls;

/// <summary>Table <c>calls</c>: partitioned like the customers, row = customer | id.</summary>
public sealed class TableCallStore(StorageAccount storage) : ICallStore
{
    private const string TableName = "calls";

    public async Task<(Call Call, bool IsNew)> AddAsync(Call call, CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        if (await table.TryAddAsync(ToRow(call), cancel)) return (call, true);
        var row = await table.FindAsync(call.Customer.Partition, Row(call), cancel);
        return (row is null ? call : ToCall(row), false);
    }

    public async IAsyncEnumerable<Call> OfAsync(CustomerId customer, [EnumeratorCancellation] CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        await foreach (var row in table.QueryAsync<TableEntity>(Entities.Prefixed(customer.Partition, $"{customer.Value}|"), cancellationToken: cancel)) yield return ToCall(row);
    }

    private static string Row(Call call) => $"{call.Customer.Value}|{call.Id}";

    private static TableEntity ToRow(Call call) => new TableEntity(call.Customer.Partition, Row(call))
        .With("Customer", call.Customer.Value).With("Id", call.Id).With("Day", call.Day).With("At", call.At).With("Outcome", call.Outcome.ToString()).With("Number", call.Number);

    private static Call ToCall(TableEntity row) => new(
        CustomerId.Parse(row.GetString("Customer")), row.GetString("Id"), row.GetDay("Day")!.Value, row.GetDateTimeOffset("At")!.Value,
        Enum.Parse<CallOutcome>(row.GetString("Outcome")), row.GetString("Number"));
}
