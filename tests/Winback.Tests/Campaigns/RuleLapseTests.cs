using Winback.Campaigns;
using Winback.Customers;

namespace Winback.Tests.Campaigns;

/// <summary>Who is lapsed, and who is not or no more.</summary>
public sealed class RuleLapseTests
{
    [Theory]
    // A month's end: 31 August + 6 months has no 31 February.
    [InlineData("2025-08-31", 6, "2026-02-27T12:00+01:00", "active")]
    [InlineData("2025-08-31", 6, "2026-02-28T12:00+01:00", "due invitation")]
    [InlineData("2023-08-31", 6, "2024-02-28T12:00+01:00", "active")] // in a leap year it is the 29th
    [InlineData("2023-08-31", 6, "2024-02-29T12:00+01:00", "due invitation")]
    [InlineData("2026-05-31", 1, "2026-06-29T12:00+02:00", "active")] // June has 30 days
    [InlineData("2026-05-31", 1, "2026-06-30T12:00+02:00", "due invitation")]
    [InlineData("2025-11-30", 3, "2026-02-28T12:00+01:00", "due invitation")]
    // A visit on a leap day.
    [InlineData("2024-02-29", 12, "2025-02-27T12:00+01:00", "active")]
    [InlineData("2024-02-29", 12, "2025-02-28T12:00+01:00", "due invitation")]
    [InlineData("2024-02-29", 48, "2028-02-28T12:00+01:00", "active")] // four years on it exists again
    [InlineData("2024-02-29", 48, "2028-02-29T12:00+01:00", "due invitation")]
    // Over the year's end.
    [InlineData("2025-07-01", 6, "2025-12-31T23:59+01:00", "active")]
    [InlineData("2025-07-01", 6, "2026-01-01T00:00+01:00", "due invitation")]
    [InlineData("2025-12-31", 2, "2026-02-28T12:00+01:00", "due invitation")]
    [InlineData("2025-06-30", 6, "2025-12-29T12:00+01:00", "active")] // the 30th, not the last day of December
    [InlineData("2025-06-30", 6, "2025-12-30T12:00+01:00", "due invitation")]
    public void Lapsed_after_calendar_months(string lastVisit, int months, string now, string expected) =>
        Assert.Equal(expected, Ask(lastVisit, Given.Inactive(months: months, maxMonths: 60), now));

    [Theory]
    // Winter: the day begins in Amsterdam at 23:00 UTC.
    [InlineData("2025-08-31", "2026-02-27T22:59:59Z", "active")]
    [InlineData("2025-08-31", "2026-02-27T23:00:00Z", "due invitation")] // still the 27th in UTC, the 28th in Amsterdam
    // Summer: at 22:00 UTC.
    [InlineData("2026-02-15", "2026-08-14T21:59:59Z", "active")]
    [InlineData("2026-02-15", "2026-08-14T22:00:00Z", "due invitation")]
    // The day that loses an hour, 29 March 2026: 02:00 to 03:00 does not exist.
    [InlineData("2025-09-29", "2026-03-28T23:59+01:00", "active")]
    [InlineData("2025-09-29", "2026-03-29T00:00+01:00", "due invitation")]
    [InlineData("2025-09-29", "2026-03-29T03:00+02:00", "due invitation")]
    [InlineData("2025-09-30", "2026-03-29T23:59+02:00", "active")] // 23 hours long, and still one day
    [InlineData("2025-09-30", "2026-03-30T00:00+02:00", "due invitation")]
    // The day that has an hour twice, 25 October 2026.
    [InlineData("2026-04-25", "2026-10-24T23:59+02:00", "active")]
    [InlineData("2026-04-25", "2026-10-25T02:30+02:00", "due invitation")]
    [InlineData("2026-04-25", "2026-10-25T02:30+01:00", "due invitation")]
    [InlineData("2026-04-26", "2026-10-25T23:59+01:00", "active")] // 25 hours long
    public void Days_are_those_of_the_owners_time_zone(string lastVisit, string now, string expected) =>
        Assert.Equal(expected, Ask(lastVisit, Given.Inactive(), now));

    [Theory]
    [InlineData("2023-10-13", 36, "due invitation")] // 36 months ago to the day is not over it
    [InlineData("2023-10-12", 36, "too-long-ago")]
    [InlineData("2026-04-13", 6, "due invitation")] // months = maxMonths leaves the one day
    [InlineData("2026-04-12", 6, "too-long-ago")]
    [InlineData("2026-04-14", 6, "active")]
    public void Too_long_ago_is_after_the_upper_limit(string lastVisit, int maxMonths, string expected) =>
        Assert.Equal(expected, Ask(lastVisit, Given.Inactive(maxMonths: maxMonths), "2026-10-13T12:00+02:00"));

    [Fact]
    public void The_upper_limit_at_a_months_end_is_clamped_too()
    {
        var campaign = Given.Inactive(months: 1, maxMonths: 6);
        Assert.Equal("due invitation", Ask("2025-08-31", campaign, "2026-02-28T12:00+01:00"));
        Assert.Equal("too-long-ago", Ask("2025-08-31", campaign, "2026-03-01T12:00+01:00"));
    }

    [Theory]
    [InlineData("2026-10-13", "lapses on 2027-04-13")] // today
    [InlineData("2026-10-14", "booked for 2026-10-14")] // a purchase in the future is a booking
    [InlineData("2027-05-01", "booked for 2027-05-01")]
    public void A_visit_today_or_a_booking_is_active(string lastVisit, string detail)
    {
        var verdict = Given.Ask(Given.Customer() with { LastVisit = Given.Day(lastVisit) }, Given.Inactive());
        Assert.Equal("active", verdict.Word());
        Assert.Contains(detail, verdict.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_never_bought_is_not_lapsed() =>
        Assert.Equal(
            new Excluded(Given.Lapsed, ExclusionReason.NoSuchSubject, "never bought"), Given.Ask(Given.Customer() with { LastVisit = null }, Given.Inactive()));

    [Theory]
    [InlineData("2026-01-01", "2026-10-14", false, "active")] // paid through today
    [InlineData("2026-01-01", "2026-10-13", false, "due invitation")] // today is the first day not paid for
    [InlineData("2026-10-13", "2027-10-13", false, "active")] // starts today
    [InlineData("2026-10-14", "2027-10-14", false, "due invitation")] // starts tomorrow
    [InlineData("2025-01-01", "2026-01-01", true, "active")] // renews by itself until an import says otherwise
    public void A_running_subscription_is_active(string start, string renewal, bool autoRenews, string expected)
    {
        var customer = Given.Customer() with { Subscriptions = [new Subscription("S1", "unlimited", Given.Day(start), Given.Day(renewal), autoRenews)] };
        Assert.Equal(expected, Given.Ask(customer, Given.Inactive()).Word());
        Assert.Equal("due invitation", Given.Ask(customer, Given.Inactive(includeSubscribers: true)).Word());
    }

    [Fact]
    public void The_visit_that_they_lapsed_from_is_the_anchor()
    {
        var due = Assert.IsType<Due>(Given.Ask(Given.Customer(), Given.Inactive()));
        Assert.True(due.IsNew);
        Assert.Equal(new Anchor("", Given.Day("2026-02-10")), due.Anchor);
        Assert.Equal("last bought on 2026-02-10", due.Detail);
    }

    private static string Ask(string lastVisit, Campaign campaign, string now) =>
        Given.Ask(Given.Customer() with { LastVisit = Given.Day(lastVisit) }, campaign, Given.At(now)).Word();
}
