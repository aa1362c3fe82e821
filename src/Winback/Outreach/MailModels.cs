using Winback.Campaigns;
using Winback.Campaigns.Rendering;
using Winback.Customers;

namespace Winback.Outreach;

/// <summary>What a template may say about a customer, from what is known of him. Pure.</summary>
public static class MailModels
{
    public static MailModel Of(
        BusinessOptions business, CustomerFile file, Campaign campaign, Due due, Moment now, MailLinks links, Coupon? coupon, string language)
    {
        var (customer, profile) = (file.Customer, file.Profile);
        DateOnly? lastVisit = customer.LastVisit is { } day && day <= now.Today ? day : null;
        var subscription = customer.Subscriptions.FirstOrDefault(s => s.Number == due.Anchor.Subject);
        return new MailModel(
            campaign.Class,
            new MailCustomer(profile.FirstName, profile.Name),
            Of(business),
            lastVisit is { } last ? WholeMonths(last, now.Today) : 0,
            coupon is not null && campaign.Offer is { } offer ? Of(offer, coupon, language) : null,
            subscription is null
                ? null
                : new MailSubscription(subscription.Plan, subscription.RenewalDate, subscription.RenewalDate.DayNumber - now.Today.DayNumber),
            links)
        {
            LastVisit = lastVisit,
            Visits = customer.Visits,
            News = campaign.News?[language],
        };
    }

    public static MailOffer Of(Offer offer, Coupon coupon, string language) =>
        new(offer.Text[language], offer.Evenings.IsEmpty ? Enum.GetValues<DayOfWeek>() : offer.Evenings, coupon.Code, coupon.ValidUntil);

    public static MailBusiness Of(BusinessOptions business) => new(business.Name, business.PostalAddress, Address(business.Website), business.Phone)
    {
        Colours = business.Colours,
        LogoUrl = Address(business.LogoUrl),
        Currency = business.Currency,
    };

    private static Uri? Address(string? text) => text is { Length: > 0 } ? new Uri(text) : null;

    private static int WholeMonths(DateOnly from, DateOnly to)
    {
        var months = ((to.Year - from.Year) * 12) + to.Month - from.Month;
        return Math.Max(0, from.AddMonths(months) > to ? months - 1 : months);
    }
}
