using System.Globalization;
using Winback.Customers;

namespace Winback.Campaigns;

/// <summary>
/// Who is due, and why not. Pure: the same customer, campaigns and moment always give the same answer, so it can be asked again
/// before sending and about any day.
/// </summary>
public sealed class Rule(EngineOptions options)
{
    /// <summary>
    /// Asks every campaign, the highest priority first. At most one marketing and one service step is due;
    /// a lower campaign that would be due too is <c>enrolled-elsewhere</c>.
    /// </summary>
    public IReadOnlyList<Verdict> Ask(Customer customer, CampaignSet campaigns, Moment now)
    {
        var verdicts = new Verdict[campaigns.Ordered.Length];
        Due? marketing = null, service = null;
        for (var i = 0; i < verdicts.Length; i++)
        {
            var campaign = campaigns.Ordered[i];
            var verdict = Ask(customer, campaign, campaigns, now);
            if (verdict is Due due)
            {
                ref var first = ref campaign.Class == MessageClass.Marketing ? ref marketing : ref service;
                if (first is null) first = due;
                else verdict = new Excluded(campaign.Id, ExclusionReason.EnrolledElsewhere, $"{first.Campaign} goes first");
            }
            verdicts[i] = verdict;
        }
        return verdicts;
    }

    private Verdict Ask(Customer customer, Campaign campaign, CampaignSet campaigns, Moment now)
    {
        if (campaign.Class == MessageClass.Marketing) campaign = InForce(customer.Marketing, campaign, campaigns);
        if (Stop(customer, campaign, now) is { } stopped) return stopped;
        return campaign.Audience switch
        {
            InactiveAudience => AskInactive(customer, campaign, campaigns, now),
            RenewalAudience => AskRenewal(customer, campaign, campaigns, now),
            _ => throw new NotSupportedException($"Campaign {campaign.Id} has an audience that the rule does not know."),
        };
    }

    /// <summary>An enrolment that runs keeps the version it started under.</summary>
    private static Campaign InForce(Enrolment? slot, Campaign campaign, CampaignSet campaigns) =>
        slot is { IsActive: true } && slot.Campaign == campaign.Id && campaigns.Find(campaign.Id, slot.Version) is { } version && version.Class == campaign.Class
            ? version : campaign;

    /// <summary>What stops every step of this class, whatever the campaign.</summary>
    private static Excluded? Stop(Customer c, Campaign campaign, Moment now)
    {
        var marketing = campaign.Class == MessageClass.Marketing;
        if (c.ErasedAt is not null) return Out(ExclusionReason.Erased, "asked to be erased");
        if (c.DeceasedAt is not null) return Out(ExclusionReason.Deceased, "has died");
        if (marketing && c.OptedOutAt is { } optedOut) return Out(ExclusionReason.OptedOut, $"opted out on {Date(now.DayOf(optedOut))}");
        if (!marketing && c.ServiceOptedOutAt is { } no) return Out(ExclusionReason.ServiceOptedOut, $"wants no reminders since {Date(now.DayOf(no))}");
        if (OutOfReach(c, campaign) is { } unreached) return unreached;
        if (marketing && !c.MarketingPermission) return Out(ExclusionReason.NoPermission, "gave no permission for marketing mail");
        return null;

        Excluded Out(ExclusionReason reason, string detail) => new(campaign.Id, reason, detail);
    }

    /// <summary>
    /// Why no step reaches them: whoever is not in a campaign yet must be reached by its first step, whoever is by any, since a step that does not
    /// reach them is passed over.
    /// </summary>
    private static Excluded? OutOfReach(Customer c, Campaign campaign)
    {
        var isNew = campaign.Class == MessageClass.Marketing && !(c.Marketing is { IsActive: true } slot && slot.Campaign == campaign.Id);
        var first = OutOfReach(c, campaign, campaign.Steps[0]);
        return first is null || isNew || !ReachesFrom(1, c, campaign) ? first : null;
    }

    /// <summary>A call needs a number, a mail an address that takes mail; neither needs the other.</summary>
    private static Excluded? OutOfReach(Customer c, Campaign campaign, Step step) => step.Channel switch
    {
        Channel.Phone when c.HasPhone => null,
        Channel.Phone => new Excluded(campaign.Id, ExclusionReason.NoPhoneNumber, $"{step.Id} is a call, and no telephone number is known"),
        _ when c.Suppressed is { } why => new Excluded(campaign.Id, ExclusionReason.SuppressedAddress, why),
        _ => c.HasUsableAddress ? null : new Excluded(campaign.Id, ExclusionReason.NoUsableAddress, "no address, or one that cannot receive mail"),
    };

    private static bool ReachesFrom(int index, Customer c, Campaign campaign)
    {
        for (; index < campaign.Steps.Length; index++)
            if (OutOfReach(c, campaign, campaign.Steps[index]) is null) return true;
        return false;
    }

