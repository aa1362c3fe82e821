using System.Collections.Concurrent;
using Winback.Customers;
using Winback.Customers.Import;

namespace Winback.Tests.Customers.Import;

/// <summary>Keeps purchases by key and other rows by their last value, as storage does.</summary>
public sealed class RecordingTarget : IImportTarget
{
    private readonly ConcurrentDictionary<string, ImportedRow> _rows = [];

    public ConcurrentQueue<(CustomerId Customer, IReadOnlyList<ImportedRow> Rows)> Calls { get; } = [];

    public ICollection<ImportedRow> Rows => _rows.Values;

    /// <summary>Runs before a customer is applied.</summary>
    public Func<CustomerId, CancellationToken, Task> Before { get; init; } = (_, _) => Task.CompletedTask;

    public async Task<IReadOnlyList<RowOutcome>> ApplyAsync(CustomerId customer, IReadOnlyList<ImportedRow> rows, CancellationToken cancel)
    {
        await Before(customer, cancel);
        Calls.Enqueue((customer, rows));
        return [.. rows.Select(Apply)];
    }

    private RowOutcome Apply(ImportedRow row)
    {
        var key = row switch
        {
            PurchaseRow p => $"{p.Customer}|{p.Purchase.Key}",
            SubscriptionRow s => $"{s.Customer}|{s.Subscription.Number}",
            _ => row.Customer.Value,
        };
        if (_rows.TryAdd(key, row)) return RowOutcome.Added;
        if (_rows[key] == row) return RowOutcome.Unchanged;
        _rows[key] = row;
        return RowOutcome.Changed;
    }
}
