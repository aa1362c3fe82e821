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
        if (Stop(customer, campaign, now) is { } stopped) return stopped;
        return campaign.Audience switch
        {
            InactiveAudience => AskInactive(customer, InForce(customer.Marketing, campaign, campaigns), campaigns, now),
            RenewalAudience => AskRenewal(customer, campaign, campaigns, now),
            _ => throw new NotSupportedException($"Campaign {campaign.Id} has an audience that the rule does not know."),
        };
    }

    /// <summary>An enrolment that runs keeps the version it started under.</summary>
    private static Campaign InForce(Enrolment? slot, Campaign campaign, CampaignSet campaigns) =>
        slot is { IsActive: true } && slot.Campaign == campaign.Id && campaigns.Find(campaign.Id, slot.Version) is { } version && version.Class == campaign.Class
            ? version : campaign;

    /// <summary>What stops every mail of this class, whatever the campaign.</summary>
    private static Excluded? Stop(Customer c, Campaign campaign, Moment now)
    {
        var marketing = campaign.Class == MessageClass.Marketing;
        if (c.ErasedAt is not null) return Out(ExclusionReason.Erased, "asked to be erased");
        if (c.DeceasedAt is not null) return Out(ExclusionReason.Deceased, "has died");
        if (marketing && c.OptedOutAt is { } optedOut) return Out(ExclusionReason.OptedOut, $"opted out on {Date(now.DayOf(optedOut))}");
        if (!marketing && c.ServiceOptedOutAt is { } no) return Out(ExclusionReason.ServiceOptedOut, $"wants no reminders since {Date(now.DayOf(no))}");
        if (c.Suppressed is { } why) return Out(ExclusionReason.SuppressedAddress, why);
        if (!c.HasUsableAddress) return Out(ExclusionReason.NoUsableAddress, "no address, or one that cannot receive mail");
        if (marketing && !c.MarketingPermission) return Out(ExclusionReason.NoPermission, "gave no permission for marketing mail");
        return null;

        Excluded Out(ExclusionReason reason, string detail) => new(campaign.Id, reason, detail);
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
        if (current is not null && HasMore(current, campaigns)) return Out(ExclusionReason.EnrolledElsewhere, $"in {current.Campaign} since {Date(current.Started)}");
        var finished = c.Started.TryGetValue(campaign.Id, out var started) && last <= started;
        if (c.LastMarketingAt is { } contact && now.Today < now.DayOf(contact).AddDays(options.DaysBetween(c)))
            return Out(ExclusionReason.Capped, $"had marketing mail on {Date(now.DayOf(contact))}{AskedForLess(c)}");
        if (finished) return Out(ExclusionReason.Finished, $"was asked from {Date(started)} on{Ended(c.Marketing, campaign)}");
        return Closed(campaign, now) as Verdict ?? new Due(campaign.Id, campaign.Version, campaign.Steps[0], new Anchor("", last), true, $"last bought on {Date(last)}");

        Excluded Out(ExclusionReason reason, string detail) => new(campaign.Id, reason, detail);
    }

    /// <summary>Whether anything follows: not when it failed, nor when its campaign or step is no longer there.</summary>
    private static bool HasMore(Enrolment enrolment, CampaignSet campaigns) =>
        enrolment.State != StepState.Failed && campaigns.Of(enrolment) is { } campaign
        && campaign.IndexOf(enrolment.Step) is var index and >= 0 && (index < campaign.Steps.Length - 1 || enrolment.State == StepState.DueAgain);

    /// <summary>The follow-up of a marketing enrolment in progress, or its step that is to be sent again.</summary>
    private Verdict NextStep(Customer c, Enrolment enrolment, Campaign campaign, Moment now)
    {
        var next = campaign.IndexOf(enrolment.Step) + 1;
        if (enrolment.State == StepState.DueAgain && next > 0)
        {
            // A first step that surely was not sent begins anew: its days and its coupon count from the mail that leaves.
            return Closed(campaign, now) as Verdict
                ?? new Due(campaign.Id, campaign.Version, campaign.Steps[next - 1], enrolment.Anchor, next == 1 && !enrolment.SentAgain, "is to be sent again");
        }
        if (next == 0 || next >= campaign.Steps.Length)
            return new Excluded(campaign.Id, ExclusionReason.Finished, "all steps done");
        var step = campaign.Steps[next];
        var dueOn = now.DayOf(enrolment.At).AddDays(Math.Max(step.Days, c.MarketingEveryDays));
        if (now.Today < dueOn) return new Waiting(campaign.Id, $"{step.Id} follows on {Date(dueOn)}{AskedForLess(c)}");
        return Closed(campaign, now) as Verdict ?? new Due(campaign.Id, campaign.Version, step, enrolment.Anchor, false, $"follows {enrolment.Step}");
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
                : new Waiting(campaign.Id, $"{campaign.Steps[index + 1].Id} follows when {campaign.Steps[index + 1].Days} days are left");
        }
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
        ({ State: StepState.Claimed } claim, _) => $"{claim.Step} is being sent",
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

    private static string Date(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
