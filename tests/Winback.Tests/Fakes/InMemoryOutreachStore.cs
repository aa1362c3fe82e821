using System.Collections.Concurrent;
using System.Collections.Immutable;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Outreach;

namespace Winback.Tests.Fakes;

public sealed class InMemoryOutreachStore(Effects effects) : InMemoryStore(effects), IOutreachStore
{
    private readonly ConcurrentDictionary<(OutreachId Id, Channel Channel), OutreachRecord> _rows = new();
    private readonly ConcurrentDictionary<(OutreachId Id, Channel Channel), ImmutableSortedDictionary<DeliveryState, DateTimeOffset>> _deliveries = new();
    private readonly ConcurrentDictionary<(OutreachId Id, Channel Channel), OutreachRecord> _toldOnly = new();

    public IReadOnlyList<OutreachRecord> All => [.. _rows.Keys.Union(_deliveries.Keys).Select(id => Find(id)!)];

    /// <summary>Puts a row there, whatever there was; no effect of the app.</summary>
    public void Put(OutreachRecord outreach) => _rows[Key(outreach)] = outreach;

    public Task<OutreachRecord?> FindAsync(CustomerId customer, string campaign, Anchor anchor, string step, Channel channel, CancellationToken cancel)
    {
        Reading();
        return Task.FromResult(Find((OutreachId.Of(customer, campaign, anchor, step), channel)));
    }

    public Task RecordAsync(OutreachRecord outreach, CancellationToken cancel)
    {
        Writing();
        // As a merge in a table: what is not said stays.
        Put(_rows.TryGetValue(Key(outreach), out var before)
            ? outreach with { Times = before.Times.SetItems(outreach.Times), ByHandAt = outreach.ByHandAt ?? before.ByHandAt }
            : outreach);
        Written($"outreach to {outreach.Customer} recorded: {outreach.Step} {outreach.State}");
        return Task.CompletedTask;
    }

    public Task<bool> TryChangeAsync(OutreachRecord seen, OutreachRecord changed, CancellationToken cancel)
    {
        Writing();
        if (Find(Key(seen)) is not { } now || now.State != seen.State || now.At != seen.At) return Task.FromResult(false);
        Put(changed with { Times = now.Times.SetItem(changed.State, changed.At) });
        Written($"outreach to {changed.Customer} changed by hand: {changed.Step} {changed.State}");
        return Task.FromResult(true);
    }

    public Task RecordAsync(
        CustomerId customer, string campaign, Anchor anchor, string step, DeliveryState delivery, DateTimeOffset at, CancellationToken cancel)
    {
        Writing();
        var id = (OutreachId.Of(customer, campaign, anchor, step), Channel.Mail);
        var before = _deliveries.GetValueOrDefault(id, ImmutableSortedDictionary<DeliveryState, DateTimeOffset>.Empty);
        if (before.TryGetValue(delivery, out var known) && known <= at) return Task.CompletedTask;
        _toldOnly[id] = new OutreachRecord(customer, campaign, anchor, step, StepState.HandedOver, at, null, null);
        _deliveries[id] = before.SetItem(delivery, at);
        Written($"outreach to {customer} recorded: {step} {delivery}");
        return Task.CompletedTask;
    }

    /// <summary>As the table has it: what we saw and what the provider told, each in its own columns.</summary>
    private OutreachRecord? Find((OutreachId Id, Channel Channel) id)
    {
        var told = _deliveries.GetValueOrDefault(id, ImmutableSortedDictionary<DeliveryState, DateTimeOffset>.Empty);
        if (_rows.TryGetValue(id, out var row)) return row.With(told);
        if (told.IsEmpty) return null;
        var first = told.Values.Min();
        return (_toldOnly[id] with { At = first, Times = ImmutableSortedDictionary<StepState, DateTimeOffset>.Empty.Add(StepState.HandedOver, first) }).With(told);
    }

    public IAsyncEnumerable<OutreachRecord> CallsAsync(CancellationToken cancel) => All.Where(r => r.Channel == Channel.Phone).ToAsyncEnumerable();

    public IAsyncEnumerable<OutreachRecord> AllAsync(CancellationToken cancel) => All.ToAsyncEnumerable();

    public IAsyncEnumerable<OutreachRecord> OfAsync(CustomerId customer, CancellationToken cancel) =>
        All.Where(r => r.Customer == customer).ToAsyncEnumerable();

    public IAsyncEnumerable<OutreachRecord> InStateAsync(StepState state, CancellationToken cancel) =>
        All.Where(r => r.State == state).ToAsyncEnumerable();

    private static (OutreachId Id, Channel Channel) Key(OutreachRecord outreach) => (outreach.Id, outreach.Channel);
}
