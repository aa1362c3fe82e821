using Winback.Customers;

namespace Winback.Campaigns;

/// <summary>How a customer's enrolments change. Pure; each returns the same instance when there is nothing to change.</summary>
public static class Transitions
{
    public static Enrolment? Slot(this Customer customer, MessageClass messageClass) =>
        messageClass == MessageClass.Marketing ? customer.Marketing : customer.Service;

    private static Customer WithSlot(this Customer customer, MessageClass messageClass, Enrolment? enrolment) =>
        messageClass == MessageClass.Marketing ? customer with { Marketing = enrolment } : customer with { Service = enrolment };

    /// <summary>Takes a due step: from here on nobody else may send it.</summary>
    public static Customer Claim(this Customer customer, Campaign campaign, Due due, string claimId, Moment now)
    {
        var slot = customer.Slot(campaign.Class);
        var enrolment = due.IsNew || slot is null
            ? new Enrolment(campaign.Id, campaign.Version, due.Anchor, now.Today, due.Step.Id, StepState.Claimed, now.Instant, claimId)
            {
                Channel = due.Step.Channel,
            }
            : slot with
            {
                Step = due.Step.Id,
                Channel = due.Step.Channel,
                State = StepState.Claimed,
                At = now.Instant,
                ClaimId = claimId,
                SentAgain = slot.Step == due.Step.Id && slot is { State: StepState.Uncertain } or { State: StepState.DueAgain, SentAgain: true },
                Problem = null,
                IsProven = false,
            };
        var claimed = customer.WithSlot(campaign.Class, enrolment);
        claimed = campaign.Class == MessageClass.Marketing
            ? claimed with { LastMarketingAt = now.Instant }
            : claimed with { LastServiceAt = now.Instant };
        return due.IsNew ? claimed with { Started = claimed.Started.SetItem(campaign.Id, now.Today) } : claimed;
    }

    /// <summary>
    /// Takes up an enrolment again that another one had pushed off the row, as it was recorded: of two subscriptions in turn.
    /// </summary>
    public static Customer Adopt(
        this Customer customer, Campaign campaign, Due due, StepState state, DateTimeOffset at, string? problem, Moment now) =>
        customer.Slot(campaign.Class) is { State: StepState.Claimed }
            ? customer
            : customer.WithSlot(campaign.Class, new Enrolment(
                campaign.Id, campaign.Version, due.Anchor, now.DayOf(at), due.Step.Id, state, at, ClaimId: "", Problem: problem)
            {
                Channel = due.Step.Channel,
            });

    /// <summary>Says what became of a claim. Nothing changes when the claim is no longer there.</summary>
    /// <param name="campaign">Null when it is switched off: then no step follows.</param>
    public static Customer Complete(
        this Customer customer, MessageClass messageClass, Campaign? campaign, string claimId, StepState state, string? problem, DateTimeOffset at)
    {
        if (customer.Slot(messageClass) is not { State: StepState.Claimed } slot || slot.ClaimId != claimId) return customer;
        if (slot.IsProven) (state, problem) = (StepState.HandedOver, null);
        var isOver = messageClass == MessageClass.Marketing && state != StepState.Failed
            && (campaign is null || campaign.IndexOf(slot.Step) == campaign.Steps.Length - 1);
        return customer.WithSlot(messageClass, slot with
        {
            State = state,
            Problem = problem,
            IsProven = false,
            At = at,
            Ended = slot.Ended ?? (isOver ? EnrolmentEnd.Finished : null),
        });
    }

    /// <summary>
    /// Gives a claim back because surely nothing was sent, this time: the provider may tell of an earlier attempt meanwhile. What others changed
    /// meanwhile (an opt-out, a reply) stays.
    /// </summary>
    public static Customer Release(this Customer customer, Campaign campaign, string claimId, Customer before)
    {
        if (customer.Slot(campaign.Class) is not { State: StepState.Claimed } slot || slot.ClaimId != claimId) return customer;
        if (slot.IsProven) return customer.Complete(campaign.Class, campaign, claimId, StepState.HandedOver, null, slot.At);
        var previous = before.Slot(campaign.Class);
        if (slot.Ended is { } ended && previous is { IsActive: true }) previous = previous with { Ended = ended };
        // Only this campaign's day: the other slot may have started something meanwhile.
        var started = before.Started.TryGetValue(campaign.Id, out var day) ? customer.Started.SetItem(campaign.Id, day) : customer.Started.Remove(campaign.Id);
        var released = customer.WithSlot(campaign.Class, previous) with { Started = started };
        return campaign.Class == MessageClass.Marketing
            ? released with { LastMarketingAt = before.LastMarketingAt }
            : released with { LastServiceAt = before.LastServiceAt };
    }

