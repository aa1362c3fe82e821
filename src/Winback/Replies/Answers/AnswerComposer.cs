using System.Text.RegularExpressions;
using Winback.Campaigns;
using Winback.Campaigns.Rendering;
using Winback.Customers;
using Winback.Mail;
using Winback.Outreach;
using Winback.Referrals;
using Winback.Replies.Reading;

namespace Winback.Replies.Answers;

/// <summary>Makes the mail that answers a reply. The same answer to the same reply always has the same message id and reply address.</summary>
public sealed partial class AnswerComposer(
    AnswerTexts texts, CustomerCodes customerCodes, ReferralCodes referralCodes, ICodeStore codes, CampaignCatalog catalog, Links links, BusinessOptions business,
    MailOptions mailOptions)
{
    /// <summary>Keeps the answers' ids apart from those of campaigns, whose names have no such sign.</summary>
    private const string Answers = "answer:";

    public async Task<OutgoingMail> ComposeAsync(CustomerFile file, Reply reply, AnswerKind kind, Moment now, CancellationToken cancel)
    {
        var (customer, profile) = (file.Customer, file.Profile);
        var id = OutreachId.Of(customer.Id, Answers + Labels.Of(kind), new Anchor(reply.Id, now.DayOf(reply.ReceivedAt)), "");
        await codes.RegisterAsync(CodeKind.Reply, id.Value, new CodeOwner(customer.Id, reply.Campaign, reply.Step), cancel);
        var language = profile.Language ?? business.Language;
        var campaign = reply.Campaign is { } name ? (await catalog.CurrentAsync(cancel)).Find(name) : null;
        var unsubscribe = links.Unsubscribe(new UnsubscribeLink(customer.Id.IsAddress ? null : customer.Id, MessageClass.Marketing, profile.MailboxKey!));
        var referral = await referralCodes.OfAsync(customer.Id, cancel);
        var model = new MailModel(
            MessageClass.Marketing, new MailCustomer(profile.FirstName, profile.Name), MailModels.Of(business), 0,
            kind == AnswerKind.WayBack && campaign is not null ? await OfferAsync(customer, campaign, language, now, cancel) : null,
            Subscription: null,
            new MailLinks(
                new Uri(unsubscribe), links.Pages(new PageLink(id, now.Today)), (campaign?.ReturnUrl ?? business.Website) is { Length: > 0 } url ? new Uri(url) : null,
                referral?.Friend, referral?.Code)
            {
                MyReferralsUrl = referral?.Mine,
            });
        var rendered = texts.Render(kind, language, model);
        var headers = new Dictionary<string, string>
        {
            ["List-Unsubscribe"] = $"<{unsubscribe}>",
            ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click",
            // RFC 3834 5: so that no machine answers it.
            ["Auto-Submitted"] = "auto-replied",
            [AnswerHeader] = Labels.Of(kind),
        };
        if (reply.MessageId is { } messageId && IsMessageId().IsMatch(messageId)) headers["In-Reply-To"] = headers["References"] = $"<{messageId}>";
        return new OutgoingMail(
            $"{id}@{mailOptions.FromAddress.Domain}", new MailParty(business.Name, mailOptions.FromAddress), new MailParty(profile.Name, EmailAddress.Parse(profile.Email)),
            new MailParty(business.Name, links.ReplyAddress(id)), rendered.Subject, rendered.Html, rendered.Text, headers,
            new Dictionary<string, string> { ["reply"] = reply.Id, ["customer"] = customer.Id.ToString(), ["answer"] = Labels.Of(kind) });
    }

    public const string AnswerHeader = "X-Winback-Answer";

    /// <summary>The coupon that the customer has already; an answer makes none.</summary>
    private async Task<MailOffer?> OfferAsync(Customer customer, Campaign campaign, string language, Moment now, CancellationToken cancel) =>
        campaign.Offer is { } offer && customer.Slot(campaign.Class) is { } slot && slot.Campaign == campaign.Id
        && await customerCodes.FindCouponAsync(customer.Id, campaign.Id, slot.Anchor, cancel) is { } coupon && coupon.ValidUntil >= now.Today
            ? MailModels.Of(offer, coupon, language)
            : null;

    [GeneratedRegex(@"^[!-;=?-~]+@[!-;=?-~]+$")]
    private static partial Regex IsMessageId();
}
