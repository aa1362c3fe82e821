using Winback.Customers;
using Winback.Referrals;

namespace Winback.Tests.Referrals;

/// <summary>Referrals in short: K1 refers F, who is customer K9 by now.</summary>
internal static class GivenReferrals
{
    public static readonly CustomerId Referrer = CustomerId.Parse("k1");

    public static readonly CustomerId Newcomer = CustomerId.Parse("k9");

    public static readonly ReferralOptions Usual = new() { ReferrerReward = 10, FriendReward = 10 };

    /// <summary>12:00 in Amsterdam.</summary>
    public static Moment Noon(string day) =>
        new(Moment.InstantOf(Day(day).ToDateTime(new TimeOnly(12, 0)), TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam")), TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam"));

    public static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", null);

    public static Referral Referral(string signedUp, string referrer = "k1", string friend = "ff00") => new(CustomerId.Parse(referrer), friend, Noon(signedUp).Instant);

    public static Purchase Purchase(string day, decimal amount, string? order = null) => new(Newcomer, Day(day), null, Money.FromAmount(amount), order, null, 0);

    public static ReferralFacts Facts(Referral referral, params Purchase[] purchases) => new(referral, "aa00", "030 123 45 67", [Newcomer], purchases, [], []);

    public static ReferralDecision Decide(ReferralFacts facts, string today, ReferralOptions? options = null) =>
        new ReferralRule(options ?? Usual).Decide([facts], Noon(today))[0];
}
