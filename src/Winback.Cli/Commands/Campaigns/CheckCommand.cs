using System.CommandLine;
using Spectre.Console;
using Winback.Campaigns;
using Winback.Customers;

namespace Winback.Cli.Commands.Campaigns;

/// <summary><c>winback campaigns check [CAMPAIGN]</c>: what would stop it from being published, and what reads badly.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var ids = new Argument<string[]>("CAMPAIGN") { Description = "Which; several may be named. None: all of the folder.", Arity = ArgumentArity.ZeroOrMore };
        var folder = CampaignDesk.FolderOption();
        var command = new Command("check", "Say what is wrong in campaign.json and the mails, with file, line and remedy. Exit code 1 when something is.\nExample: winback campaigns check restaurant-slow-evening") { ids, folder };
        command.SetAction(result =>
        {
            using var parts = CampaignDesk.OpenOffline();
            var path = CampaignDesk.Folder(result.GetValue(folder));
            var files = result.GetValue(ids) is { Length: > 0 } some ? [.. some.Select(id => CampaignDesk.Files(path, id))] : CampaignFiles.ReadAll(path);
            foreach (var definition in CampaignDefinition.ParseAll(files, parts.GetRequiredService<BusinessOptions>().Website)) AnsiConsole.WriteLine($"{definition.Campaign.Id}: in order ({definition.Campaign.Version})");
            return 0;
        });
        return command;
    }
}
