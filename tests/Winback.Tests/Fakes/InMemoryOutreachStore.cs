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
        // As a merge in a table: what is not said stays.
        Put(_rows.TryGetValue(outreach.Id, out var before)
            ? outreach with { Times = before.Times.SetItems(outreach.Times), ByHandAt = outreach.ByHandAt ?? before.ByHandAt }
            : outreach);
        Written($"outreach to {outreach.Customer} recorded: {outreach.Step} {outreach.State}");
        return Task.CompletedTask;
    }

    public Task<bool> TryChangeAsync(OutreachRecord seen, OutreachRecord changed, CancellationToken cancel)
    {
        Writing();
        if (!_rows.TryGetValue(seen.Id, out var now) || now.State != seen.State || now.At != seen.At) return Task.FromResult(false);
        Put(changed with { Times = now.Times.SetItem(changed.State, changed.At) });
        Written($"outreach to {changed.Customer} changed by hand: {changed.Step} {changed.State}");
        return Task.FromResult(true);
    }

    public IAsyncEnumerable<OutreachRecord> AllAsync(CancellationToken cancel) => All.ToAsyncEnumerable();

    public IAsyncEnumerable<OutreachRecord> OfAsync(CustomerId customer, CancellationToken cancel) =>
        All.Where(r => r.Customer == customer).ToAsyncEnumerable();

    public IAsyncEnumerable<OutreachRecord> InStateAsync(StepState state, CancellationToken cancel) =>
        All.Where(r => r.State == state).ToAsyncEnumerable();
}
