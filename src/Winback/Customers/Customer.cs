using System.Collections.Immutable;

namespace Winback.Customers;

/// <summary>Nothing is sent until then, because of a reply or a case.</summary>
public sealed record Hold(DateTimeOffset Until, string Why);

/// <summary>What the rule needs to know of a customer: facts, permissions and stops, and what we are doing with them. Immutable.</summary>
public sealed record Customer
{
    public required CustomerId Id { get; init; }

    public bool HasUsableAddress { get; init; }

    /// <summary>A telephone number is known; read from <see cref="Profile.Phone"/>, never written.</summary>
    public bool HasPhone { get; init; }

    /// <summary>Another customer has the same mailbox.</summary>
    public bool SharesMailbox { get; init; }

    /// <summary>From the last import: opt-in or the customer exception; see <see cref="Profile.PermissionSource"/>.</summary>
    public bool MarketingPermission { get; init; }

    /// <summary>The local day of the latest visit; later than today for a booking; null when they never bought.</summary>
    public DateOnly? LastVisit { get; init; }

    public int Visits { get; init; }

    public Money Revenue { get; init; }

    public ImmutableArray<Subscription> Subscriptions { get; init; } = [];

    /// <summary>Said to us, for marketing; no import lifts it.</summary>
    public DateTimeOffset? OptedOutAt { get; init; }

    /// <summary>Said to us, for renewal reminders and other service mail.</summary>
    public DateTimeOffset? ServiceOptedOutAt { get; init; }

    /// <summary>Why this mailbox gets nothing at all, as <see cref="Mailbox.Suppression"/> says it.</summary>
    public string? Suppressed { get; init; }

    /// <summary>Since when; null also where that is not known.</summary>
    public DateTimeOffset? SuppressedAt { get; init; }

    public DateTimeOffset? ErasedAt { get; init; }

    public DateTimeOffset? DeceasedAt { get; init; }

    public Hold? Hold { get; init; }

    /// <summary>Since when a complaint is open: nothing is sent until it is solved.</summary>
    public DateTimeOffset? ComplaintSince { get; init; }

    /// <summary>No marketing before that day, as the customer asked.</summary>
    public DateOnly? PausedUntil { get; init; }

    /// <summary>When the customer chose that pause, or to end it; null while they chose nothing. A scan does not read it.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>At least so many days between two marketing mails, as the customer chose; 0 for as often as anybody.</summary>
    public int MarketingEveryDays { get; init; }

    /// <summary>When the customer chose how often; null while they chose nothing. A scan does not read it.</summary>
    public DateTimeOffset? MarketingEveryAt { get; init; }

    /// <summary>The latest marketing enrolment; at most one is active.</summary>
    public Enrolment? Marketing { get; init; }

    /// <summary>The latest service enrolment: renewal reminders.</summary>
    public Enrolment? Service { get; init; }

    /// <summary>Per campaign, the day its latest enrolment started.</summary>
    public ImmutableDictionary<string, DateOnly> Started { get; init; } = ImmutableDictionary<string, DateOnly>.Empty;

    public DateTimeOffset? LastMarketingAt { get; init; }

    public DateTimeOffset? LastServiceAt { get; init; }

    /// <summary>Per stop (see <see cref="Stops"/>) the reply that it came from, so that a reading that is corrected takes it back. A scan does not read it.</summary>
    public ImmutableDictionary<string, string> StoppedBy { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The latest automatic answer. A scan does not read it.</summary>
    public Answered? Answered { get; init; }
}

/// <summary>The claim on an automatic answer, or on the mail that asks a friend.</summary>
/// <param name="To">What it answers: a reply and the kind of answer, or a sign-up.</param>
/// <param name="ClaimId">Who claimed it.</param>
public sealed record Answered(string To, DateTimeOffset At, string? ClaimId = null);

/// <summary>What a reply can stop.</summary>
public static class Stops
{
    public const string Marketing = "marketing";
    public const string Service = "service";
    public const string OptOut = "opt-out";
    public const string ServiceOptOut = "service-opt-out";
    public const string Erased = "erased";
    public const string Deceased = "deceased";
    public const string Paused = "paused";
}

/// <summary>What only a mail, a page or an export needs.</summary>
/// <param name="Email">As imported, for the owner to correct where it is unusable.</param>
/// <param name="Language">nl or en; null for the owner's default.</param>
/// <param name="MailboxKey">Keyed hash of the usable address; see <see cref="MailboxKeys"/>.</param>
/// <param name="PermissionSource">What said whether marketing mail may be sent; null while nothing did.</param>
/// <param name="PermissionSince">The local day since which it says so.</param>
/// <param name="LanguageChosenAt">When the customer chose the language; from then on no import changes it.</param>
public sealed record Profile(
    string? Name = null, string? FirstName = null, string? Email = null, string? Phone = null, string? Language = null, string? MailboxKey = null,
    PermissionSource? PermissionSource = null, DateOnly? PermissionSince = null, DateTimeOffset? LanguageChosenAt = null)
{
    /// <summary>The address of who looks after this customer; null for the owner.</summary>
    public string? AccountManager { get; init; }

    /// <summary>Addresses that the customer told us to use no more; see <see cref="ContactCorrection"/>.</summary>
    public ImmutableArray<string> FormerEmails { get; init; } = [];

    /// <summary>Numbers that are not, or no longer, the customer's.</summary>
    public ImmutableArray<string> FormerPhones { get; init; } = [];
}

/// <summary>A customer row as read, with the version that a conditional write needs.</summary>
public sealed record CustomerFile(Customer Customer, Profile Profile, string Version);
