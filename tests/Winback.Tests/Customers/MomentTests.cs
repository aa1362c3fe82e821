using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Winback.Customers;

namespace Winback.Tests.Customers;

public sealed class MomentTests
{
    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    [Theory]
    [InlineData("2026-10-13T12:00", "2026-10-13T10:00:00Z")] // summer
    [InlineData("2026-12-13T12:00", "2026-12-13T11:00:00Z")] // winter
    // 29 March 2026: 02:00 to 03:00 does not exist.
    [InlineData("2026-03-29T01:59:59", "2026-03-29T00:59:59Z")]
    [InlineData("2026-03-29T02:00", "2026-03-29T01:00:00Z")] // the first moment after the gap, 03:00 summer time
    [InlineData("2026-03-29T02:30:45", "2026-03-29T01:00:00Z")]
    [InlineData("2026-03-29T02:59:59", "2026-03-29T01:00:00Z")]
    [InlineData("2026-03-29T03:00", "2026-03-29T01:00:00Z")]
    // 25 October 2026: 02:00 to 03:00 comes twice.
    [InlineData("2026-10-25T01:59:59", "2026-10-24T23:59:59Z")]
    [InlineData("2026-10-25T02:00", "2026-10-25T00:00:00Z")] // the first of the two
    [InlineData("2026-10-25T02:59:59", "2026-10-25T00:59:59Z")]
    [InlineData("2026-10-25T03:00", "2026-10-25T02:00:00Z")]
    public void Every_wall_clock_time_means_one_instant(string local, string instant)
    {
        var expected = DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);
        Assert.Equal(expected, Moment.InstantOf(DateTime.Parse(local, CultureInfo.InvariantCulture), Amsterdam).ToUniversalTime());
    }

    [Fact]
    public void The_kind_of_a_date_does_not_matter()
    {
        var utc = new DateTime(2026, 10, 13, 12, 0, 0, DateTimeKind.Utc);
        Assert.Equal(new DateTimeOffset(2026, 10, 13, 12, 0, 0, TimeSpan.FromHours(2)), Moment.InstantOf(utc, Amsterdam));
    }

    [Theory]
    [InlineData("2026-02-27T22:59:59Z", "2026-02-27", "23:59:59")]
    [InlineData("2026-02-27T23:00:00Z", "2026-02-28", "00:00:00")] // tomorrow already
    [InlineData("2026-12-31T23:30:00Z", "2027-01-01", "00:30:00")]
    [InlineData("2026-10-25T00:30:00Z", "2026-10-25", "02:30:00")] // the first 02:30
    [InlineData("2026-10-25T01:30:00Z", "2026-10-25", "02:30:00")] // the second
    public void Today_and_the_time_are_local(string instant, string today, string time)
    {
        var moment = new Moment(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture), Amsterdam);
        Assert.Equal((today, time), (moment.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), moment.Time.ToString("HH:mm:ss", CultureInfo.InvariantCulture)));
        Assert.Equal(moment.Today, new Moment(default, Amsterdam).DayOf(moment.Instant));
    }

    [Fact]
    public void The_owners_clock_reads_the_time_provider()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 10, 13, 22, 30, 0, TimeSpan.Zero));
        var clock = new OwnerClock(time, Amsterdam);
        Assert.Equal(new DateOnly(2026, 10, 14), clock.Now.Today);
        time.Advance(TimeSpan.FromHours(24));
        Assert.Equal(new DateOnly(2026, 10, 15), clock.Now.Today);
    }
}
