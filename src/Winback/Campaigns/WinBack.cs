using Winback.Customers;

namespace Winback.Campaigns;

/// <summary>A purchase after contact, within the attribution window.</summary>
/// <param name="On">The first visit.</param>
/// <param name="Revenue">All purchases in the window, refunds taken off.</param>
public sealed record WinBack(DateOnly On, Money Revenue)
{
    /// <summary>
    /// What an enrolment won. The window runs from the day of the first contact, which counts, through <paramref name="attributionDays"/>
    /// days after it: a mail that left, or a call in which they were spoken to. A sale with a time before the contact does not count; one without a time on that very day does, since a
    /// customer lapsed for months rarely comes back by chance hours before the mail.
    /// </summary>
    /// <param name="contactedOn">The owner's local day of <paramref name="contact"/>.</param>
    /// <returns>Null when nothing counts as a visit.</returns>
    public static WinBack? Of(DateOnly contactedOn, DateTimeOffset contact, IEnumerable<Purchase> purchases, int attributionDays)
    {
        var end = contactedOn.AddDays(attributionDays);
        var counted = purchases.Where(p => p.Day >= contactedOn && p.Day <= end && (p.At is not { } at || at >= contact));
        return VisitRule.Summarise(counted) is { FirstVisit: { } first, Revenue: var revenue } ? new WinBack(first, revenue) : null;
    }
}
