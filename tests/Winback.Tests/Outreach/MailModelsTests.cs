using Winback.Campaigns;
using Winback.Campaigns.Rendering;
using Winback.Customers;
using Winback.Outreach;
using Winback.Tests.Campaigns;
using Winback.Tests.Campaigns.Rendering;

namespace Winback.Tests.Outreach;

public sealed class MailModelsTests
{
    private static readonly BusinessOptions Business = new() { Name = "Eetkamer De Linde", PostalAddress = "Lindelaan 12, 3581 AB Utrecht" };

    [Theory] // Today is 13 October 2026.
    [InlineData(null, null, 0)]
    [InlineData("2026-10-13", "2026-10-13", 0)]
    [InlineData("2026-09-14", "2026-09-14", 0)] // tomorrow it is a month
    [InlineData("2026-09-13", "2026-09-13", 1)]
    [InlineData("2024-10-13", "2024-10-13", 24)]
    [InlineData("2026-10-20", null, 0)] // a booking is no visit yet
    public void A_mail_knows_how_long_somebody_was_away(string? lastVisit, string? expected, int months)
    {
        var model = Model(Business, Given.Customer() with { LastVisit = lastVisit is null ? null : Given.Day(lastVisit) });
        Assert.Equal((expected is null ? null : Given.Day(expected), months), (model.LastVisit, model.AwayMonths));
    }

    [Fact]
    public void A_mail_looks_as_the_owner_set_it()
    {
        var business = new BusinessOptions
        {
            Name = Business.Name,
            PostalAddress = Business.PostalAddress,
            LogoUrl = "https://delinde.example/logo.png",
            AccentColour = "#B3431E",
            Currency = "GBP",
        };
        var model = Model(business, Given.Customer()).Business;
        Assert.Equal(
            (new Uri("https://delinde.example/logo.png"), Colour.Parse("#b3431e"), "GBP"), (model.LogoUrl, model.Colours.Accent, model.Currency));
        Assert.Equal((null, MailColours.Default, "EUR"), (Model(Business, Given.Customer()).Business.LogoUrl, Business.Colours, Business.Currency));
    }

    private static MailModel Model(BusinessOptions business, Customer customer)
    {
        var campaign = Given.Inactive();
        var links = new MailLinks(new Uri("https://winback.example/api/unsubscribe/x"), SampleMails.Pages, null, null, null);
        var due = new Due(campaign.Id, "v1", campaign.Steps[0], new Anchor("", Given.Now.Today), true, "");
        return MailModels.Of(business, new CustomerFile(customer, new Profile(), ""), campaign, due, Given.Now, links, null, "nl");
    }
}
