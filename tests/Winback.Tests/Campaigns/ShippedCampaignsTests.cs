using System.Collections.Immutable;
using Winback.Campaigns;

namespace Winback.Tests.Campaigns;

/// <summary>The campaigns folder as a whole; each test spoils a copy of the one that ships.</summary>
public sealed class ShippedCampaignsTests : IDisposable
{
    private readonly DirectoryInfo _folder = CampaignFolderCopy.Create();

    public void Dispose() => _folder.Delete(true);

    [Fact]
    public void The_campaigns_that_ship_load()
    {
        var campaigns = Switched();
        Assert.Equal(["restaurant-slow-evening", "renewal-reminder"], campaigns.Select(c => c.Id)); // the higher priority first
        Assert.Equal([MessageClass.Marketing, MessageClass.Service], campaigns.Select(c => c.Class));
        Assert.All(campaigns, c => Assert.Matches("^[0-9a-f]{16}$", c.Version));
        Assert.Equal(["coach-follow-up", "renewal-reminder", "restaurant-slow-evening", "we-miss-you"], Load().Definitions.Select(d => d.Campaign.Id)); // the first and the last are switched off
    }

    [Fact]
    public void A_campaign_that_is_switched_off_is_checked_but_not_asked()
    {
        Edit("renewal-reminder/campaign.json", text => text.Replace("\"enabled\": true", "\"enabled\": false", StringComparison.Ordinal));
        Assert.Equal(["restaurant-slow-evening"], Switched().Select(c => c.Id));
        Delete("renewal-reminder/1-day.en.md");
        Assert.Single(Problems());
    }

    [Fact]
    public void The_version_changes_with_every_file_of_the_campaign_and_with_no_other()
    {
        string Version(string id) => Load().Definitions.Single(d => d.Campaign.Id == id).Campaign.Version;
        var (restaurant, renewal) = (Version("restaurant-slow-evening"), Version("renewal-reminder"));
        Assert.Equal(restaurant, Version("restaurant-slow-evening"));
        Edit("restaurant-slow-evening/last-chance.en.md", text => text + "\nPS\n");
        Assert.NotEqual(restaurant, Version("restaurant-slow-evening"));
        Assert.Equal(renewal, Version("renewal-reminder"));
    }

    [Fact]
    public void A_mistake_in_a_partial_is_told_once()
    {
        Edit("partials/greeting.nl.md", _ => "{{ofer.code}}");
        Assert.Equal([$"{PathOf("partials/greeting.nl.md")}, line 1: unknown placeholder {{{{ofer.code}}}}. Did you mean offer.code."], Problems());
    }

    [Fact]
    public void A_campaign_that_tells_the_news_is_not_switched_on_without_any()
    {
        const string file = "we-miss-you/campaign.json";
        Edit(file, text => text.Replace("\"enabled\": false", "\"enabled\": true", StringComparison.Ordinal));
        Assert.Equal(
            from language in new[] { "nl", "en" }
            select $"{PathOf($"we-miss-you/what-is-new.{language}.md")}: tells what is new, but campaign.json does not say; "
                + "add \"news\": { \"nl\": \"...\", \"en\": \"...\" } there before switching it on.",
            Problems());

        Edit(file, text => text.Replace("\"steps\"", "\"news\": { \"nl\": \"Een terras.\", \"en\": \"A terrace.\" }, \"steps\"", StringComparison.Ordinal));
        Assert.Contains("we-miss-you", Switched().Select(c => c.Id));
    }

    [Theory]
    [InlineData("renewal-reminder/7-days.nl.md", "is missing; write it, or copy it from a campaign that ships.")]
    [InlineData("renewal-reminder/campaign.json", "is missing; write it, or copy it from a campaign that ships.")]
    [InlineData("layout.html", "is missing; write it, or copy it from a campaign that ships.")]
    public void A_missing_file_is_named(string file, string remedy)
    {
        Delete(file);
        Assert.Equal([$"{PathOf(file)}: {remedy}"], Problems());
    }

    [Fact]
    public void All_problems_of_all_campaigns_are_told_at_once()
    {
        Delete("renewal-reminder/7-days.nl.md");
        Edit("renewal-reminder/1-day.en.md", _ => "no front matter");
        Edit("restaurant-slow-evening/campaign.json", text => text.Replace("\"months\": 6", "\"months\": 0", StringComparison.Ordinal));
        var problems = Problems();
        Assert.Equal(3, problems.Length);
        Assert.Contains(problems, p => p.StartsWith(PathOf("renewal-reminder/7-days.nl.md"), StringComparison.Ordinal));
        Assert.Contains(problems, p => p.StartsWith(PathOf("renewal-reminder/1-day.en.md"), StringComparison.Ordinal));
        Assert.Contains(problems, p => p.StartsWith(PathOf("restaurant-slow-evening/campaign.json"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("renewal-reminder/1-day.en.md", "{{offer.text}}", "uses the offer, but campaign.json has none")]
    [InlineData("restaurant-slow-evening/invitation.nl.md", "{{subscription.plan}}", "uses the subscription, which only a renewal campaign has")]
    public void A_template_may_use_only_what_its_campaign_has(string file, string placeholder, string problem)
    {
        Edit(file, text => $"{text}\n{placeholder}\n");
        Assert.Contains(Problems(), p => p.StartsWith(PathOf(file), StringComparison.Ordinal) && p.Contains(problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_button_needs_somewhere_to_lead(string? website)
    {
        Edit("restaurant-slow-evening/invitation.nl.md", text => $"{text}\n[Kom terug]({{{{links.return_url}}}})\n");
        var e = Assert.Throws<CampaignException>(() => ShippedCampaigns.Load(_folder.FullName, website));
        Assert.Contains("set Business__Website, or \"returnUrl\" here.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_only_decides_is_not_stopped_by_a_draft_or_a_folder_that_is_not_there()
    {
        Delete("renewal-reminder/1-day.en.md");
        Assert.Equal(
            ["coach-follow-up", "restaurant-slow-evening", "we-miss-you"], ShippedCampaigns.LoadUsable(_folder.FullName, "https://delinde.example").Definitions.Select(d => d.Campaign.Id));
        Assert.Empty(ShippedCampaigns.LoadUsable(PathOf("nowhere"), null).Definitions);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named()
    {
        var e = Assert.Throws<CampaignException>(() => ShippedCampaigns.Load(PathOf("nowhere"), null));
        Assert.Equal($"{PathOf("nowhere")}: there is no such folder; it holds a folder per campaign and layout.html.", e.Message);
    }

    private ImmutableArray<Campaign> Switched() => new CampaignSet(Load().Definitions.Select(d => d.Campaign)).Ordered;

    private ShippedCampaigns Load() => ShippedCampaigns.Load(_folder.FullName, "https://delinde.example/");

    private string[] Problems() => Assert.Throws<CampaignException>(Load).Message.Split(Environment.NewLine);

    private string PathOf(string file) => Path.Combine([_folder.FullName, .. file.Split('/')]);

    private void Delete(string file) => File.Delete(PathOf(file));

    private void Edit(string file, Func<string, string> change) => File.WriteAllText(PathOf(file), change(File.ReadAllText(PathOf(file))));
}
