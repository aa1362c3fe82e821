using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Replies;
using Winback.Replies.Reading;

namespace Winback.Calls;

/// <summary>Why a customer is to be called. The most pressing first.</summary>
[JsonConverter(typeof(LabelConverter<CallReason>))]
public enum CallReason
{
    /// <summary>Asked for it.</summary>
    CallMe,

    /// <summary>A step of a campaign is a call, and is due.</summary>
    Step,

    /// <summary>Bought for much, and answered none of a campaign's mails.</summary>
    HighValue,
}

/// <summary>This customer is to be called.</summary>
/// <param name="Since">
/// Since when: the reply that asks for it; the step came onto the sheet; the day on which the last mail had been long enough without an answer.
/// </param>
/// <param name="Request">The reply that asks for it; null for another reason.</param>
/// <param name="NoAnswers">When it was tried in vain, the first first.</param>
/// <param name="Step">The enrolment whose step is the call; null for another reason.</param>
public sealed record CallDue(CallReason Why, DateTimeOffset Since, Reply? Request, ImmutableArray<DateTimeOffset> NoAnswers, Enrolment? Step = null);

/// <summary>Who is on the call sheet. Pure.</summary>
public static class CallRule
{
    /// <summary>Nobody is called in vain more often.</summary>
    public const int MaxNoAnswers = 3;

    /// <param name="replies">All of this customer's.</param>
    /// <param name="calls">All that were made to this customer.</param>
    /// <param name="campaigns">With the versions that this customer's enrolments run under.</param>
    /// <returns>Null when there is nothing to call about.</returns>
    public static CallDue? Ask(
        CustomerFile file, IReadOnlyList<Reply> replies, IReadOnlyList<Call> calls, CampaignSet campaigns, CallOptions options, Moment now)
    {
        var customer = file.Customer;
        if (customer.ErasedAt is not null || customer.DeceasedAt is not null) return null;
        foreach (var request in Requests(replies))
        {
            if (TriedSince(request.ReceivedAt, calls) is { } tried) return new CallDue(CallReason.CallMe, request.ReceivedAt, request, tried);
        }
        foreach (var step in Steps(file, campaigns, now))
        {
            if (!IsAnswered(step) && TriedSince(step.At, calls) is { } tried) return new CallDue(CallReason.Step, step.At, null, tried, step);
        }
        if (!IsUnanswered(file, options, now)) return null;
        var campaign = customer.Marketing!;
        return !IsAnswered(campaign) && TriedSince(campaign.At, calls) is { } inVain
            ? new CallDue(CallReason.HighValue, campaign.At + options.UnansweredFor, null, inVain) : null;

        bool IsAnswered(Enrolment enrolment) => replies.Any(r => r.FollowUp.Stops && now.DayOf(r.ReceivedAt) >= enrolment.Started);
    }

    /// <summary>By their row alone, the enrolments whose latest step is a call on the sheet and may be made; the oldest first.</summary>
    public static IEnumerable<Enrolment> Steps(CustomerFile file, CampaignSet campaigns, Moment now) => OnSheet(file.Customer).Where(
        e => campaigns.Of(e) is { PausedAt: null } campaign && campaign.IndexOf(e.Step) >= 0 && HasNumber(file)
            && MayBeCalled(file.Customer, campaign.Class, now) && IsStillAbout(file.Customer, e, campaign, now));

    /// <summary>The enrolments whose latest step is a call, the oldest first.</summary>
    public static IEnumerable<Enrolment> OnSheet(Customer customer) =>
        new[] { customer.Marketing, customer.Service }.OfType<Enrolment>()
            .Where(e => e is { Channel: Channel.Phone, State: StepState.HandedOver, Ended: null or EnrolmentEnd.Finished }).OrderBy(e => e.At);

    /// <summary>They did not come back since; the subscription still is to be renewed.</summary>
    private static bool IsStillAbout(Customer c, Enrolment enrolment, Campaign campaign, Moment now) => campaign.Audience is RenewalAudience renewal
        ? Renewal.TryFind(c.Subscriptions, renewal, now.Today, out var subscription, out _, out _)
            && enrolment.Anchor.IsSamePeriodAs(new Anchor(subscription.Number, subscription.RenewalDate))
        : !(c.LastVisit >= enrolment.Started);

    /// <summary>Where to call: the number that they typed when they asked for it, unless somebody else answered there; else the one of the customer file.</summary>
    /// <param name="request">Null where nobody asked.</param>
    public static string? NumberOf(Profile profile, Reply? request) => request?.Phone is { } typed && !profile.IsFormerPhone(typed) ? typed : profile.Phone;

    private static bool HasNumber(CustomerFile file) => !string.IsNullOrWhiteSpace(file.Profile.Phone);

    /// <summary>Nothing that they said or that happened forbids to call them of our own accord.</summary>
    private static bool MayBeCalled(Customer c, MessageClass about, Moment now)
    {
        if (c.ComplaintSince is not null || (c.Hold is { } hold && now.Instant < hold.Until)) return false;
        if (about == MessageClass.Service) return c.ServiceOptedOutAt is null;
        return c.MarketingPermission && c.OptedOutAt is null && !(c.PausedUntil > now.Today);
    }

    /// <summary>The replies that ask to be called and are open, the first first.</summary>
    public static IEnumerable<Reply> Requests(IEnumerable<Reply> replies) =>
        replies.Where(r => r.HandledAt is null && r.FollowUp.Tasks.Contains(OwnerTask.Call)).OrderBy(r => r.ReceivedAt).ThenBy(r => r.Id, StringComparer.Ordinal);

    /// <summary>When it was tried in vain; null when they were spoken to since, or it was tried often enough.</summary>
    public static ImmutableArray<DateTimeOffset>? TriedSince(DateTimeOffset since, IEnumerable<Call> calls)
    {
        // What was asked for during a call is not answered by it.
        var later = calls.Where(c => c.At > since).ToList();
        ImmutableArray<DateTimeOffset> inVain = [.. later.Where(c => c.Outcome == CallOutcome.NoAnswer).Select(c => c.At).Order()];
        return later.Exists(c => c.WasSpokenTo) || inVain.Length >= MaxNoAnswers ? null : inVain;
    }

    /// <summary>By their row alone, this is a customer of high value who did not answer a campaign that ended, and may be called about it.</summary>
    public static bool IsUnanswered(CustomerFile file, CallOptions options, Moment now)
    {
        var c = file.Customer;
        if (options.HighValue is not { } highValue || c.Revenue < Money.FromAmount(highValue) || !HasNumber(file)) return false;
        if (c.Marketing is not { State: StepState.HandedOver or StepState.Uncertain, Ended: EnrolmentEnd.Finished, Channel: Channel.Mail } campaign)
            return false;
        if (now.Instant < campaign.At + options.UnansweredFor || c.LastVisit >= campaign.Started) return false;
        return c.Suppressed is null && MayBeCalled(c, MessageClass.Marketing, now);
    }
}
