using System.Collections.Concurrent;
using Winback.Calls;
using Winback.Customers;

namespace Winback.Tests.Fakes;

public sealed class InMemoryCallStore(Effects effects) : InMemoryStore(effects), ICallStore
{
    private readonly ConcurrentDictionary<(CustomerId, string), Call> _rows = new();

    public IReadOnlyList<Call> All => [.. _rows.Values];

    public Task<(Call Call, bool IsNew)> AddAsync(Call call, CancellationToken cancel)
    {
        Writing();
        var isNew = _rows.TryAdd((call.Customer, call.Id), call);
        if (isNew) Written($"call to {call.Customer} added");
        return Task.FromResult((_rows[(call.Customer, call.Id)], isNew));
    }

    public IAsyncEnumerable<Call> OfAsync(CustomerId customer, CancellationToken cancel) => All.Where(c => c.Customer == customer).ToAsyncEnumerable();
}
