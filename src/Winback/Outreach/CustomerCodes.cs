using Winback.Campaigns;
using Winback.Customers;

namespace Winback.Outreach;

/// <param name="ValidUntil">The last day on which it works.</param>
public sealed record Coupon(string Code, DateOnly ValidUntil);

/// <summary>The codes that a customer holds and may read out: a coupon per enrolment, one for referrals. The same whenever they are asked for.</summary>
public sealed class CustomerCodes(ICodeStore codes, Links links)
{
    private const int MaxTries = 5;

    /// <summary>One coupon for all steps of an enrolment; its days count from the first mail, however late that left.</summary>
    public async Task<Coupon> CouponAsync(Customer customer, Campaign campaign, Offer offer, Due due, Moment now, CancellationToken cancel)
    {
        var start = due.IsNew ? now.Today : customer.Slot(campaign.Class)?.Started ?? now.Today;
        var validUntil = start.AddDays(offer.ValidDays);
        var code = await CodeAsync(CodeKind.Coupon, Of(customer.Id, campaign.Id, due.Anchor), new CodeOwner(customer.Id, campaign.Id, due.Step.Id, validUntil), cancel);
        return new Coupon(code, validUntil);
    }

    /// <returns>Null when none was made.</returns>
    public async Task<Coupon?> FindCouponAsync(CustomerId customer, string campaign, Anchor anchor, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var code = links.Code(nameof(CodeKind.Coupon), Of(customer, campaign, anchor), attempt);
            if (await codes.FindAsync(CodeKind.Coupon, code, cancel) is not { } owner) return null;
            if (owner.Customer == customer && owner.Campaign == campaign && owner.ValidUntil is { } validUntil) return new Coupon(code, validUntil);
        }
        return null;
    }

    public Task<string> ReferralAsync(CustomerId customer, CancellationToken cancel) =>
        CodeAsync(CodeKind.Referral, customer.Value, new CodeOwner(customer), cancel);

    private static string Of(CustomerId customer, string campaign, Anchor anchor) => $"{customer.Value}|{campaign}|{anchor}";

    /// <summary>A code that is this customer's: another one when somebody else has it, which is rare with 2^40 of them.</summary>
    private async Task<string> CodeAsync(CodeKind kind, string of, CodeOwner owner, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var code = links.Code(kind.ToString(), of, attempt);
            var registered = await codes.RegisterAsync(kind, code, owner, cancel);
            if (registered.Customer == owner.Customer && registered.Campaign == owner.Campaign) return code;
        }
        throw new InvalidOperationException($"No free {kind} code for customer {owner.Customer}.");
    }
}
