using System.Collections.Immutable;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Outreach;
using Winback.Replies;

namespace Winback.History;

/// <summary>A customer as they were.</summary>
/// <param name="Unknown">What no dated fact tells, and what is taken in its place; one sentence each.</param>
public sealed record Rewound(Customer Customer, IReadOnlyList<string> Unknown);

/// <summary>Takes a customer back to a moment, from dated facts, so that the rule can be asked about it. Pure.</summary>
public static class Rewind
{
    /// <param name="campaigns">Those of that day: they tell which step was the last.</param>
    /// <param name="standing">How a customer stands after his replies.</param>
    public static Rewound To(CustomerHistory history, Moment then, CampaignSet campaigns, Standing standing)
    {
        var now = history.Customer;
        var visits = VisitRule.Summarise(history.Purchases.Where(p => Happened(p, then)));
        var told = history.Replies.Where(r => r.ReceivedAt <= then.Instant).Select(r => AsOf(r, then)).ToList();
        var replies = told.Where(r => r.FollowUp.Stops).ToList();
        var enrolled = PastEnrolment.Of(history, then);
        var customer = now with
        {
            LastVisit = visits.LastVisit,
            Visits = visits.Visits,
            Revenue = visits.Revenue,
            Subscriptions = [.. history.Subscriptions.Where(s => s.Start <= then.Today)],
            OptedOutAt = Until(now.OptedOutAt, then),
            ServiceOptedOutAt = Until(now.ServiceOptedOutAt, then),
            ErasedAt = Until(now.ErasedAt, then),
            DeceasedAt = Until(now.DeceasedAt, then),
            Suppressed = now.SuppressedAt > then.Instant ? null : now.Suppressed,
            SuppressedAt = Until(now.SuppressedAt, then),
            Hold = history.Replies.Count == 0 ? now.Hold : standing.HoldOf(replies),
            ComplaintSince = Standing.ComplaintSince(told),
            PausedUntil = now.PausedAt > then.Instant || (now.StoppedBy.TryGetValue(Stops.Paused, out var by) && !told.Exists(r => r.Id == by)) ? null : now.PausedUntil,
            MarketingEveryDays = now.MarketingEveryAt > then.Instant ? 0 : now.MarketingEveryDays,
            Started = enrolled.GroupBy(e => e.Campaign, StringComparer.Ordinal).ToImmutableDictionary(g => g.Key, g => g.Max(e => then.DayOf(e.Begun))),
            LastMarketingAt = LastContact(enrolled, MessageClass.Marketing),
            LastServiceAt = LastContact(enrolled, MessageClass.Service),
        };
        return new Rewound(
            customer with
            {
                Marketing = Latest(enrolled, MessageClass.Marketing)?.ToSlot(customer, history.Purchases, replies, campaigns, then),
                Service = Latest(enrolled, MessageClass.Service)?.ToSlot(customer, history.Purchases, replies, campaigns, then),
            },
            [.. Unknown(history, then)]);
    }

    /// <summary>By the date of the fact, whenever it was imported.</summary>
    public static bool Happened(Purchase purchase, Moment then) =>
        purchase.Day < then.Today || (purchase.Day == then.Today && (purchase.At is not { } at || at <= then.Instant));

    private static DateTimeOffset? Until(DateTimeOffset? at, Moment then) => at <= then.Instant ? at : null;

    /// <summary>What had become of a reply by then.</summary>
    private static Reply AsOf(Reply reply, Moment then) => reply with
    {
        Correction = reply.CorrectedAt <= then.Instant ? reply.Correction : null,
        HandledAt = Until(reply.HandledAt, then),
    };

    private static PastEnrolment? Latest(IEnumerable<PastEnrolment> enrolled, MessageClass messageClass) =>
        enrolled.Where(e => e.Class == messageClass).MaxBy(e => e.LatestBegun);

    private static DateTimeOffset? LastContact(IEnumerable<PastEnrolment> enrolled, MessageClass messageClass) =>
        enrolled.Where(e => e.Class == messageClass).Max(e => e.LastContact);

    private static IEnumerable<string> Unknown(CustomerHistory history, Moment then)
    {
        var now = history.Customer;
        yield return "Permission, address and telephone number are those of now; what an earlier import said is not kept.";
        if (history.Purchases.Any(p => !Happened(p, then))) yield return "What was bought later is left out, also where it had been booked by then.";
        if (history.Subscriptions.Any(s => s.Start <= then.Today)) yield return "Subscriptions have the end that they have now; an end that an import has moved is not kept.";
        if (now is { Suppressed: not null, SuppressedAt: null }) yield return "Since when nothing may go to the mailbox is not kept; it counts as if it was so then.";
        if (now.PausedUntil is not null && now.PausedAt is null && !now.StoppedBy.ContainsKey(Stops.Paused)) yield return "When the pause was asked for is not kept; it counts as if it was so then.";
        if (now.PausedAt > then.Instant || now.MarketingEveryAt > then.Instant)
            yield return "What the customer had chosen before about how often we may write is not kept; it counts as if nothing was chosen.";
        if (now.Hold is not null && history.Replies.Count == 0) yield return "Since when nothing may be sent is not kept; it counts as if it was so then.";
        if (now.SharesMailbox) yield return "Who else uses this mailbox is not looked at.";
    }
}

