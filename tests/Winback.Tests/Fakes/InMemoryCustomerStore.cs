using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Winback.Customers;

namespace Winback.Tests.Fakes;

/// <summary>Customer rows in memory. They go through the real table columns, so that what the adapter forgets is forgotten here too.</summary>
public sealed class InMemoryCustomerStore(Effects effects) : InMemoryStore(effects), ICustomerStore
{
    private readonly ConcurrentDictionary<CustomerId, Row> _rows = new();
    private int _versions;

    public int PageSize { get; set; } = 1000;

    /// <summary>How many empty pages come before each page and after the last, as Table Storage may answer.</summary>
    public int EmptyPages { get; set; }

    /// <summary>Runs before every page: a slow storage, or one that fails.</summary>
    public Action? OnPage { get; set; }

    /// <summary>The next write is done and its answer lost: the library writes again, and is told that the row has changed.</summary>
    public bool LosesNextAnswer { get; set; }

    /// <summary>The numbers of rows that hold something we never wrote.</summary>
    public ISet<string> Unreadable { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>A customer as stored.</summary>
    public Customer this[string id] => ToFile(_rows[CustomerId.Parse(id)]).Customer;

    public Profile ProfileOf(string id) => ToFile(_rows[CustomerId.Parse(id)]).Profile;

    public string VersionOf(string id) => _rows[CustomerId.Parse(id)].Version;

    /// <summary>The row column by column, to compare it as a whole.</summary>
    public IReadOnlyDictionary<string, object> Columns(string id) => new Dictionary<string, object>(_rows[CustomerId.Parse(id)].Entity, StringComparer.Ordinal);

    public IEnumerable<Customer> All => _rows.Values.Select(r => ToFile(r).Customer);

    /// <summary>Puts a row there, whatever there was; no effect of the app.</summary>
    public void Put(Customer customer, Profile? profile = null) => _rows[customer.Id] = NewRow(customer, profile ?? new Profile());

    /// <summary>Somebody else changes a row; no effect of the app.</summary>
    public void Change(string id, Func<Customer, Customer> change) => Put(change(this[id]), ProfileOf(id));

    public void Remove(string id) => _rows.TryRemove(CustomerId.Parse(id), out _);

    public Task<CustomerFile?> FindAsync(CustomerId id, CancellationToken cancel)
    {
        Reading();
        return Task.FromResult(_rows.TryGetValue(id, out var row) ? ToFile(row) : null);
    }

    public IAsyncEnumerable<CustomerFile> AllAsync(CancellationToken cancel) => _rows.Values.Select(ToFile).ToAsyncEnumerable();

    public IAsyncEnumerable<CustomerFile> OfRevenueAsync(Money atLeast, CancellationToken cancel) =>
        _rows.Values.Where(r => r.Entity.GetInt64("RevenueCents") >= atLeast.Cents).Select(ToFile).ToAsyncEnumerable();

    public Task<bool> TryAddAsync(Customer customer, Profile profile, CancellationToken cancel)
    {
        Writing();
        var added = _rows.TryAdd(customer.Id, NewRow(customer, profile));
        if (added) Written($"customer {customer.Id} added");
        return Task.FromResult(added);
    }

    public Task<string?> TryReplaceAsync(CustomerFile seen, Customer customer, Profile profile, CancellationToken cancel)
    {
        Writing();
        var changed = NewRow(customer, profile);
        if (!_rows.TryGetValue(customer.Id, out var row) || row.Version != seen.Version || !_rows.TryUpdate(customer.Id, changed, row))
            return Task.FromResult<string?>(null);
        Written($"customer {customer.Id} changed");
        var isLost = LosesNextAnswer;
        LosesNextAnswer = false;
        return Task.FromResult(isLost ? null : changed.Version);
    }

    public async IAsyncEnumerable<CustomerPage> ScanAsync(char shard, string? after, [EnumeratorCancellation] CancellationToken cancel)
    {
        var rows = _rows.Values
            .Select(r => (Cursor: $"{r.Entity.PartitionKey}|{r.Entity.RowKey}", Row: r))
            .Where(r => r.Cursor[0] == shard && (after is null || string.CompareOrdinal(r.Cursor, after) > 0))
            .OrderBy(r => r.Cursor, StringComparer.Ordinal).ToList();
        foreach (var page in rows.Chunk(PageSize))
        {
            for (var i = 0; i < EmptyPages; i++) yield return new CustomerPage([], [], null);
            await Task.Yield();
            Reading();
            OnPage?.Invoke();
            var readable = page.Where(r => !Unreadable.Contains(r.Row.Entity.RowKey)).Select(r => ToFile(r.Row).Customer).ToList();
            var unreadable = page.Select(r => r.Row.Entity.RowKey).Where(Unreadable.Contains).ToList();
            yield return new CustomerPage(readable, unreadable, page[^1].Cursor);
        }
        for (var i = 0; i < EmptyPages; i++) yield return new CustomerPage([], [], null);
    }

    private Row NewRow(Customer customer, Profile profile) =>
        new(TableCustomerStore.ToRow(customer, profile), Interlocked.Increment(ref _versions).ToString(CultureInfo.InvariantCulture));

    private static CustomerFile ToFile(Row row) => new(TableCustomerStore.ToCustomer(row.Entity), TableCustomerStore.ToProfile(row.Entity), row.Version);

    private sealed record Row(TableEntity Entity, string Version);
}
