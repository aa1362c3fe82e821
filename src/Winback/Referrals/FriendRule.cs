using Winback.Customers;

namespace Winback.Referrals;

/// <summary>
/// Whether a friend who signed up is asked by mail if that was them. Anybody can fill in anybody's address, so that a mailbox gets one such mail in a
/// while, whoever signs it up, and who may not be written to gets none. Pure.
/// </summary>
public static class FriendRule
{
    /// <summary>Never two such mails to one mailbox within it.</summary>
    public static readonly TimeSpan OnceIn = TimeSpan.FromDays(30);

    /// <summary>Who signed up longer ago has forgotten it.</summary>
    public static readonly TimeSpan NotAfter = TimeSpan.FromDays(3);

    /// <summary>Whether the owner may mail the friend from now on: they agreed, confirmed that it was them, and nothing forbids it since.</summary>
    /// <param name="mailbox">Null when nothing is known of it.</param>
    public static bool MayMail(Referral referral, Mailbox? mailbox) =>
        referral is { Consent: not null, ConfirmedAt: not null } && (mailbox is null or { OptedOutAt: null, Suppression: null });

    /// <param name="mailbox">Null when nothing is known of it.</param>
    /// <returns>Why the friend is not asked; null when they are.</returns>
    public static string? WhyNot(Referral referral, Mailbox? mailbox, DateTimeOffset now)
    {
        if (now - referral.ReceivedAt > NotAfter) return "signed up too long ago to be asked";
        // Customers are written to as customers are; and a referral of one comes to nothing.
        if (referral.WasKnown || mailbox?.Owners.IsEmpty == false) return "is a customer already";
        if (mailbox is null) return null;
        if (mailbox.Suppression is { } suppression) return suppression.Why;
        if (mailbox.OptedOutAt is not null) return "the mailbox opted out";
        return mailbox.Asked is { } asked && now - asked.At < OnceIn ? $"was asked less than {OnceIn.Days} days ago, about another sign-up" : null;
    }
}
