using System.Globalization;
using Winback.Campaigns;
using Winback.Customers;

namespace Winback.Tests.Campaigns;

/// <summary>First contact on 6 October 2026, 12:00 in Amsterdam; the window runs 60 days, through 5 December.</summary>
public sealed class WinBackTests
{
    private static readonly Enrolment Enrolment = Given.Enrolled(at: "2026-10-06T12:00+02:00");

    [Theory]
    [InlineData("2026-10-05", null, false)] // the day before
    [InlineData("2026-10-06", null, true)] // the very day, hour unknown
    [InlineData("2026-10-06", "2026-10-06T11:59+02:00", false)] // before the mail left
    [InlineData("2026-10-06", "2026-10-06T12:00+02:00", true)]
    [InlineData("2026-10-07", "2026-10-07T00:10+02:00", true)]
    [InlineData("2026-12-05", null, true)] // the last day
    [InlineData("2026-12-05", "2026-12-05T23:59+01:00", true)]
    [InlineData("2026-12-06", null, false)]
    public void A_purchase_counts_from_the_contact_through_the_window(string day, string? at, bool counts)
    {
        var winBack = Of(Sale(day, 2500, at: at));
        Assert.Equal(counts ? new WinBack(Given.Day(day), new Money(2500)) : null, winBack);
    }

    [Fact]
    public void All_purchases_in_the_window_count_with_refunds_taken_off()
    {
        var winBack = Of(Sale("2026-10-20", 4000, "A"), Sale("2026-10-10", 2500, "B"), Sale("2026-11-01", -1000, "A"), Sale("2026-12-24", 9900, "C"));
        Assert.Equal(new WinBack(Given.Day("2026-10-10"), new Money(5500)), winBack);
    }

    [Fact]
    public void A_refund_of_a_sale_before_the_contact_is_no_win_back() => Assert.Null(Of(Sale("2026-10-10", -1000, "A")));

    [Fact]
    public void A_sale_that_was_refunded_whole_is_no_win_back() => Assert.Null(Of(Sale("2026-10-10", 2500, "A"), Sale("2026-10-12", -2500, "A")));

    [Fact]
    public void The_first_visit_is_not_one_that_was_refunded() =>
        Assert.Equal(
            new WinBack(Given.Day("2026-10-20"), new Money(4000)), Of(Sale("2026-10-10", 2500, "A"), Sale("2026-10-12", -2500, "A"), Sale("2026-10-20", 4000, "B")));

    [Fact]
    public void A_free_visit_is_a_win_back_too() => Assert.Equal(new WinBack(Given.Day("2026-10-10"), Money.Zero), Of(Sale("2026-10-10", 0, "A")));

    [Fact]
    public void Without_purchases_there_is_none() => Assert.Null(Of());

    private static WinBack? Of(params Purchase[] purchases) => WinBack.Of(Enrolment.Started, Enrolment.At, purchases, 60);

    private static Purchase Sale(string day, long cents, string? order = null, string? at = null) => new(
        CustomerId.Parse("k1"), Given.Day(day), at is null ? null : DateTimeOffset.Parse(at, CultureInfo.InvariantCulture), new Money(cents), order, null, 0);
}
