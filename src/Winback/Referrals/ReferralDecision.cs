using System.Text.Json;

namespace Winback.Referrals;

public enum ReferralState
{
    /// <summary>The friend has not bought yet.</summary>
    Waiting,

    /// <summary>The friend bought, and may still give it back.</summary>
    Pending,

    /// <summary>To be handed out by the owner.</summary>
    Earned,

    HandedOut,

    /// <summary>Nobody gets anything for it.</summary>
    Refused,
}

/// <summary>Why a referral is in its state.</summary>
public enum ReferralReason
{
    NoPurchaseYet,
    InRefundPeriod,
    PastRefundPeriod,

    /// <summary>The friend earned it, and the customer had enough this year.</summary>
    CapReached,

    SelfReferral,
    ExistingCustomer,

    /// <summary>Another customer had referred the friend before.</summary>
    OtherReferrer,

    TooLate,
}

/// <summary>What has come of a referral, by now.</summary>
/// <param name="FirstPurchase">The friend's, by now; null when there is none.</param>
/// <param name="EarnedOn">The day on which it was or will be earned; null while nothing was bought.</param>
/// <param name="ToReferrer">Whether the customer gets the reward too; the friend always does.</param>
public sealed record ReferralDecision(
    ReferralState State, ReferralReason Reason, DateOnly? FirstPurchase = null, DateOnly? EarnedOn = null, bool ToReferrer = true)
{
    /// <summary>Refused, and the time in which the friend could buy is over: from then on the customer may know.</summary>
    public bool IsOver { get; init; }
}

public static class ReferralWords
{
    /// <summary>The stable word: <c>handed-out</c>.</summary>
    public static string Word(this ReferralState state) => JsonNamingPolicy.KebabCaseLower.ConvertName(state.ToString());

    /// <summary>The stable word: <c>existing-customer</c>.</summary>
    public static string Word(this ReferralReason reason) => JsonNamingPolicy.KebabCaseLower.ConvertName(reason.ToString());

    /// <summary>A reason as a sentence for the owner.</summary>
    public static string Explain(this ReferralReason reason) => reason switch
    {
        ReferralReason.NoPurchaseYet => "The friend has not bought yet, or under another address: then say who it is with winback referrals match.",
        ReferralReason.InRefundPeriod => "The friend bought and may still give it back.",
        ReferralReason.PastRefundPeriod => "The friend bought and kept it.",
        ReferralReason.CapReached => "The customer was rewarded for enough friends this year; the friend gets the reward all the same.",
        ReferralReason.SelfReferral => "The friend is the customer.",
        ReferralReason.ExistingCustomer => "The friend was in the customer file, or had bought, before signing up.",
        ReferralReason.OtherReferrer => "Another customer had referred the friend before.",
        ReferralReason.TooLate => "The friend did not buy in time.",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "This reason has no explanation yet."),
    };
}
