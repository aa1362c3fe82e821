namespace Winback.Customers;

/// <summary>The customer rows: the one place of conditional decisions.</summary>
public interface ICustomerStore
{
    Task<CustomerFile?> FindAsync(CustomerId id, CancellationToken cancel);

    /// <returns>False when there is a row already.</returns>
    Task<bool> TryAddAsync(Customer customer, Profile profile, CancellationToken cancel);

    /// <returns>The new version; null when the row changed since <paramref name="seen"/> was read.</returns>
    Task<string?> TryReplaceAsync(CustomerFile seen, Customer customer, Profile profile, CancellationToken cancel);

    /// <summary>
    /// Streams the rows of a shard in a stable order, page by page. A page may be short or empty and not be the last.
    /// </summary>
    /// <param name="shard">One hex digit: a sixteenth of the customers.</param>
    /// <param name="after">The <see cref="CustomerPage.Cursor"/> to go on after; null to start.</param>
    IAsyncEnumerable<CustomerPage> ScanAsync(char shard, string? after, CancellationToken cancel);

    /// <summary>Streams every row with its profile, for an export; a scan reads less.</summary>
    IAsyncEnumerable<CustomerFile> AllAsync(CancellationToken cancel);

    /// <summary>Those who bought for so much or more in all. Storage looks through the whole table for them.</summary>
    /// <param name="atLeast">More than nothing.</param>
    IAsyncEnumerable<CustomerFile> OfRevenueAsync(Money atLeast, CancellationToken cancel);
}

/// <summary>Some customers of a shard.</summary>
/// <param name="Unreadable">The numbers of rows that hold something we never wrote.</param>
/// <param name="Cursor">Where to go on after this page; null when the page was empty.</param>
public sealed record CustomerPage(IReadOnlyList<Customer> Customers, IReadOnlyList<string> Unreadable, string? Cursor);

public static class CustomerStoreUpdates
{
    /// <summary>How often a lost race is run again before it is an error.</summary>
    public const int MaxTries = 20;

    /// <summary>
    /// Reads, changes and writes back a customer, again when somebody else wrote in between.
    /// </summary>
    /// <param name="change">Pure; returns the same instance when there is nothing to change.</param>
    /// <returns>The row before and after; null when there is no such customer.</returns>
    /// <exception cref="IOException">Lost the race twenty times in a row.</exception>
    public static async Task<(Customer Before, Customer After)?> UpdateAsync(
        this ICustomerStore store, CustomerId id, Func<Customer, Customer> change, CancellationToken cancel)
    {
        for (var i = 0; i < MaxTries; i++)
        {
            if (await store.FindAsync(id, cancel) is not { } file) return null;
            var changed = change(file.Customer);
            if (ReferenceEquals(changed, file.Customer) || await store.TryReplaceAsync(file, changed, file.Profile, cancel) is not null)
                return (file.Customer, changed);
        }
        throw TooBusy(id);
    }

    public static IOException TooBusy(CustomerId id) => new($"Customer {id} is being changed by many at once; try again.");
}
