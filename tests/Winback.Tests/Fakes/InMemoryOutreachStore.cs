using System.Collections.Concurrent;
using Winback.Customers;
using Winback.Outreach;

namespace Winback.Tests.Fakes;

public sealed class InMemoryOutreachStore(Effects effects) : InMemoryStore(effects), IOutreachStore
{
    private readonly ConcurrentDictionary<OutreachId, OutreachRecord> _rows = new();

    public IReadOnlyList<OutreachRecord> All => [.. _rows.Values];

    /// <summary>Puts a row there, whatever there was; no effect of the app.</summary>
    public void Put(OutreachRecord outreach) => _rows[outreach.Id] = outreach;

    public Task<OutreachRecord?> FindAsync(CustomerId customer, string campaign, Anchor anchor, string step, CancellationToken cancel)
    {
        Reading();
        return Task.FromResult(_rows.GetValueOrDefault(OutreachId.Of(customer, campaign, anchor, step)));
    }

    public Task RecordAsync(OutreachRecord outreach, CancellationToken cancel)
    {
        Writing();
        Put(outreach);
        Written($"outreach to {outreach.Customer} recorded: {outreach.Step} {outreach.State}");
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<OutreachRecord> OfAsync(CustomerId customer, CancellationToken cancel) =>
        All.Where(r => r.Customer == customer).ToAsyncEnumerable();

    public IAsyncEnumerable<OutreachRecord> InStateAsync(StepState state, CancellationToken cancel) =>
        All.Where(r => r.State == state).ToAsyncEnumerable();
}
