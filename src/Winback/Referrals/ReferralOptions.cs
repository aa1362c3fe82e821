using Winback.Hosting;

namespace Winback.Referrals;

/// <summary>Settings under <c>Referrals</c>: what customers and their friends get for it.</summary>
public sealed class ReferralOptions : ICheckedOptions
{
    private const decimal MaxReward = 100_000m;
    private const int MaxCap = 1000;

    /// <summary>Whether customers can refer friends. When false, mails have neither code nor link and nobody can sign up. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>What the customer gets for a friend, in <c>Business__Currency</c>. 0 to 100000, with a decimal point. Default 0: thanks, and no reward.</summary>
    public decimal ReferrerReward { get; set; }

    /// <summary>What the friend gets, in <c>Business__Currency</c>. 0 to 100000, with a decimal point. Default 0: a welcome, and no reward.</summary>
    public decimal FriendReward { get; set; }

    /// <summary>How long a purchase can be given back: rewards are earned on the day after. Whole days, 0 to 90. Default 14 days.</summary>
    public TimeSpan RefundPeriod { get; set; } = TimeSpan.FromDays(14);

    /// <summary>How long after signing up the friend's first purchase counts. Whole days, 1 to 1095. Default 365 days.</summary>
    public TimeSpan ValidFor { get; set; } = TimeSpan.FromDays(365);

    /// <summary>For how many friends a customer is rewarded in a calendar year; friends get theirs all the same. 1 to 1000. Default 10.</summary>
    public int MaxPerYear { get; set; } = 10;

    /// <summary>Whether the friend's page says the first name of the customer who invites. Default true.</summary>
    public bool ShowReferrer { get; set; } = true;

    public IEnumerable<string> Problems()
    {
        if (ReferrerReward is < 0 or > MaxReward) yield return $"Referrals__ReferrerReward: {ReferrerReward} is out of range; 0 to {MaxReward}";
        if (FriendReward is < 0 or > MaxReward) yield return $"Referrals__FriendReward: {FriendReward} is out of range; 0 to {MaxReward}";
        if (!IsDays(RefundPeriod, 0, 90)) yield return "Referrals__RefundPeriod: must be whole days, 0.00:00:00 to 90.00:00:00";
        if (!IsDays(ValidFor, 1, 1095)) yield return "Referrals__ValidFor: must be whole days, 1.00:00:00 to 1095.00:00:00";
        if (MaxPerYear is < 1 or > MaxCap) yield return $"Referrals__MaxPerYear: {MaxPerYear} is out of range; 1 to {MaxCap}";
    }

    private static bool IsDays(TimeSpan length, int least, int most) =>
        length.Ticks % TimeSpan.TicksPerDay == 0 && length.Days >= least && length.Days <= most;
}
