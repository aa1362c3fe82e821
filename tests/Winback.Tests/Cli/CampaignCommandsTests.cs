using System.Text.Json.Nodes;
using Winback.Campaigns;
using Winback.Cli;
using Winback.Cli.Commands.Campaigns;
using Winback.Tests.Campaigns;

namespace Winback.Tests.Cli;

/// <summary>Writing a campaign on this machine.</summary>
public sealed class CampaignCommandsTests : IDisposable
{
    private const string Like = "restaurant-slow-evening";
    private readonly DirectoryInfo _folder = CampaignFolderCopy.Create();

    public void Dispose() => _folder.Delete(true);

    [Fact]
    public void A_new_campaign_is_a_copy_that_is_switched_off_and_in_order()
    {
        var path = NewCommand.Make(_folder.FullName, "spring-menu", Like);
        Assert.Equal(
            Directory.EnumerateFiles(Path.Combine(_folder.FullName, Like)).Select(Path.GetFileName).Order(),
            Directory.EnumerateFiles(path).Select(Path.GetFileName).Order());
        Assert.False((bool)JsonNode.Parse(File.ReadAllText(Path.Combine(path, "campaign.json")))!["enabled"]!);
        var made = CampaignDefinition.Parse(CampaignFiles.Read(_folder.FullName, "spring-menu"), "https://delinde.example").Campaign;
        Assert.Equal(("spring-menu", false), (made.Id, made.Enabled));
    }

    [Fact]
    public void What_its_owner_wrote_keeps_its_signs()
    {
        var path = NewCommand.Make(_folder.FullName, "spring-menu", Like);
        Assert.Contains("€ 37,50", File.ReadAllText(Path.Combine(path, "campaign.json")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Spring", "use 1 to 50 of a-z, 0-9 and -")]
    [InlineData("../spring", "use 1 to 50 of a-z, 0-9 and -")]
    [InlineData("renewal-reminder", "is there already")]
    public void A_name_that_cannot_be_used_is_refused(string id, string problem) =>
        Assert.Contains(problem, Assert.Throws<CommandException>(() => NewCommand.Make(_folder.FullName, id, Like)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{ broken", "winback campaigns check restaurant-slow-evening")]
    [InlineData("[]", "winback campaigns check restaurant-slow-evening")]
    [InlineData("null", "winback campaigns check restaurant-slow-evening")]
    [InlineData(null, "campaign.json: is missing")]
    public void A_broken_campaign_cannot_be_copied_and_nothing_is_left_of_it(string? definition, string problem)
    {
        var file = Path.Combine(_folder.FullName, Like, "campaign.json");
        if (definition is null) File.Delete(file);
        else File.WriteAllText(file, definition);

        var e = Assert.ThrowsAny<Exception>(() => NewCommand.Make(_folder.FullName, "spring-menu", Like));
        Assert.True(e is CommandException or CampaignException);
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.FullName, "spring-menu")));
    }

    [Fact]
    public void What_an_editor_keeps_beside_the_campaigns_is_none()
    {
        _folder.CreateSubdirectory(".vscode");
        Assert.DoesNotContain(CampaignFiles.ReadAll(_folder.FullName), files => files.Id == ".vscode");
    }

    [Fact]
    public void Of_a_campaign_that_is_not_there_the_others_are_named()
    {
        var e = Assert.Throws<CommandException>(() => CampaignDesk.Files(_folder.FullName, "spring"));
        Assert.Contains("There are: coach-follow-up, renewal-reminder, restaurant-slow-evening, we-miss-you", e.Message, StringComparison.Ordinal);
        Assert.Contains("winback campaigns new spring", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_preview_shows_every_mail_wide_narrow_and_as_text_and_nothing_of_it_is_markup()
    {
        var page = PreviewPage.Write("menu", [new PreviewedMail("invitation", "nl", "<b>Hoi</b>", "menu.invitation.nl.html", "Dag <script>", ["Warning: <i>"])]);
        Assert.Contains("&lt;b&gt;Hoi&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.Contains("<pre>Dag &lt;script&gt;</pre>", page, StringComparison.Ordinal);
        Assert.Contains("<p>Warning: &lt;i&gt;</p>", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("src=\"menu.invitation.nl.html\"").Length - 1);
    }

    [Fact]
    public void The_preview_shows_of_a_call_what_to_say_and_no_mail()
    {
        var page = PreviewPage.Write("coach", [new PreviewedMail("catch-up", "nl", "Horen hoe het gaat", null, "Zeg dag", [])]);
        Assert.Contains("<small>catch-up, a call, nl,", page, StringComparison.Ordinal);
        Assert.Contains("<pre>Zeg dag</pre>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<iframe", page, StringComparison.Ordinal);
    }
}