/// <summary>An enrolment as its outreach tells of it up to a moment.</summary>
/// <param name="Steps">Those that were begun by then, the latest last; never empty.</param>
internal sealed record PastEnrolment(string Campaign, Anchor Anchor, string Version, ImmutableArray<PastStep> Steps)
{
    public MessageClass Class => MessageClasses.Of(Anchor);

    public DateTimeOffset Begun => Steps[0].Begun;

    public DateTimeOffset LatestBegun => Steps[^1].Begun;

    /// <summary>The last attempt to send, whatever came of it: as on the row, it counts for the cap.</summary>
    public DateTimeOffset? LastContact => Steps.SelectMany(s => s.Times).Where(t => t.Key != StepState.DueAgain).Max(t => (DateTimeOffset?)t.Value);

    public static IReadOnlyList<PastEnrolment> Of(CustomerHistory history, Moment then) =>
    [
        .. history.Outreach
            .Select(o => (Outreach: o, Step: PastStep.Of(o, then)))
            .Where(o => o.Step is not null)
            .GroupBy(o => (o.Outreach.Campaign, o.Outreach.Anchor), o => o.Step!)
            .Select(g => new PastEnrolment(
                g.Key.Campaign, g.Key.Anchor,
                history.Enrolments.FirstOrDefault(e => e.Campaign == g.Key.Campaign && e.Anchor == g.Key.Anchor)?.Version ?? "",
                [.. g.OrderBy(s => s.Begun)])),
    ];

    public Enrolment ToSlot(Customer then, IReadOnlyList<Purchase> purchases, IReadOnlyList<Reply> replies, CampaignSet campaigns, Moment moment)
    {
        var step = Steps[^1];
        var started = moment.DayOf(Begun);
        return new Enrolment(
            Campaign, Version, Anchor, started, step.Step, step.State, step.At, ClaimId: "", Problem: step.Problem,
            Ended: Ends(then, started, purchases, replies, campaigns, moment).OrderBy(e => e.At).Select(e => e.Why).FirstOrDefault())
        {
            Channel = step.Channel,
        };
    }

    /// <summary>What ended it by then, each with when.</summary>
    private IEnumerable<(DateTimeOffset At, string Why)> Ends(
        Customer then, DateOnly started, IReadOnlyList<Purchase> purchases, IReadOnlyList<Reply> replies, CampaignSet campaigns, Moment moment)
    {
        foreach (var reply in replies)
        {
            var repliedTo = reply.Campaign is { } id ? campaigns.Find(id)?.Class : null;
            if (reply.ReceivedAt >= Begun && (repliedTo is null || repliedTo == Class)) yield return (reply.ReceivedAt, EnrolmentEnd.Reply);
        }
        var optedOut = Class == MessageClass.Marketing ? then.OptedOutAt : then.ServiceOptedOutAt;
        if (optedOut >= Begun) yield return (optedOut.Value, EnrolmentEnd.OptOut);
        if (Class != MessageClass.Marketing) yield break;
        if (VisitRule.Summarise(purchases.Where(p => p.Day >= started && Rewind.Happened(p, moment))).FirstVisit is { } visit)
            yield return (Moment.InstantOf(visit.ToDateTime(TimeOnly.MinValue), moment.Zone), EnrolmentEnd.Purchase);
        var last = Steps[^1];
        if (last.State is StepState.HandedOver or StepState.Uncertain
            && ((campaigns.Find(Campaign, Version) ?? campaigns.Find(Campaign)) is not { } campaign || campaign.IndexOf(last.Step) == campaign.Steps.Length - 1))
            yield return (last.At, EnrolmentEnd.Finished);
    }
}

/// <summary>One step as its outreach tells of it up to a moment.</summary>
/// <param name="Times">The states that it had been in by then.</param>
internal sealed record PastStep(
    string Step, Channel Channel, StepState State, DateTimeOffset At, string? Problem, ImmutableSortedDictionary<StepState, DateTimeOffset> Times)
{
    /// <summary>Its first known time.</summary>
    public DateTimeOffset Begun => Times.Values.Min();

    public static PastStep? Of(OutreachRecord outreach, Moment then)
    {
        var times = outreach.Times.RemoveRange(outreach.Times.Where(t => t.Value > then.Instant).Select(t => t.Key));
        if (times.IsEmpty) return null;
        // Of two states at one time (settled by hand, which keeps the time) the record says which came last.
        var state = outreach.At <= then.Instant ? outreach.State : times.MaxBy(t => t.Value).Key;
        return new PastStep(outreach.Step, outreach.Channel, state, times[state], state == outreach.State ? outreach.Problem : null, times);
    }
}
