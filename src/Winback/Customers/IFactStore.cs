namespace Winback.Customers;

/// <summary>Purchases and subscriptions as they came in. Every key is deterministic, so writing twice changes nothing.</summary>
public interface IFactStore
{
    Task<IReadOnlyList<Purchase>> PurchasesAsync(CustomerId customer, CancellationToken cancel);

    /// <summary>Streams the purchases of everybody, those of unknown customers too.</summary>
    IAsyncEnumerable<Purchase> AllPurchasesAsync(CancellationToken cancel);

    Task AddPurchasesAsync(CustomerId customer, IReadOnlyList<Purchase> purchases, CancellationToken cancel);

    Task<IReadOnlyList<Subscription>> SubscriptionsAsync(CustomerId customer, CancellationToken cancel);

    Task PutSubscriptionsAsync(CustomerId customer, IReadOnlyList<Subscription> subscriptions, CancellationToken cancel);

    /// <summary>Notes that facts wait for this customer to be imported.</summary>
    Task ParkAsync(CustomerId customer, CancellationToken cancel);

    Task<bool> IsParkedAsync(CustomerId customer, CancellationToken cancel);

    Task UnparkAsync(CustomerId customer, CancellationToken cancel);

    /// <summary>How many unknown customers have facts waiting.</summary>
    Task<int> CountParkedAsync(CancellationToken cancel);
}
