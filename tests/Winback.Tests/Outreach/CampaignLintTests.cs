using System.Collections.Immutable;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Outreach;
using Winback.Tests.Campaigns;
using Winback.Tests.Campaigns.Rendering;

namespace Winback.Tests.Outreach;

public sealed class CampaignLintTests : IDisposable
{
    private static readonly BusinessOptions Business = Owner("030 123 45 67");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("winback-lint-");

    public void Dispose() => _folder.Delete(true);

    public static TheoryData<string> Campaigns() => [.. Shipped().Select(d => d.Campaign.Id)];

    [Theory]
    [MemberData(nameof(Campaigns))]
    public void A_campaign_that_ships_is_free_of_findings(string id)
    {
        foreach (var business in new[] { Business, Owner(phone: null) })
            Assert.Empty(CampaignLint.Check(Shipped().Single(d => d.Campaign.Id == id), business, Given.Now));
    }

    [Fact]
    public void What_goes_wrong_for_some_customers_only_is_found_and_told_once()
    {
        File.Copy(Path.Combine(SampleMails.Campaigns, "layout.html"), Path.Combine(_folder.FullName, "layout.html"));
        var campaign = _folder.CreateSubdirectory("tried").FullName;
        File.WriteAllText(
            Path.Combine(campaign, "campaign.json"),
            """{ "kind": "inactive", "audience": { "months": 6 }, "steps": [{ "id": "one" }] }""");
        File.WriteAllText(Path.Combine(campaign, "one.en.md"), "---\nsubject: Hello\npreheader: There\n---\nText");
        File.WriteAllText(
            Path.Combine(campaign, "one.nl.md"),
            "---\nsubject: 'Dag{{#if customer.first_name}} {{customer.first_name}}{{/if}}'\npreheader: Hoe is het\n---\n"
            + "Beste {{#if customer.first_name}}{{customer.first_name}}{{/if}},\n\nKom je weer? [](http://x.example)");

        var findings = CampaignLint.Check(CampaignDefinition.Parse(CampaignFiles.Read(_folder.FullName, "tried"), Business.Website), Business, Given.Now);

        Assert.Equal(
            [
                ("tried/one.nl.md", "link-without-words", "somebody of whom all is known"),
                ("tried/one.nl.md", "link-without-https", "somebody of whom all is known"),
                ("tried/one.nl.md", "gap", "somebody of whom nothing is known"),
            ],
            findings.Select(f => (f.File, f.Finding.Rule.Id, f.Recipient.Name)));
        Assert.StartsWith(
            "tried/one.nl.md, for somebody of whom nothing is known: text: \"Beste ,\" misses", findings[^1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_needs_neither_preheader_nor_unsubscribe_link_and_its_gaps_are_found()
    {
        File.Copy(Path.Combine(SampleMails.Campaigns, "layout.html"), Path.Combine(_folder.FullName, "layout.html"));
        var campaign = _folder.CreateSubdirectory("tried").FullName;
        File.WriteAllText(
            Path.Combine(campaign, "campaign.json"),
            """{ "kind": "inactive", "audience": { "months": 6 }, "steps": [{ "id": "one", "channel": "phone" }] }""");
        File.WriteAllText(Path.Combine(campaign, "one.en.md"), "---\nsubject: A PURPOSE THAT SHOUTS AND IS A GOOD DEAL LONGER THAN A SUBJECT MAY BE!!\n---\nText");
        File.WriteAllText(Path.Combine(campaign, "one.nl.md"), "---\nsubject: Bel\n---\nZeg dag {{#if customer.first_name}}{{customer.first_name}}{{/if}}, en luister.");

        var finding = Assert.Single(CampaignLint.Check(CampaignDefinition.Parse(CampaignFiles.Read(_folder.FullName, "tried"), Business.Website), Business, Given.Now));

        Assert.Equal(
            "tried/one.nl.md, for somebody of whom nothing is known: text: \"Zeg dag , en luister.\" misses something. Put the words around it between {{#if x}} and {{/if}} too.", finding.ToString());
    }

    [Fact]
    public void The_made_up_customers_go_to_the_edges_of_what_is_known()
    {
        var campaign = Given.Inactive();
        var models = SampleRecipients.For(Given.Now)
            .Select(recipient => SampleRecipients.Model(Business, recipient.File, campaign, campaign.Steps[0], Given.Now, "nl")).ToList();

        Assert.Equal([7, 0, 1, 24], models.Select(model => model.AwayMonths));
        Assert.Equal(["Sanne", null, "O"], models.Take(3).Select(model => model.Customer.FirstName));
        Assert.Equal(60, models[3].Customer.FirstName!.Length);
        Assert.Equal([12, 0, 1, 1234], models.Select(model => model.Visits));
        Assert.Equal("Hier komt wat er nieuw is.", models[0].News); // the campaign has none
    }

    [Theory]
    [InlineData(0, 30)]
    [InlineData(2, 1)]
    public void A_made_up_subscription_ends_when_the_step_says(int step, int daysLeft)
    {
        var campaign = Given.Reminder();
        var recipient = SampleRecipients.For(Given.Now)[0];
        var model = SampleRecipients.Model(Business, recipient.File, campaign, campaign.Steps[step], Given.Now, "nl");
        Assert.Equal((daysLeft, "Fit & Vrij"), (model.Subscription!.DaysLeft, model.Subscription.Plan));
    }

    [Fact]
    public void A_real_customer_without_a_subscription_shows_a_reminder_with_a_made_up_one()
    {
        var (campaign, file) = (Given.Reminder(), new CustomerFile(Given.Customer(), new Profile("Jan"), ""));
        var model = SampleRecipients.Model(Business, file, campaign, campaign.Steps[1], Given.Now, "nl");
        Assert.Equal(("Jan", 7), (model.Customer.Name, model.Subscription!.DaysLeft));
    }

    private static BusinessOptions Owner(string? phone) => new()
    {
        Name = "Eetkamer De Linde",
        PostalAddress = "Lindelaan 12, 3581 AB Utrecht",
        Website = "https://delinde.example/",
        LogoUrl = "https://delinde.example/logo.png",
        Phone = phone,
    };

    private static ImmutableArray<CampaignDefinition> Shipped() => ShippedCampaigns.Load(SampleMails.Campaigns, Business.Website).Definitions;
}
