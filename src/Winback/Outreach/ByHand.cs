using Winback.Campaigns;
using Winback.Customers;

namespace Winback.Outreach;

/// <summary>What came of something settled by hand.</summary>
/// <param name="Done">Whether anything follows from it.</param>
/// <param name="Detail">In words: what follows, or why nothing does.</param>
public sealed record ByHandResult(OutreachRecord Outreach, bool Done, string Detail);

/// <summary>
/// What the owner decides about steps that failed or are uncertain. The customer row decides (If-Match), then the outreach row follows, unless
/// something else became of it meanwhile; stopped in between, the same again completes it.
/// </summary>
public sealed class ByHand(ICustomerStore customers, IOutreachStore outreach, OwnerClock clock)
{
    private const string Gone = "the customer is gone";
    private const string BeingSent = "a step of this customer is being handed over; try again in some minutes";

    /// <summary>
    /// Makes a step due once more: it goes with the next scan, if the rule still finds it due. A failed step surely was not sent.
    /// </summary>
    /// <param name="mayBeTwice">Also an uncertain one: the customer may get it twice.</param>
    public async Task<ByHandResult> RetryAsync(OutreachRecord record, bool mayBeTwice, CancellationToken cancel)
    {
        if (record.State is not (StepState.Failed or StepState.Uncertain)) return new ByHandResult(record, false, "it neither failed nor is it uncertain");
        if (record.State == StepState.Uncertain && !mayBeTwice) return new ByHandResult(record, false, "it may have been sent, so it would perhaps come twice");
        return await ChangeAsync(record, c => c.MakeDueAgain(MessageClasses.Of(record.Anchor), record.Campaign, record.Anchor, record.Step, mayBeTwice), DueAgain, cancel);
    }

    /// <summary>An uncertain step was not sent after all, or failed for good: it is due once more, or, where nothing can follow, done with.</summary>
    public async Task<ByHandResult> NotSentAsync(OutreachRecord record, CancellationToken cancel)
    {
        var result = record.State switch
        {
            StepState.Uncertain => await ChangeAsync(
                record, c => c.SettleUncertain(MessageClasses.Of(record.Anchor), record.Campaign, record.Anchor, record.Step, wasSent: false), DueAgain, cancel),
            StepState.Failed => new ByHandResult(record, false, "it failed"),
            _ => new ByHandResult(record, false, "it neither failed nor is it uncertain"),
        };
        if (result.Done || result.Detail == BeingSent || !record.NeedsLook) return result;
        return await RecordAsync(record, record with { State = StepState.Failed, ByHandAt = clock.Now.Instant }, $"{result.Detail}; it is not shown as open any more", cancel);
    }

    /// <summary>An uncertain step was sent: the sequence goes on from it.</summary>
    public async Task<ByHandResult> SentAsync(OutreachRecord record, CancellationToken cancel)
    {
        if (record.State != StepState.Uncertain)
            return new ByHandResult(record, false, record.State == StepState.Failed ? "it failed, so it surely was not sent; try it again with retry" : "it is not uncertain");
        await customers.UpdateAsync(record.Customer, c => c.SettleUncertain(MessageClasses.Of(record.Anchor), record.Campaign, record.Anchor, record.Step, wasSent: true), cancel);
        return await RecordAsync(record, record with { State = StepState.HandedOver, Problem = null, ByHandAt = clock.Now.Instant }, "counts as sent", cancel);
    }

    private async Task<ByHandResult> ChangeAsync(OutreachRecord record, Func<Customer, Customer> change, string detail, CancellationToken cancel)
    {
        if (await customers.UpdateAsync(record.Customer, change, cancel) is not var (_, after)) return new ByHandResult(record, false, Gone);
        if (WhyNot(after, record) is { } why) return new ByHandResult(record, false, why);
        var now = clock.Now.Instant;
        return await RecordAsync(record, record with { State = StepState.DueAgain, At = now, Problem = null, ByHandAt = now }, detail, cancel);
    }

    /// <summary>Why nothing follows from a step that was to be due again; null when it is.</summary>
    private static string? WhyNot(Customer customer, OutreachRecord record) => customer.Slot(MessageClasses.Of(record.Anchor)) switch
    {
        { State: StepState.DueAgain } slot when IsOf(slot, record) => null,
        { Ended: { } why } slot when IsOf(slot, record) => $"the enrolment is over ({why})",
        { State: StepState.Claimed } => BeingSent,
        // Reminders of two subscriptions take turns on the row: the sender takes this one up again from its record.
        { } slot when MessageClasses.Of(record.Anchor) == MessageClass.Service && slot.Anchor.Subject != record.Anchor.Subject => null,
        { } slot when slot.Campaign == record.Campaign && slot.Anchor == record.Anchor => "its campaign went on since",
        _ => "the customer was enrolled in something else since",
    };

    private async Task<ByHandResult> RecordAsync(OutreachRecord seen, OutreachRecord changed, string detail, CancellationToken cancel) =>
        await outreach.TryChangeAsync(seen, changed, cancel)
            ? new ByHandResult(changed, true, detail)
            : new ByHandResult(seen, false, "something else became of it meanwhile");

    private static bool IsOf(Enrolment slot, OutreachRecord record) =>
        slot.Campaign == record.Campaign && slot.Anchor == record.Anchor && slot.Step == record.Step;

    private const string DueAgain = "is due again: it goes with the next scan, when its campaign sends";
}
