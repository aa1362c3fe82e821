using System.CommandLine;
using Winback.Campaigns;
using Winback.Cli.Demo;
using Winback.Cli.Local;

namespace Winback.Cli.Commands.Campaigns;

/// <summary>The folder in which the owner writes, and the business that the mails are written for.</summary>
internal static class CampaignDesk
{
    public static Argument<string> IdArgument() => new("CAMPAIGN") { Description = "The name of its folder." };

    public static Option<string?> FolderOption() => new("--folder") { Description = "The folder with a folder per campaign. Default: the setting CampaignFolder, else campaigns/ beside the sources." };

    public static string Folder(string? given) =>
        given ?? (Environment.GetEnvironmentVariable("CampaignFolder") is { Length: > 0 } set ? set : Path.Combine(RepositoryFolder.Find(), "campaigns"));

    /// <exception cref="CommandException">There is no such campaign in the folder.</exception>
    public static CampaignFiles Files(string folder, string id)
    {
        var all = CampaignFiles.ReadAll(folder);
        return all.FirstOrDefault(f => f.Id == id)
            ?? throw new CommandException($"There is no folder {Path.Combine(folder, id)}. There are: {string.Join(", ", all.Select(f => f.Id))}. Make one with: winback campaigns new {id}");
    }

    /// <summary>As what runs here is set up; else as the environment says, and where that says nothing, as the demo's restaurant. Storage is not touched.</summary>
    public static ServiceProvider OpenOffline() => Parts.From(new RunningState().Running ?? new Dictionary<string, string>(DemoSettings.Create())
    {
        ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
        ["Business__PublicBaseUrl"] = "https://winback.example",
        ["Mail__Provider"] = "Pickup",
        ["Mail__PickupFolder"] = Path.GetTempPath(),
    });
}
