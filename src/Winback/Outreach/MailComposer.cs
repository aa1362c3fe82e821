using Winback.Campaigns;
using Winback.Customers;
using Winback.Mail;

namespace Winback.Outreach;

/// <summary>Makes the mail of a due step.</summary>
public sealed class MailComposer(CampaignCatalog catalog, StepModels models, Links links, BusinessOptions business, MailOptions mailOptions)
{
    public const string CampaignHeader = "X-Winback-Campaign";
    public const string StepHeader = "X-Winback-Step";

    /// <summary>The same step always gives the same message id, reply address and coupon.</summary>
    public async Task<OutgoingMail> ComposeAsync(CustomerFile file, Campaign campaign, Due due, Moment now, CancellationToken cancel)
    {
        var (customer, profile) = (file.Customer, file.Profile);
        var outreach = OutreachId.Of(customer.Id, campaign.Id, due.Anchor, due.Step.Id);
        var model = await models.OfAsync(file, campaign, due, now, cancel);
        var rendered = catalog.Definition(campaign.Id, campaign.Version).Render(due.Step.Id, models.LanguageOf(profile), model);
        return new OutgoingMail(
            $"{outreach}@{mailOptions.FromAddress.Domain}",
            new MailParty(business.Name, mailOptions.FromAddress),
            new MailParty(profile.Name, EmailAddress.Parse(profile.Email)),
            new MailParty(business.Name, links.ReplyAddress(outreach)),
            rendered.Subject, rendered.Html, rendered.Text,
            new Dictionary<string, string>
            {
                // RFC 8058: the POST needs no page, login or cookie.
                ["List-Unsubscribe"] = $"<{model.Links.Unsubscribe.OriginalString}>",
                ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click",
                [CampaignHeader] = campaign.Id,
                [StepHeader] = due.Step.Id,
            },
            new Dictionary<string, string> { ["outreach"] = outreach.Value, ["customer"] = customer.Id.ToString(), ["campaign"] = campaign.Id, ["step"] = due.Step.Id });
    }
}
