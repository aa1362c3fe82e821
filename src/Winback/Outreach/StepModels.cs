using Winback.Campaigns;
using Winback.Campaigns.Rendering;
using Winback.Customers;
using Winback.Referrals;

namespace Winback.Outreach;

/// <summary>What a due step may say about a customer; the codes and links in it are registered. The same step always has the same ones.</summary>
public sealed class StepModels(ICodeStore codes, CustomerCodes customerCodes, ReferralCodes referralCodes, Links links, BusinessOptions business)
{
    public async Task<MailModel> OfAsync(CustomerFile file, Campaign campaign, Due due, Moment now, CancellationToken cancel)
    {
        var (customer, profile) = (file.Customer, file.Profile);
        var outreach = OutreachId.Of(customer.Id, campaign.Id, due.Anchor, due.Step.Id);
        await codes.RegisterAsync(CodeKind.Reply, outreach.Value, new CodeOwner(customer.Id, campaign.Id, due.Step.Id, Anchor: due.Anchor), cancel);
        var coupon = campaign.Offer is { } offer ? await customerCodes.CouponAsync(customer, campaign, offer, due, now, cancel) : null;
        var referral = await referralCodes.OfAsync(customer.Id, cancel);
        var pages = links.Pages(new PageLink(outreach, now.Today));
        // Who is called may have no mailbox to unsubscribe: the page of preferences stops everything too.
        var unsubscribe = profile.MailboxKey is { } key
            ? new Uri(links.Unsubscribe(new UnsubscribeLink(customer.Id.IsAddress ? null : customer.Id, campaign.Class, key))) : pages.Preferences;
        var modelLinks = new MailLinks(unsubscribe, pages, campaign.ReturnUrl is { } url ? new Uri(url) : null, referral?.Friend, referral?.Code)
        {
            MyReferralsUrl = referral?.Mine,
        };
        return MailModels.Of(business, file, campaign, due, now, modelLinks, coupon, LanguageOf(profile));
    }

    public string LanguageOf(Profile profile) => profile.Language ?? business.Language;
}
