using System.Collections.Immutable;

namespace Winback.Customers;

/// <summary>What a provider may tell of a mailbox.</summary>
public enum MailboxNews
{
    /// <summary>It takes mail.</summary>
    Delivered,

    /// <summary>It did not take a mail, and may take the next: full, too many connections, blocked.</summary>
    SoftBounce,

    /// <summary>It will never take mail.</summary>
    HardBounce,

    /// <summary>Whoever reads it called our mail spam.</summary>
    Complaint,
}

/// <param name="Event">The provider's name for the event, so that one told twice counts once.</param>
public sealed record SoftBounce(DateTimeOffset At, string Event);

/// <summary>
/// What the provider told of a mailbox, by the provider's times. Told in whatever order and however often, it is the same in the end: two firsts, a
/// latest, and the soft bounces after that.
/// </summary>
/// <param name="ComplainedAt">The first time.</param>
/// <param name="HardBouncedAt">The first time.</param>
/// <param name="DeliveredAt">The last time.</param>
public sealed record MailboxHealth(DateTimeOffset? ComplainedAt = null, DateTimeOffset? HardBouncedAt = null, DateTimeOffset? DeliveredAt = null)
{
    /// <summary>So many soft bounces without a delivery in between mean that nothing arrives.</summary>
    public const int MaxSoftBounces = 5;

    /// <summary>More than decide, since a delivery that is told of late may take some away; after the fifth nothing is sent, so few follow.</summary>
    private const int KeptSoftBounces = 4 * MaxSoftBounces;

    public static readonly MailboxHealth Unknown = new();

    /// <summary>Those since the last delivery, the earliest first.</summary>
    public ImmutableArray<SoftBounce> SoftBounces { get; init; } = [];

    public Suppression? Suppression =>
        ComplainedAt is { } complained ? new Suppression("spam complaint", complained)
        : HardBouncedAt is { } bounced ? new Suppression("hard bounce", bounced)
        : SoftBounces.Length >= MaxSoftBounces ? new Suppression($"{MaxSoftBounces} soft bounces in a row", SoftBounces[MaxSoftBounces - 1].At)
        : null;

    /// <summary>Bounces up to then count no more, whenever they are told: the owner knows better.</summary>
    public DateTimeOffset? LiftedAt { get; init; }

    /// <summary>Lets mail go there again, whatever bounced until now. A spam complaint stays: it is an objection.</summary>
    public MailboxHealth Lift(DateTimeOffset at) => this with
    {
        LiftedAt = at,
        HardBouncedAt = HardBouncedAt <= at ? null : HardBouncedAt,
        SoftBounces = SoftBounces.RemoveAll(b => b.At <= at),
    };

    /// <returns>The same instance when that is known already.</returns>
    public MailboxHealth Hear(MailboxNews news, DateTimeOffset at, string eventId) => news switch
    {
        MailboxNews.Complaint => ComplainedAt <= at ? this : this with { ComplainedAt = at },
        MailboxNews.HardBounce => HardBouncedAt <= at || at <= LiftedAt ? this : this with { HardBouncedAt = at },
        MailboxNews.Delivered => DeliveredAt >= at ? this : this with { DeliveredAt = at, SoftBounces = SoftBounces.RemoveAll(b => b.At <= at) },
        _ => WithSoftBounce(new SoftBounce(at, eventId)),
    };

    private MailboxHealth WithSoftBounce(SoftBounce bounce)
    {
        if (bounce.At <= DeliveredAt || bounce.At <= LiftedAt || SoftBounces.Contains(bounce)) return this;
        return this with
        {
            SoftBounces = [.. SoftBounces.Append(bounce).OrderBy(b => b.At).ThenBy(b => b.Event, StringComparer.Ordinal).TakeLast(KeptSoftBounces)],
        };
    }
}
