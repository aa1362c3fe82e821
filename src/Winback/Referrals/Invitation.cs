using Winback.Campaigns.Rendering;
using Winback.Customers;

namespace Winback.Referrals;

/// <summary>What a friend is told: who invites, to what, and what both get for it.</summary>
/// <param name="Language">nl or en.</param>
/// <param name="Referrer">The first name of who invites; null when it is not to be said.</param>
public sealed record Invitation(string Language, string? Referrer, BusinessOptions Business, ReferralOptions Options)
{
    /// <param name="referrer">Null when that customer is gone.</param>
    public static Invitation Of(string language, CustomerFile? referrer, BusinessOptions business, ReferralOptions options) => new(
        language,
        options.ShowReferrer && referrer is { Customer: { ErasedAt: null, DeceasedAt: null }, Profile.FirstName: { } name } && !string.IsNullOrWhiteSpace(name) ? name.Trim() : null,
        business, options);

    public bool IsEnglish => Language == "en";

    /// <summary>What the friend gets: "€ 10"; null for nothing.</summary>
    public string? FriendReward => Money(Options.FriendReward, Language, Business);

    /// <summary>What the customer gets; null for nothing.</summary>
    public string? ReferrerReward => Money(Options.ReferrerReward, Language, Business);

    /// <returns>Null for nothing.</returns>
    public static string? Money(decimal amount, string language, BusinessOptions business) =>
        amount == 0 ? null : (language == "en" ? MailLanguage.English : MailLanguage.Dutch).Money(amount, business.Currency);
}
