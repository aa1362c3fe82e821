using Winback.Campaigns;
using Winback.Campaigns.Rendering;
using Winback.Customers;

namespace Winback.Outreach;

/// <summary>A made-up customer to try a mail on.</summary>
/// <param name="Name">For people: "somebody of whom all is known".</param>
/// <param name="IsTypical">Its values are as long as most are, so the length of a subject may be judged by it.</param>
public sealed record SampleRecipient(string Name, CustomerFile File, bool IsTypical = false);

/// <summary>Made-up customers with whom a mail shows what it looks like, and where it would go wrong. Pure.</summary>
public static class SampleRecipients
{
    private const string UsualPlan = "Fit & Vrij";
    private const string LongName = "Maximiliaan-Alexander van der Wouden-Hoogendoorn tot Zuylens"; // 60 letters

    private static readonly MailPages Pages = new(
        new Uri("https://winback.example/api/reason/preview"), new Uri("https://winback.example/api/return/preview"),
        new Uri("https://winback.example/api/call/preview"), new Uri("https://winback.example/api/preferences/preview"));

    /// <summary>The first one is for showing a mail; together they are what a mail should survive.</summary>
    public static IReadOnlyList<SampleRecipient> For(Moment now) =>
    [
        new("somebody of whom all is known", File(now, "Sanne de Vries", "Sanne", monthsAway: 7, visits: 12, UsualPlan), IsTypical: true),
        new("somebody of whom nothing is known", File(now, name: null, firstName: null, monthsAway: null, visits: 0, "Basis"), IsTypical: true),
        new("the shortest values", File(now, "O", "O", monthsAway: 1, visits: 1, "S")),
        new("the longest values", File(now, LongName, LongName, monthsAway: 24, visits: 1234, LongName)),
    ];

    /// <summary>A step's mail for a made-up or a real customer, with links and codes that lead nowhere.</summary>
    public static MailModel Model(BusinessOptions business, CustomerFile file, Campaign campaign, Step step, Moment now, string language)
    {
        var anchor = new Anchor("", file.Customer.LastVisit ?? now.Today);
        var shown = file;
        if (campaign.Audience is RenewalAudience)
        {
            // The days left are those of the step, whatever the subscription says; and a real customer may have none.
            var known = file.Customer.Subscriptions.FirstOrDefault() ?? Subscription(now, UsualPlan);
            var subscription = known with { RenewalDate = now.Today.AddDays(step.Days) };
            anchor = new Anchor(subscription.Number, subscription.RenewalDate);
            shown = file with { Customer = file.Customer with { Subscriptions = [subscription] } };
        }
        var links = new MailLinks(
            new Uri("https://winback.example/api/unsubscribe/preview"), Pages, campaign.ReturnUrl is { } url ? new Uri(url) : null,
            new Uri("https://winback.example/api/r/0FRIEND"), "0FRIEND")
        {
            MyReferralsUrl = new Uri("https://winback.example/api/referrals/mine/preview"),
        };
        var coupon = campaign.Offer is { } offer ? new Coupon("0COUPON", now.Today.AddDays(offer.ValidDays)) : null;
        var model = MailModels.Of(business, shown, campaign, new Due(campaign.Id, campaign.Version, step, anchor, true, ""), now, links, coupon, language);
        return model with { News = model.News ?? NewsToCome(language) };
    }

    // For a campaign that is switched off and has none yet.
    private static string NewsToCome(string language) => language == "nl" ? "Hier komt wat er nieuw is." : "What is new will stand here.";

    private static CustomerFile File(Moment now, string? name, string? firstName, int? monthsAway, int visits, string plan) => new(
        new Customer
        {
            Id = CustomerId.Parse("preview"),
            HasUsableAddress = true,
            MarketingPermission = true,
            LastVisit = monthsAway is { } months ? now.Today.AddMonths(-months) : null,
            Visits = visits,
            Subscriptions = [Subscription(now, plan)],
        },
        new Profile(name, firstName, "sanne@example.com"), "");

    private static Subscription Subscription(Moment now, string plan) => new("preview", plan, now.Today.AddYears(-1), now.Today.AddDays(7), false);
}
