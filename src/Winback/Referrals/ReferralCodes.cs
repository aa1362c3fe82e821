using Winback.Customers;
using Winback.Outreach;

namespace Winback.Referrals;

/// <summary>What a customer has to refer friends with.</summary>
/// <param name="Friend">The page on which a friend signs up.</param>
/// <param name="Mine">The page on which the customer sees what came of it; works for <see cref="ValidDays"/> days.</param>
public sealed record ReferralLinks(string Code, Uri Friend, Uri Mine)
{
    public const int ValidDays = 90;
}

/// <summary>Gives customers their referral code and links.</summary>
public sealed class ReferralCodes(ReferralOptions options, CustomerCodes codes, Links links, OwnerClock clock)
{
    /// <returns>Null when nobody can refer anybody.</returns>
    public async Task<ReferralLinks?> OfAsync(CustomerId customer, CancellationToken cancel)
    {
        if (!options.Enabled) return null;
        var code = await codes.ReferralAsync(customer, cancel);
        return new ReferralLinks(code, new Uri(links.Referral(code)), new Uri(links.MyReferrals(code, clock.Now.Today)));
    }
}
