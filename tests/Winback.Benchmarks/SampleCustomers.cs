using System.Collections.Immutable;
using System.Globalization;
using Winback.Campaigns;
using Winback.Customers;

namespace Winback.Benchmarks;

/// <summary>
/// The customers that are scanned: of every hundred, one is due for restaurant-slow-evening and none for renewal-reminder.
/// The others are left out for reasons in about the proportions that a restaurant's file of some years has.
/// </summary>
/// <param name="campaign">restaurant-slow-evening.</param>
internal sealed class SampleCustomers(Campaign campaign, Moment now)
{
    public static int DueOf(int customers) => customers / 100;

    /// <summary>Ten characters, as an owner's own numbers may be.</summary>
    public static CustomerId Id(int index) => CustomerId.Parse(string.Create(CultureInfo.InvariantCulture, $"klant{index:d5}"));

    public Customer Customer(int index)
    {
        var spread = index / 100 * 37; // so that the hundreds differ from each other
        var (active, lapsed, longAgo) = (Visited(0, spread % 150), Visited(7, spread % 800), Visited(37, spread % 1500));
        var customer = new Customer
        {
            Id = Id(index),
            HasUsableAddress = true,
            MarketingPermission = true,
            LastVisit = active,
            Visits = 1 + (spread % 12),
            Revenue = new Money(2500 + (spread * 13 % 90000)),
        };
        return (index % 100) switch
        {
            0 => customer with { LastVisit = lapsed },
            < 45 => customer,
            < 63 => customer with { LastVisit = lapsed, MarketingPermission = false },
            < 78 => customer with { LastVisit = longAgo },
            < 88 => customer with { LastVisit = lapsed, Subscriptions = [Subscription(index, 40 + (spread % 300))] },
            < 92 => Enrolled(customer, Visited(7, spread % 300), daysAgo: 1 + (spread % 10), end: null),
            < 96 => Enrolled(customer, Visited(7, spread % 300), daysAgo: 30 + (spread % 100), EnrolmentEnd.Finished),
            < 97 => Enrolled(customer, active, daysAgo: 150 + (spread % 20), EnrolmentEnd.Purchase),
            < 98 => customer with { LastVisit = lapsed, HasUsableAddress = false },
            < 99 => customer with { LastVisit = lapsed, OptedOutAt = now.Instant.AddDays(-1 - (spread % 500)) },
            _ => customer with { LastVisit = null, Visits = 0, Revenue = Money.Zero },
        };
    }

    public static Profile Profile(int index) => new(
        "Sam de Vries", "Sam", string.Create(CultureInfo.InvariantCulture, $"klant{index}@example.org"), "06 12 34 56 78", "nl",
        index.ToString("x32", CultureInfo.InvariantCulture));

    private DateOnly Visited(int monthsAgo, int daysMore) => now.Today.AddMonths(-monthsAgo).AddDays(-daysMore);

    private Subscription Subscription(int index, int daysLeft) => new(
        string.Create(CultureInfo.InvariantCulture, $"abonnement{index:d5}"), "wijnclub", now.Today.AddDays(daysLeft - 365), now.Today.AddDays(daysLeft), index % 2 == 0);

    private Customer Enrolled(Customer customer, DateOnly lastVisit, int daysAgo, string? end)
    {
        var at = now.Instant.AddDays(-daysAgo);
        var started = now.DayOf(at);
        var step = campaign.Steps[end is null ? 0 : ^1];
        return customer with
        {
            LastVisit = lastVisit,
            Marketing = new Enrolment(
                campaign.Id, campaign.Version, new Anchor("", lastVisit), started, step.Id, StepState.HandedOver, at, "0123456789abcdef0123456789abcdef",
                Ended: end),
            Started = ImmutableDictionary<string, DateOnly>.Empty.Add(campaign.Id, started),
            LastMarketingAt = at,
        };
    }
}