    /// <summary>Ends the active enrolment of a class.</summary>
    public static Customer End(this Customer customer, MessageClass messageClass, string why) =>
        customer.Slot(messageClass) is { IsActive: true } slot ? customer.WithSlot(messageClass, slot with { Ended = why }) : customer;

    /// <summary>Takes back why an enrolment is over, where it is this.</summary>
    public static Customer Reopen(this Customer customer, MessageClass messageClass, string why) =>
        customer.Slot(messageClass) is { } slot && slot.Ended == why ? customer.WithSlot(messageClass, slot with { Ended = null }) : customer;

    /// <summary>
    /// Makes a step that failed or is uncertain due once more. One that was surely not sent is as if it had never been tried; one that may
    /// have been sent is only for an owner who says so. Nothing changes once it was sent, or its enrolment is over for the customer's own reasons.
    /// </summary>
    /// <param name="mayBeTwice">Also what is uncertain, which may then reach the customer twice.</param>
    public static Customer MakeDueAgain(
        this Customer customer, MessageClass messageClass, string campaign, Anchor anchor, string step, bool mayBeTwice = false) =>
        customer.Slot(messageClass) is { } slot && slot.Campaign == campaign && slot.Anchor == anchor && slot.Step == step
        && (slot.State == StepState.Failed || (slot.State == StepState.Uncertain && mayBeTwice)) && slot.Ended is null or EnrolmentEnd.Finished
        && !(messageClass == MessageClass.Marketing && customer.LastVisit >= slot.Started) // came back after the last step, which ends nothing
            ? customer.WithSlot(messageClass, slot with
            {
                State = StepState.DueAgain,
                SentAgain = slot.State == StepState.Uncertain,
                Problem = null,
                Ended = null,
            })
            : customer;

    /// <summary>Lets failed steps be tried again, because what refused them has changed.</summary>
    public static Customer RetryFailed(this Customer customer)
    {
        var changed = customer;
        if (customer.Marketing is { State: StepState.Failed } m) changed = changed.MakeDueAgain(MessageClass.Marketing, m.Campaign, m.Anchor, m.Step);
        return customer.Service is { State: StepState.Failed } s ? changed.MakeDueAgain(MessageClass.Service, s.Campaign, s.Anchor, s.Step) : changed;
    }

    /// <summary>The owner knows what became of an uncertain step. Nothing changes when it is not uncertain any more.</summary>
    public static Customer SettleUncertain(this Customer customer, MessageClass messageClass, string campaign, Anchor anchor, string step, bool wasSent)
    {
        if (customer.Slot(messageClass) is not { State: StepState.Uncertain } slot) return customer;
        if (slot.Campaign != campaign || slot.Anchor != anchor || slot.Step != step) return customer;
        return wasSent
            ? customer.WithSlot(messageClass, slot with { State = StepState.HandedOver, Problem = null })
            : customer.WithSlot(messageClass, slot with { State = StepState.Failed }).MakeDueAgain(messageClass, campaign, anchor, step);
    }

    /// <summary>
    /// The provider tells of a step's mail, so it has it, whatever we saw or meant to do. A claim is left to its claimer, who records more than this.
    /// </summary>
    public static Customer Prove(this Customer customer, MessageClass messageClass, string campaign, Anchor anchor, string step)
    {
        if (customer.Slot(messageClass) is not { } slot || slot.Campaign != campaign || slot.Anchor != anchor || slot.Step != step) return customer;
        return slot switch
        {
            { State: StepState.HandedOver } or { State: StepState.Claimed, IsProven: true } => customer,
            { State: StepState.Claimed } => customer.WithSlot(messageClass, slot with { IsProven = true }),
            _ => customer.WithSlot(messageClass, slot with { State = StepState.HandedOver, Problem = null, SentAgain = false }),
        };
    }

    /// <summary>The claims that nobody completed in time, to be settled from what was recorded.</summary>
    public static IEnumerable<Enrolment> StaleClaims(this Customer customer, TimeSpan timeout, DateTimeOffset now)
    {
        if (customer.Marketing is { State: StepState.Claimed } m && m.At + timeout <= now) yield return m;
        if (customer.Service is { State: StepState.Claimed } s && s.At + timeout <= now) yield return s;
    }
}
