using Winback.Campaigns;
using Winback.Campaigns.Rendering;
using Winback.Customers;
using Winback.Outreach;

namespace Winback.Cli.Commands.Campaigns;

/// <summary>A campaign's mails for one customer, made up or real, with links and codes that lead nowhere.</summary>
internal sealed class CampaignSamples(MailComposer composer, CampaignDefinition definition, CustomerFile file, Moment now)
{
    private const string Code = "0PREVIEW";

    public static CustomerFile MadeUp(Campaign campaign, Moment now) => new(
        new Customer
        {
            Id = CustomerId.Parse("preview"),
            HasUsableAddress = true,
            MarketingPermission = true,
            LastVisit = now.Today.AddMonths(-7),
            Subscriptions = campaign.Audience is RenewalAudience
                ? [new Subscription("preview", "Fit & Vrij", now.Today.AddYears(-1), now.Today.AddDays(7), false)]
                : [],
        },
        new Customers.Profile("Sanne de Vries", "Sanne", "sanne@example.com"), "");

    public RenderedMail Render(Step step, string language)
    {
        var campaign = definition.Campaign;
        var anchor = campaign.Audience is RenewalAudience
            ? new Anchor(file.Customer.Subscriptions.FirstOrDefault()?.Number ?? "", now.Today.AddDays(step.Days))
            : new Anchor("", file.Customer.LastVisit ?? now.Today);
        // The days left are those of the step, not those of the made-up subscription.
        var subscriptions = file.Customer.Subscriptions.Select(s => s.Number == anchor.Subject ? s with { RenewalDate = anchor.Date } : s);
        var shown = file with { Customer = file.Customer with { Subscriptions = [.. subscriptions] } };
        var links = new MailLinks(new Uri("https://winback.example/api/unsubscribe/preview"), campaign.ReturnUrl is { } url ? new Uri(url) : null, null, Code);
        var coupon = campaign.Offer is { } offer ? new Coupon(Code, now.Today.AddDays(offer.ValidDays)) : null;
        var due = new Due(campaign.Id, campaign.Version, step, anchor, true, "");
        return definition.Render(step.Id, language, composer.Model(shown, campaign, due, now, links, coupon, language));
    }
}