    private Verdict AskInactive(Customer c, Campaign campaign, CampaignSet campaigns, Moment now)
    {
        var audience = (InactiveAudience)campaign.Audience;
        if (c.LastVisit is not { } last) return Out(ExclusionReason.NoSuchSubject, "never bought");
        if (last > now.Today) return Out(ExclusionReason.Active, $"booked for {Date(last)}");
        if (!audience.IncludeSubscribers)
        {
            foreach (var s in c.Subscriptions)
                if (s.IsRunning(now.Today)) return Out(ExclusionReason.Active, $"running subscription {s.Number}");
        }
        var lapsesOn = last.AddMonths(audience.Months);
        if (now.Today < lapsesOn) return Out(ExclusionReason.Active, $"bought on {Date(last)}, lapses on {Date(lapsesOn)}");

        var current = c.Marketing is { IsActive: true } ? c.Marketing : null;
        var mine = current?.Campaign == campaign.Id ? current : null;
        if (mine is null && now.Today > last.AddMonths(audience.MaxMonths))
            return Out(ExclusionReason.TooLongAgo, $"last bought on {Date(last)}, over {audience.MaxMonths} months ago");
        if (Held(c, now) is { } held) return Out(ExclusionReason.OnHold, held);
        if (c.PausedUntil is { } pause && now.Today < pause) return Out(ExclusionReason.Paused, $"asked for a pause until {Date(pause)}");
        if (Blocked(mine, c.Marketing) is { } blocked) return Out(ExclusionReason.EnrolledAlready, blocked);
        if (mine is not null) return NextStep(c, mine, campaign, now);
        if (current is not null && HasMore(c, current, campaigns))
            return Out(ExclusionReason.EnrolledElsewhere, $"in {current.Campaign} since {Date(current.Started)}");
        var finished = c.Started.TryGetValue(campaign.Id, out var started) && last <= started;
        if (c.LastMarketingAt is { } contact && now.Today < now.DayOf(contact).AddDays(options.DaysBetween(c)))
            return Out(ExclusionReason.Capped, $"was written to or called on {Date(now.DayOf(contact))}{AskedForLess(c)}");
        if (finished) return Out(ExclusionReason.Finished, $"was asked from {Date(started)} on{Ended(c.Marketing, campaign)}");
        return Closed(campaign, now) as Verdict ?? new Due(campaign.Id, campaign.Version, campaign.Steps[0], new Anchor("", last), true, $"last bought on {Date(last)}");

        Excluded Out(ExclusionReason reason, string detail) => new(campaign.Id, reason, detail);
    }

    /// <summary>Whether anything follows: not when it failed, its campaign or step is no longer there, or no later step reaches them.</summary>
    internal static bool HasMore(Customer c, Enrolment enrolment, CampaignSet campaigns) =>
        enrolment.State != StepState.Failed && campaigns.Of(enrolment) is { } campaign
        && campaign.IndexOf(enrolment.Step) is var index and >= 0 && (enrolment.State == StepState.DueAgain || ReachesFrom(index + 1, c, campaign));

    /// <summary>
    /// The follow-up of a marketing enrolment in progress, or its step that is to be sent again. A step that does not reach them waits for a number or
    /// an address until the one after it is due, which then goes as if the other had been made.
    /// </summary>
    private Verdict NextStep(Customer c, Enrolment enrolment, Campaign campaign, Moment now)
    {
        var next = campaign.IndexOf(enrolment.Step) + 1;
        if (enrolment.State == StepState.DueAgain && next > 0)
        {
            // A first step that surely was not sent begins anew: its days and its coupon count from the mail that leaves.
            return OutOfReach(c, campaign, campaign.Steps[next - 1]) ?? Closed(campaign, now) as Verdict
                ?? new Due(campaign.Id, campaign.Version, campaign.Steps[next - 1], enrolment.Anchor, next == 1 && !enrolment.SentAgain, "is to be sent again");
        }
        if (next == 0 || next >= campaign.Steps.Length)
            return new Excluded(campaign.Id, ExclusionReason.Finished, "all steps done");
        var (dueOn, unreached, passedOver) = (now.DayOf(enrolment.At), (Excluded?)null, "");
        for (; next < campaign.Steps.Length; next++)
        {
            var step = campaign.Steps[next];
            dueOn = dueOn.AddDays(Math.Max(step.Days, c.MarketingEveryDays));
            if (now.Today < dueOn)
            {
                var follows = $"{Name(step)} follows on {Date(dueOn)}{AskedForLess(c)}";
                return unreached is null ? new Waiting(campaign.Id, follows) : unreached with { Detail = $"{unreached.Detail}; {follows}" };
            }
            if (OutOfReach(c, campaign, step) is not { } here)
            {
                return Closed(campaign, now) as Verdict
                    ?? new Due(campaign.Id, campaign.Version, step, enrolment.Anchor, false, $"follows {enrolment.Step}{passedOver}");
            }
            unreached = here;
            passedOver += $"; {Name(step)} is passed over ({here.Reason.Word()})";
        }
        return unreached!;
    }

