using System.Collections.Immutable;
using Winback.Campaigns;
using Winback.Customers;

namespace Winback.Replies;

/// <summary>
/// How a customer stands after all that he told us. Computed anew from all his replies whenever one comes, is read, corrected or solved, so that
/// order and repetition do not matter and a correction takes back what followed. Pure. The opt-outs, which hold for a mailbox, are <see cref="OptOut"/>'s.
/// </summary>
public sealed class Standing(ReplyOptions options, TimeZoneInfo zone)
{
    /// <returns>The same instance when there is nothing to change.</returns>
    public Customer Of(Customer customer, IEnumerable<Reply> replies)
    {
        var ordered = replies.OrderBy(r => r.ReceivedAt).ThenBy(r => r.Id, StringComparer.Ordinal).ToList();
        var stopping = ordered.Where(r => r.FollowUp.Stops).ToList();
        var by = customer.StoppedBy.ToBuilder();
        var restated = customer with { Hold = HoldOf(stopping), ComplaintSince = ComplaintSince(ordered) };
        restated = EndSequence(restated, MessageClass.Marketing, Stops.Marketing, stopping, by);
        restated = EndSequence(restated, MessageClass.Service, Stops.Service, stopping, by);
        restated = restated with
        {
            ErasedAt = At(restated.ErasedAt, Stops.Erased, ordered.Find(r => r.FollowUp.Erases), by),
            DeceasedAt = At(restated.DeceasedAt, Stops.Deceased, ordered.Find(r => r.FollowUp.IsDeceased), by),
            PausedUntil = Paused(restated.PausedUntil, ordered.FindLast(r => r.FollowUp.AsksAgain && !(r.ReceivedAt <= customer.PausedAt)), by),
        };
        restated = restated with { StoppedBy = Same(customer.StoppedBy, by) };
        return restated == customer ? customer : restated;
    }

    /// <summary>A solved complaint holds nothing up any more; any other reply does for its time, answered or not.</summary>
    public Hold? HoldOf(IEnumerable<Reply> stopping) =>
        stopping.Where(r => !(r.FollowUp.OpensCase && r.HandledAt is not null)).Select(r => (DateTimeOffset?)(r.ReceivedAt + options.HoldFor)).Max() is { } until
            ? new Hold(until, "replied") : null;

    /// <summary>Since when a complaint is open; null when none is.</summary>
    public static DateTimeOffset? ComplaintSince(IEnumerable<Reply> replies) => replies.Where(r => r.IsOpenCase).Select(r => (DateTimeOffset?)r.ReceivedAt).Min();

    private Customer EndSequence(
        Customer customer, MessageClass messageClass, string stop, IReadOnlyList<Reply> stopping, ImmutableDictionary<string, string>.Builder by)
    {
        var slot = customer.Slot(messageClass);
        var last = slot is null ? null : stopping.LastOrDefault(r => r.Class is not { } other || other == messageClass ? DayOf(r) >= slot.Started : false);
        if (last is null)
        {
            // Only what a reply ended is taken back, and only if that reply was ours to take back.
            var reopened = by.ContainsKey(stop) ? customer.Reopen(messageClass, EnrolmentEnd.Reply) : customer;
            by.Remove(stop);
            return reopened;
        }
        var ended = customer.End(messageClass, EnrolmentEnd.Reply);
        if (!ReferenceEquals(ended, customer) || by.ContainsKey(stop)) by[stop] = last.Id;
        return ended;
    }

    private static DateTimeOffset? At(DateTimeOffset? since, string stop, Reply? reply, ImmutableDictionary<string, string>.Builder by)
    {
        // Said by another road than a reply: not ours to change.
        if (since is not null && !by.ContainsKey(stop)) return since;
        if (reply is null)
        {
            by.Remove(stop);
            return null;
        }
        by[stop] = reply.Id;
        return reply.ReceivedAt;
    }

    private DateOnly? Paused(DateOnly? until, Reply? reply, ImmutableDictionary<string, string>.Builder by)
    {
        if (until is not null && !by.ContainsKey(Stops.Paused)) return until;
        if (reply is null)
        {
            by.Remove(Stops.Paused);
            return null;
        }
        by[Stops.Paused] = reply.Id;
        return DayOf(reply).AddMonths(options.AskAgainAfterMonths);
    }

    private DateOnly DayOf(Reply reply) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(reply.ReceivedAt, zone).DateTime);

    /// <summary>The dictionary as it was when it says the same: a record compares it by reference.</summary>
    private static ImmutableDictionary<string, string> Same(ImmutableDictionary<string, string> before, ImmutableDictionary<string, string>.Builder now) =>
        before.Count == now.Count && now.All(s => before.TryGetValue(s.Key, out var id) && id == s.Value) ? before
        : now.Count == 0 ? ImmutableDictionary<string, string>.Empty : now.ToImmutable();
}
