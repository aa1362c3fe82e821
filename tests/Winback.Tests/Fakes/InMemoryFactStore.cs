using System.Collections.Concurrent;
using Winback.Customers;

namespace Winback.Tests.Fakes;

public sealed class InMemoryFactStore(Effects effects) : InMemoryStore(effects), IFactStore
{
    private readonly ConcurrentDictionary<CustomerId, ConcurrentDictionary<string, Purchase>> _purchases = new();
    private readonly ConcurrentDictionary<(CustomerId, string Key), Subscription> _subscriptions = new();
    private readonly ConcurrentDictionary<CustomerId, bool> _parked = new();

    public Task<IReadOnlyList<Purchase>> PurchasesAsync(CustomerId customer, CancellationToken cancel)
    {
        Reading();
        return Task.FromResult<IReadOnlyList<Purchase>>([.. Of(customer).Values]);
    }

    public IAsyncEnumerable<Purchase> AllPurchasesAsync(CancellationToken cancel) => _purchases.Values.SelectMany(p => p.Values).ToAsyncEnumerable();

    public Task AddPurchasesAsync(CustomerId customer, IReadOnlyList<Purchase> purchases, CancellationToken cancel)
    {
        if (purchases.Count == 0) return Task.CompletedTask;
        Writing();
        foreach (var purchase in purchases) Of(customer)[purchase.Key] = purchase;
        Written($"purchases of {customer} added");
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Subscription>> SubscriptionsAsync(CustomerId customer, CancellationToken cancel)
    {
        Reading();
        return Task.FromResult<IReadOnlyList<Subscription>>([.. _subscriptions.Where(s => s.Key.Item1 == customer).Select(s => s.Value)]);
    }

    public Task PutSubscriptionsAsync(CustomerId customer, IReadOnlyList<Subscription> subscriptions, CancellationToken cancel)
    {
        if (subscriptions.Count == 0) return Task.CompletedTask;
        Writing();
        foreach (var subscription in subscriptions) _subscriptions[(customer, subscription.Key)] = subscription;
        Written($"subscriptions of {customer} put");
        return Task.CompletedTask;
    }

    public Task ParkAsync(CustomerId customer, CancellationToken cancel)
    {
        Writing();
        _parked[customer] = true;
        Written($"{customer} parked");
        return Task.CompletedTask;
    }

    public Task<bool> IsParkedAsync(CustomerId customer, CancellationToken cancel)
    {
        Reading();
        return Task.FromResult(_parked.ContainsKey(customer));
    }

    public Task UnparkAsync(CustomerId customer, CancellationToken cancel)
    {
        Writing();
        _parked.TryRemove(customer, out _);
        Written($"{customer} unparked");
        return Task.CompletedTask;
    }

    public Task<int> CountParkedAsync(CancellationToken cancel) => Task.FromResult(_parked.Count);

    private ConcurrentDictionary<string, Purchase> Of(CustomerId customer) => _purchases.GetOrAdd(customer, _ => new(StringComparer.Ordinal));
}