    private Verdict AskRenewal(Customer c, Campaign campaign, CampaignSet campaigns, Moment now)
    {
        if (c.Subscriptions.IsEmpty) return Out(ExclusionReason.NoSuchSubject, "no subscription");
        if (!Renewal.TryFind(c.Subscriptions, (RenewalAudience)campaign.Audience, now.Today, out var subscription, out var reason, out var why)) return Out(reason, why);
        var anchor = new Anchor(subscription.Number, subscription.RenewalDate);
        var mine = c.Service is { } slot && slot.Campaign == campaign.Id && slot.Anchor.IsSamePeriodAs(anchor) ? slot : null;
        campaign = InForce(mine, campaign, campaigns);
        var daysLeft = subscription.RenewalDate.DayNumber - now.Today.DayNumber;
        if (daysLeft > campaign.Steps[0].Days)
            return Out(ExclusionReason.Active, $"{subscription.Number} ends on {Date(subscription.RenewalDate)}, in {daysLeft} days");
        if (Held(c, now) is { } held) return Out(ExclusionReason.OnHold, held);
        if (Blocked(mine, c.Service) is { } blocked) return Out(ExclusionReason.EnrolledAlready, blocked);
        var sendAgain = false;
        if (mine is not null)
        {
            if (mine.Ended is { } ended) return Out(ExclusionReason.Finished, $"stopped: {ended}");
            sendAgain = mine.State == StepState.DueAgain || (mine is { State: StepState.Uncertain, SentAgain: false } && campaign.SendAgainWhenUncertain);
        }
        var index = Renewal.StepFor(campaign, daysLeft);
        var step = campaign.Steps[index];
        var done = mine is null ? -1 : campaign.IndexOf(mine.Step);
        if (done >= index && !(sendAgain && done == index))
        {
            return index == campaign.Steps.Length - 1
                ? Out(ExclusionReason.Finished, "all steps done")
                : new Waiting(campaign.Id, $"{Name(campaign.Steps[index + 1])} follows when {campaign.Steps[index + 1].Days} days are left");
        }
        if (OutOfReach(c, campaign, step) is { } unreached) return unreached;
        var isLast = index == campaign.Steps.Length - 1;
        if (!isLast && !sendAgain && c.LastServiceAt is { } contact && now.Today < now.DayOf(contact).AddDays(Renewal.DaysBetweenMails))
            return new Waiting(campaign.Id, $"had a reminder on {Date(now.DayOf(contact))}");
        return Closed(campaign, now) as Verdict ?? new Due(campaign.Id, campaign.Version, step, mine?.Anchor ?? anchor, mine is null, $"{daysLeft} days left of {subscription.Number}");

        Excluded Out(ExclusionReason reason, string detail) => new(campaign.Id, reason, detail);
    }

    private static string? Held(Customer c, Moment now) =>
        c.ComplaintSince is { } since ? $"a complaint is open since {Date(now.DayOf(since))}"
        : c.Hold is { } hold && now.Instant < hold.Until ? $"{hold.Why}, until {Date(now.DayOf(hold.Until))}"
        : null;

    /// <summary>A step that is being sent keeps its slot, whatever it belongs to; a failed one waits for the owner.</summary>
    private static string? Blocked(Enrolment? mine, Enrolment? slot) => (slot, mine) switch
    {
        ({ State: StepState.Claimed } claim, _) => $"{claim.Step} is being {(claim.Channel == Channel.Phone ? "put on the call sheet" : "sent")}",
        (_, { State: StepState.Failed } failed) => $"{failed.Step} failed: {failed.Problem}",
        _ => null,
    };

    private Waiting? Closed(Campaign campaign, Moment now) =>
        campaign.PausedAt is { } paused ? new Waiting(campaign.Id, $"the campaign is paused since {Date(now.DayOf(paused))}")
        : options.IgnoreSendWindows || campaign.Window.IsOpen(now.Local) ? null
        : new Waiting(campaign.Id, "the send window is closed");

    private static string AskedForLess(Customer c) =>
        c.MarketingEveryDays > 0 ? string.Create(CultureInfo.InvariantCulture, $", and asked for at most one in {c.MarketingEveryDays} days") : "";

    private static string Ended(Enrolment? slot, Campaign campaign) =>
        slot is { Ended: { } why } && slot.Campaign == campaign.Id && why != EnrolmentEnd.Finished ? $", ended by {why}" : "";

    private static string Name(Step step) => step.Channel == Channel.Phone ? $"the call {step.Id}" : step.Id;

    private static string Date(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
