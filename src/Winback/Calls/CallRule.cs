using System.Collections.Immutable;
using System.Text.Json.Serialization;
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

    /// <summary>Bought for much, and answered none of a campaign's mails.</summary>
    HighValue,
}

/// <summary>This customer is to be called.</summary>
/// <param name="Since">Since when: the reply that asks for it; the day on which the last mail had been long enough without an answer.</param>
/// <param name="Request">The reply that asks for it; null for another reason.</param>
/// <param name="NoAnswers">When it was tried in vain, the first first.</param>
public sealed record CallDue(CallReason Why, DateTimeOffset Since, Reply? Request, ImmutableArray<DateTimeOffset> NoAnswers);

/// <summary>Who is on the call sheet. Pure.</summary>
public static class CallRule
{
    /// <summary>Nobody is called in vain more often.</summary>
    public const int MaxNoAnswers = 3;

    /// <param name="replies">All of this customer's.</param>
    /// <param name="calls">All that were made to this customer.</param>
    /// <returns>Null when there is nothing to call about.</returns>
    public static CallDue? Ask(CustomerFile file, IReadOnlyList<Reply> replies, IReadOnlyList<Call> calls, CallOptions options, Moment now)
    {
        var customer = file.Customer;
        if (customer.ErasedAt is not null || customer.DeceasedAt is not null) return null;
        foreach (var request in Requests(replies))
        {
            if (TriedSince(request.ReceivedAt, calls) is { } tried) return new CallDue(CallReason.CallMe, request.ReceivedAt, request, tried);
        }
        if (!IsUnanswered(file, options, now)) return null;
        var campaign = customer.Marketing!;
        if (replies.Any(r => r.FollowUp.Stops && now.DayOf(r.ReceivedAt) >= campaign.Started)) return null;
        return TriedSince(campaign.At, calls) is { } inVain ? new CallDue(CallReason.HighValue, campaign.At + options.UnansweredFor, null, inVain) : null;
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
        if (options.HighValue is not { } highValue || c.Revenue < Money.FromAmount(highValue) || string.IsNullOrWhiteSpace(file.Profile.Phone)) return false;
        if (c.Marketing is not { State: StepState.HandedOver or StepState.Uncertain, Ended: EnrolmentEnd.Finished } campaign) return false;
        if (now.Instant < campaign.At + options.UnansweredFor || c.LastVisit >= campaign.Started) return false;
        if (!c.MarketingPermission || c.OptedOutAt is not null || c.Suppressed is not null || c.ComplaintSince is not null) return false;
        return !(c.Hold is { } hold && now.Instant < hold.Until) && !(c.PausedUntil > now.Today);
    }
}
