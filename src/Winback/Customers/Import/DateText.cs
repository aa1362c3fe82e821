using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Winback.Customers.Import;

/// <summary>
/// Dates as owners' exports write them: d-m-yyyy or yyyy-m-d with - / or . between, or yyyymmdd; then optionally a time
/// HH:mm[:ss] after a space or T, with or without Z or an offset. Never month/day/year. Fractions of a second are dropped.
/// </summary>
public static partial class DateText
{
    private const int FirstYear = 1900;

    /// <param name="zone">What a time without an offset is local to.</param>
    /// <param name="day">The day in <paramref name="zone"/>.</param>
    /// <param name="at">The moment, in the zone's offset; null where the text has no time, and in the year 9999.</param>
    /// <param name="problem">Why it is not a date, for the owner.</param>
    public static bool TryParse(
        string? text, TimeZoneInfo zone, out DateOnly day, out DateTimeOffset? at, [NotNullWhen(false)] out string? problem)
    {
        day = default;
        at = null;
        var trimmed = text?.Trim() ?? "";
        if (trimmed.Length == 0)
        {
            problem = "the date is empty";
            return false;
        }
        var match = Shape().Match(trimmed);
        problem = match.Success ? Read(match, zone, out day, out at) : WrongShape(trimmed);
        if (problem is null) return true;
        problem = $"\"{(trimmed.Length > 40 ? trimmed[..40] + "..." : trimmed)}\" is not a date: {problem}";
        return false;
    }

    private static string? Read(Match match, TimeZoneInfo zone, out DateOnly day, out DateTimeOffset? at)
    {
        day = default;
        at = null;
        int year = Number(match, "y"), month = Number(match, "m"), dayOfMonth = Number(match, "d");
        if (year < FirstYear) return $"the year {year:0000} is before {FirstYear}";
        if (month is < 1 or > 12) return $"there is no month {month}; write day-month-year or year-month-day";
        if (dayOfMonth < 1 || dayOfMonth > DateTime.DaysInMonth(year, month)) return $"month {month} of {year} has no day {dayOfMonth}";
        day = new DateOnly(year, month, dayOfMonth);
        if (!match.Groups["h"].Success) return null;

        int hour = Number(match, "h"), minute = Number(match, "min"), second = match.Groups["s"].Success ? Number(match, "s") : 0;
        if (hour > 23 || minute > 59 || second > 59) return "the time of day does not exist";
        // 31-12-9999 23:59 stands for "never"; an offset would carry it over the end of the calendar.
        if (year == DateOnly.MaxValue.Year) return null;
        var time = day.ToDateTime(new TimeOnly(hour, minute, second));
        if (!match.Groups["zone"].Success)
            at = Moment.InstantOf(time, zone);
        else if (Offset(match, out var offset))
            at = TimeZoneInfo.ConvertTime(new DateTimeOffset(time, offset), zone);
        else
            return "the offset from UTC is over 14 hours";
        day = DateOnly.FromDateTime(at.Value.DateTime);
        return null;
    }

    private static bool Offset(Match match, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (!match.Groups["oh"].Success) return true;
        var minutes = Number(match, "oh") * 60 + (match.Groups["om"].Success ? Number(match, "om") : 0);
        offset = TimeSpan.FromMinutes(match.Groups["zone"].ValueSpan[0] == '-' ? -minutes : minutes);
        return minutes <= 14 * 60;
    }

    private static string WrongShape(string text) => ShortYear().IsMatch(text)
        ? "write the year with four digits"
        : "write it like 31-12-2025 or 2025-12-31";

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex("""
        ^(?: (?<d>[0-9]{1,2}) (?<sep>[-/.]) (?<m>[0-9]{1,2}) \k<sep> (?<y>[0-9]{4})
           | (?<y>[0-9]{4}) (?<sep>[-/.]) (?<m>[0-9]{1,2}) \k<sep> (?<d>[0-9]{1,2})
           | (?<y>[0-9]{4}) (?<m>[0-9]{2}) (?<d>[0-9]{2}) )
        (?: (?:T|,?\s+) (?<h>[0-9]{1,2}) : (?<min>[0-9]{2}) (?: : (?<s>[0-9]{2}) (?:[.,][0-9]{1,9})? )?
            \s* (?<zone> Z | UTC | [-+] (?<oh>[0-9]{2}) (?: :? (?<om>[0-9]{2}) )? )? )?\z
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Shape();

    [GeneratedRegex(@"^[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2}(?![0-9])")]
    private static partial Regex ShortYear();
}
