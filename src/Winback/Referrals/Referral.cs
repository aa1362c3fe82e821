using System.Security.Cryptography;
using System.Text;
using Winback.Customers;
using Winback.Replies;

namespace Winback.Referrals;

/// <summary>A friend who signed up under a customer's code. What came of it is not kept but decided, by <see cref="ReferralRule"/>.</summary>
/// <param name="FriendKey">Keyed hash of the friend's mailbox, as on a customer's profile; or of the telephone number where no address was given.</param>
/// <param name="ReceivedAt">When the friend signed up first.</param>
public sealed record Referral(CustomerId Referrer, string FriendKey, DateTimeOffset ReceivedAt)
{
    /// <summary>For commands and pages: the same for the same friend under the same customer.</summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Referrer.Value}|{FriendKey}")))[..12];

    /// <summary>As the friend gave it; null when not given.</summary>
    public string? Name { get; init; }

    /// <summary>Null when only a telephone number was given.</summary>
    public string? Email { get; init; }

    public string? Phone { get; init; }

    /// <summary>nl or en: of the page on which the friend signed up; null where a form did not say.</summary>
    public string? Language { get; init; }

    /// <summary>The friend's mailbox was in the customer file when they signed up.</summary>
    public bool WasKnown { get; init; }

    /// <summary>The friend agreed to mail from the owner; null when they did not.</summary>
    public FriendConsent? Consent { get; init; }

    /// <summary>The mail that asked the friend whether it was them; null while it waits, and for who left no address.</summary>
    public FriendAsked? Asked { get; init; }

    /// <summary>When whoever reads that mail said that it was them; null when nobody did.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>Who the friend is, where the owner said so.</summary>
    public CustomerId? Matched { get; init; }

    /// <summary>The reward, fixed for good.</summary>
    public HandedOut? HandedOut { get; init; }

    /// <summary>The other came first.</summary>
    public bool IsAfter(Referral other) => other.ReceivedAt < ReceivedAt || (other.ReceivedAt == ReceivedAt && string.CompareOrdinal(other.Id, Id) < 0);
}

/// <summary>That a friend agreed to mail from the owner.</summary>
/// <param name="Wording">The sentence that was agreed to.</param>
public sealed record FriendConsent(DateTimeOffset At, string Wording);

/// <summary>What became of the mail that asks a friend.</summary>
/// <param name="Problem">Why it was not sent, or may not have been.</param>
public sealed record FriendAsked(AnswerState State, DateTimeOffset At, string? Problem = null);

/// <param name="At">When the owner said so.</param>
/// <param name="EarnedOn">The day on which it was earned: the year in which it counts.</param>
/// <param name="ToReferrer">False when the customer had reached the cap, so that the friend alone got something.</param>
public sealed record HandedOut(DateTimeOffset At, DateOnly EarnedOn, bool ToReferrer);
