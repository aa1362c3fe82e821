using System.Globalization;
using FsCheck.Xunit;
using Winback.Customers.Import;

namespace Winback.Tests.Customers.Import;

public sealed class DateTextTests
{
    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    [Theory]
    [InlineData("05-02-2025", "2025-02-05")] // day first, also where month first would be possible
    [InlineData("5-2-2025", "2025-02-05")]
    [InlineData("5/2/2025", "2025-02-05")]
    [InlineData("05.02.2025", "2025-02-05")]
    [InlineData("2025-02-05", "2025-02-05")]
    [InlineData("2025/2/5", "2025-02-05")]
    [InlineData("2025.02.05", "2025-02-05")]
    [InlineData("20250205", "2025-02-05")]
    [InlineData("  2025-02-05 ", "2025-02-05")]
    [InlineData("29-02-2024", "2024-02-29")] // leap day
    [InlineData("31-12-9999", "9999-12-31")] // how some systems write "no end"
    public void A_date_is_read(string text, string expected)
    {
        Assert.True(DateText.TryParse(text, Amsterdam, out var day, out var at, out var problem), problem);
        Assert.Equal(DateOnly.ParseExact(expected, "yyyy-MM-dd", CultureInfo.InvariantCulture), day);
        Assert.Null(at);
    }

    [Theory]
    [InlineData("05-02-2025 14:30", "2025-02-05T14:30:00+01:00")] // winter time
    [InlineData("05-07-2025 14:30:15", "2025-07-05T14:30:15+02:00")] // summer time
    [InlineData("05-02-2025, 9:05", "2025-02-05T09:05:00+01:00")] // as browsers write nl-NL
    [InlineData("20250205 14:30", "2025-02-05T14:30:00+01:00")]
    [InlineData("2025-02-05T14:30:15", "2025-02-05T14:30:15+01:00")]
    [InlineData("2025-02-05T14:30:15.123", "2025-02-05T14:30:15+01:00")] // fractions are dropped
    [InlineData("2025-02-05T14:30:15Z", "2025-02-05T15:30:15+01:00")]
    [InlineData("2025-02-05 14:30:15 UTC", "2025-02-05T15:30:15+01:00")]
    [InlineData("2025-02-05T23:30:00Z", "2025-02-06T00:30:00+01:00")] // the next day here
    [InlineData("2025-02-05T00:30:00+05:30", "2025-02-04T20:00:00+01:00")] // the day before here
    [InlineData("2025-02-05T14:30:15-0500", "2025-02-05T20:30:15+01:00")]
    [InlineData("2025-02-05 14:30 +01", "2025-02-05T14:30:00+01:00")]
    [InlineData("30-03-2025 02:30", "2025-03-30T03:00:00+02:00")] // skipped hour: the first moment after it
    [InlineData("30-03-2025 01:59:59", "2025-03-30T01:59:59+01:00")]
    [InlineData("26-10-2025 02:30", "2025-10-26T02:30:00+02:00")] // doubled hour: the first of the two
    [InlineData("26-10-2025 03:00", "2025-10-26T03:00:00+01:00")]
    public void A_time_is_local_unless_it_has_an_offset(string text, string expected)
    {
        Assert.True(DateText.TryParse(text, Amsterdam, out var day, out var at, out var problem), problem);
        Assert.Equal(expected, at!.Value.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture));
        Assert.Equal(DateOnly.FromDateTime(at.Value.DateTime), day);
    }

    [Theory]
    [InlineData(null, "empty")]
    [InlineData(" ", "empty")]
    [InlineData("31-02-2025", "month 2 of 2025 has no day 31")]
    [InlineData("29-02-2025", "month 2 of 2025 has no day 29")] // no leap year
    [InlineData("2025-04-31", "no day 31")]
    [InlineData("00-01-2025", "no day 0")]
    [InlineData("12/31/2025", "no month 31")] // never month/day/year
    [InlineData("2025-13-01", "no month 13")]
    [InlineData("01-02-25", "four digits")]
    [InlineData("0025-01-01", "before 1900")]
    [InlineData("0001-01-01", "before 1900")] // an empty date of many programs
    [InlineData("01022025", "before 1900")] // ddmmyyyy is year 102 to us
    [InlineData("1-2/2025", "write it like")] // mixed separators
    [InlineData("5 februari 2025", "write it like")]
    [InlineData("45693", "write it like")] // Excel's day number
    [InlineData("2025-02-05 24:00", "time of day")]
    [InlineData("2025-02-05 12:60", "time of day")]
    [InlineData("2025-02-05 2:30 PM", "write it like")]
    [InlineData("2025-02-05T12:00+15:00", "offset")]
    [InlineData("2025-02-05\n", null)] // surrounding white space does not count
    [InlineData("٢٠٢٥-٠٢-٠٥", "write it like")] // other digits than 0-9
    public void What_is_no_date_says_why(string? text, string? reason)
    {
        var read = DateText.TryParse(text, Amsterdam, out _, out _, out var problem);
        Assert.Equal(reason is null, read);
        if (reason is not null) Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59-14:00")]
    [InlineData("31-12-9999 23:59")]
    public void In_the_last_year_of_the_calendar_only_the_day_counts(string text)
    {
        Assert.True(DateText.TryParse(text, Amsterdam, out var day, out var at, out _));
        Assert.Equal(DateOnly.MaxValue, day);
        Assert.Null(at);
    }

    [Property]
    public bool A_written_date_reads_back(ushort days, byte format)
    {
        string[] formats = ["d-M-yyyy", "dd-MM-yyyy", "d/M/yyyy", "dd.MM.yyyy", "yyyy-MM-dd", "yyyy/M/d", "yyyyMMdd"];
        var date = new DateOnly(1900, 1, 1).AddDays(days);
        var text = date.ToString(formats[format % formats.Length], CultureInfo.InvariantCulture);
        return DateText.TryParse(text, Amsterdam, out var day, out var at, out _) && day == date && at is null;
    }

    [Property]
    public bool A_written_moment_reads_back(uint seconds, byte format, bool summerIsland)
    {
        // With its offset, every moment reads back, also in a doubled hour.
        string[] formats = ["yyyy-MM-ddTHH:mm:sszzz", "d-M-yyyy HH:mm:ss zzz", "yyyyMMdd HH:mm:sszzz"];
        var zone = summerIsland ? TimeZoneInfo.FindSystemTimeZoneById("Australia/Lord_Howe") : Amsterdam;
        var moment = DateTimeOffset.FromUnixTimeSeconds(seconds);
        var text = moment.ToOffset(TimeSpan.FromHours(format % 13)).ToString(formats[format % formats.Length], CultureInfo.InvariantCulture);
        return DateText.TryParse(text, zone, out var day, out var at, out _)
            && at == moment
            && day == DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);
    }
}
