using System.Collections.Immutable;
using Winback.Customers;

namespace Winback.Outreach;

/// <summary>What became of one step of one enrolment.</summary>
/// <param name="State">Claimed is never recorded: the claim is on the customer row.</param>
/// <param name="ProviderId">The provider's name for the mail.</param>
/// <param name="ByHandAt">When somebody settled it by hand, last.</param>
public sealed record OutreachRecord(
    CustomerId Customer, string Campaign, Anchor Anchor, string Step, StepState State, DateTimeOffset At, string? ProviderId, string? Problem,
    DateTimeOffset? ByHandAt = null)
{
    /// <summary>Since when it was, last, in each state that it came through; the present one among them.</summary>
    public ImmutableSortedDictionary<StepState, DateTimeOffset> Times { get; init; } = ImmutableSortedDictionary<StepState, DateTimeOffset>.Empty.Add(State, At);

    /// <summary>When the provider first told of each; empty while it told nothing.</summary>
    public ImmutableSortedDictionary<DeliveryState, DateTimeOffset> Delivery { get; private init; } = ImmutableSortedDictionary<DeliveryState, DateTimeOffset>.Empty;

    /// <summary>How far the mail came; null while the provider told nothing.</summary>
    public DeliveryState? Delivered => Delivery.IsEmpty ? null : Delivery.Keys.Last();

    /// <summary>It failed or is uncertain, and nobody has looked at it since.</summary>
    public bool NeedsLook => State is StepState.Failed or StepState.Uncertain && !(ByHandAt >= At);

    public OutreachId Id => OutreachId.Of(Customer, Campaign, Anchor, Step);

    /// <summary>
    /// With what the provider told. It tells of no mail that it does not have: then the step was handed over, whatever we saw, and in whichever order
    /// the two were recorded.
    /// </summary>
    public OutreachRecord With(ImmutableSortedDictionary<DeliveryState, DateTimeOffset> delivery)
    {
        if (delivery.IsEmpty || State == StepState.HandedOver) return this with { Delivery = delivery };
        var at = Times.TryGetValue(StepState.HandedOver, out var before) ? before : delivery.Values.Min();
        return this with { State = StepState.HandedOver, At = at, Problem = null, Times = Times.SetItem(StepState.HandedOver, at), Delivery = delivery };
    }
}

/// <summary>Every outreach, under a deterministic key: customer, campaign, anchor, step, channel.</summary>
public interface IOutreachStore
{
    Task<OutreachRecord?> FindAsync(CustomerId customer, string campaign, Anchor anchor, string step, CancellationToken cancel);

    Task RecordAsync(OutreachRecord outreach, CancellationToken cancel);

    /// <summary>Changes a record as read, by hand.</summary>
    /// <returns>False when something else became of it meanwhile.</returns>
    Task<bool> TryChangeAsync(OutreachRecord seen, OutreachRecord changed, CancellationToken cancel);

    /// <summary>Records when the provider told that a mail came so far; the earliest time stays. There need be no record of it yet.</summary>
    Task RecordAsync(CustomerId customer, string campaign, Anchor anchor, string step, DeliveryState delivery, DateTimeOffset at, CancellationToken cancel);

    IAsyncEnumerable<OutreachRecord> OfAsync(CustomerId customer, CancellationToken cancel);

    /// <summary>Storage looks through the whole table for them.</summary>
    IAsyncEnumerable<OutreachRecord> InStateAsync(StepState state, CancellationToken cancel);

    /// <summary>The whole table.</summary>
    IAsyncEnumerable<OutreachRecord> AllAsync(CancellationToken cancel);
}

public enum CodeKind { Reply, Coupon, Referral }

/// <summary>Whose a code is and what it came with.</summary>
/// <param name="Anchor">Of the enrolment; with a reply code only.</param>
public sealed record CodeOwner(CustomerId Customer, string? Campaign = null, string? Step = null, DateOnly? ValidUntil = null, Anchor? Anchor = null);

/// <summary>The codes that customers hold: in reply addresses, on coupons, for referrals.</summary>
public interface ICodeStore
{
    /// <returns>Whose it is now: the given owner, or whoever had it before.</returns>
    Task<CodeOwner> RegisterAsync(CodeKind kind, string code, CodeOwner owner, CancellationToken cancel);

    Task<CodeOwner?> FindAsync(CodeKind kind, string code, CancellationToken cancel);
}

/// <summary>Work put off or handed on: one step to be sent.</summary>
/// <param name="QueuedAt">When the scan found it due: after an hour of trying it is left to the next scan.</param>
/// <param name="Version">Of the campaign, by which it was found due.</param>
/// <param name="Attempt">How often it was put back because the provider was away.</param>
/// <param name="TraceParent">As in W3C Trace Context: what sending it follows from. Null while nobody listens.</param>
public sealed record OutreachMessage(
    string Customer, string Campaign, string Step, DateTimeOffset QueuedAt, string? Version = null, int Attempt = 0, string? TraceParent = null);

public interface IOutreachQueue
{
    Task SendAsync(OutreachMessage message, TimeSpan delay, CancellationToken cancel);
}
