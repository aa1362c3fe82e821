using Winback.Campaigns;
using Winback.Campaigns.Rendering;
using Winback.Customers;
using Winback.Mail;
using Winback.Referrals;

namespace Winback.Outreach;

/// <summary>Makes the mail of a due step: fills the template and registers the codes that go with it.</summary>
public sealed class MailComposer(
    CampaignCatalog catalog, ICodeStore codes, CustomerCodes customerCodes, ReferralCodes referralCodes, Links links, BusinessOptions business, MailOptions mailOptions)
{
    public const string CampaignHeader = "X-Winback-Campaign";
    public const string StepHeader = "X-Winback-Step";

    /// <summary>The same step always gives the same message id, reply address and coupon.</summary>
    public async Task<OutgoingMail> ComposeAsync(CustomerFile file, Campaign campaign, Due due, Moment now, CancellationToken cancel)
    {
        var (customer, profile) = (file.Customer, file.Profile);
        var outreach = OutreachId.Of(customer.Id, campaign.Id, due.Anchor, due.Step.Id);
        await codes.RegisterAsync(CodeKind.Reply, outreach.Value, new CodeOwner(customer.Id, campaign.Id, due.Step.Id, Anchor: due.Anchor), cancel);
        var coupon = campaign.Offer is { } offer ? await customerCodes.CouponAsync(customer, campaign, offer, due, now, cancel) : null;
        var referral = await referralCodes.OfAsync(customer.Id, cancel);
        var unsubscribe = links.Unsubscribe(new UnsubscribeLink(customer.Id.IsAddress ? null : customer.Id, campaign.Class, profile.MailboxKey!));
        var language = LanguageOf(profile);
        var mailLinks = new MailLinks(
            new Uri(unsubscribe), links.Pages(new PageLink(outreach, now.Today)), campaign.ReturnUrl is { } url ? new Uri(url) : null, referral?.Friend, referral?.Code)
        {
            MyReferralsUrl = referral?.Mine,
        };
        var model = MailModels.Of(business, file, campaign, due, now, mailLinks, coupon, language);
        var rendered = catalog.Definition(campaign.Id, campaign.Version).Render(due.Step.Id, language, model);
        return new OutgoingMail(
            $"{outreach}@{mailOptions.FromAddress.Domain}",
            new MailParty(business.Name, mailOptions.FromAddress),
            new MailParty(profile.Name, EmailAddress.Parse(profile.Email)),
            new MailParty(business.Name, links.ReplyAddress(outreach)),
            rendered.Subject, rendered.Html, rendered.Text,
            new Dictionary<string, string>
            {
                // RFC 8058: the POST needs no page, login or cookie.
                ["List-Unsubscribe"] = $"<{unsubscribe}>",
                ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click",
                [CampaignHeader] = campaign.Id,
                [StepHeader] = due.Step.Id,
            },
            new Dictionary<string, string> { ["outreach"] = outreach.Value, ["customer"] = customer.Id.ToString(), ["campaign"] = campaign.Id, ["step"] = due.Step.Id });
    }

    public string LanguageOf(Profile profile) => profile.Language ?? business.Language;
}
