using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Winback.Cli.Cloud;
using Winback.Cli.Commands.Keys;
using Winback.Cli.Local;

namespace Winback.Cli.Commands;

/// <summary>What <c>winback settings pull --json</c> prints: names, never values.</summary>
internal sealed record SettingsPulled(string File, IReadOnlyList<string> Settings, IReadOnlyList<LeftOut> LeftOut);

/// <summary><c>winback settings pull</c>: the app's settings in Azure, as a file for <c>--settings</c>.</summary>
internal static class SettingsCommand
{
    public static Command Create(AzureLogin login) => new("settings", "The settings of the app in Azure.") { Pull(login) };

    private static Command Pull(AzureLogin login)
    {
        var site = new Option<string>("--site")
        {
            Description = "The function app, by its resource id (azd env get-value AZURE_APP_ID).",
            HelpName = "RESOURCE_ID",
            Required = true,
        };
        KeysCommand.RequireSite(site);
        var output = new Option<string>("--out") { Description = "The file to write; one that is there is replaced.", HelpName = "FILE", Required = true };
        var json = Screens.JsonOption();
        var command = new Command(
            "pull", "Write the settings of the app in Azure to a file for --settings. Secrets stay references to Key Vault; one that stands in the open is left\n"
            + "out, and so is what only the app itself can use.\n"
            + "Example: winback settings pull --site /subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-linde/providers/Microsoft.Web/sites/func"
            + " --out azure.json")
        {
            site, output, json,
        };
        command.SetAction(async (result, cancel) =>
        {
            var pulled = PulledSettings.From(await new Site(SiteId.Parse(result.GetRequiredValue(site)), login).SettingsAsync(cancel));
            var file = Path.GetFullPath(result.GetRequiredValue(output));
            RunningState.WriteSettings(file, pulled.Settings);
            if (result.GetValue(json))
            {
                var printed = new SettingsPulled(file, [.. pulled.Settings.Keys], pulled.LeftOut);
                Console.WriteLine(JsonSerializer.Serialize(printed, CommandJson.Default.SettingsPulled));
                return 0;
            }
            foreach (var left in pulled.LeftOut) Console.WriteLine($"{left.Setting} is left out: {left.Why}.");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pulled.Settings.Count} settings in {file}."));
            return 0;
        });
        return command;
    }
}
