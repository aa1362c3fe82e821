namespace Winback.Customers;

/// <summary>An instant seen from the owner's time zone: all day arithmetic is on its local calendar.</summary>
public readonly record struct Moment(DateTimeOffset Instant, TimeZoneInfo Zone)
{
    public DateTime Local => TimeZoneInfo.ConvertTime(Instant, Zone).DateTime;

    public DateOnly Today => DateOnly.FromDateTime(Local);

    public TimeOnly Time => TimeOnly.FromDateTime(Local);

    /// <summary>The local day on which that instant fell.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>
    /// The instant of a local wall-clock time. A time that a clock change skips means the first moment after the gap;
    /// one that occurs twice means the first of the two.
    /// </summary>
    public static DateTimeOffset InstantOf(DateTime local, TimeZoneInfo zone)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local))
        {
            // Gaps are whole minutes; the first valid minute is the end of this one.
            local = new DateTime(local.Year, local.Month, local.Day, local.Hour, local.Minute, 0, DateTimeKind.Unspecified);
            while (zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        }
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }
}

/// <summary>The one clock of the app: now, in the owner's time zone.</summary>
public sealed class OwnerClock(TimeProvider time, TimeZoneInfo zone)
{
    public TimeZoneInfo Zone => zone;

    public Moment Now => new(time.GetUtcNow(), zone);
}
