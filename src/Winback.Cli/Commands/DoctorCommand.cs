using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Winback.Cli.Cloud;
using Winback.Cli.Doctor;

namespace Winback.Cli.Commands;

/// <summary><c>winback doctor</c>: what is wrong with the set-up, and the remedy.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var app = new Option<string?>("--app") { Description = "Also ask the app at this address how it is.", HelpName = "URL" };
        var wait = Screens.WaitOption("With --app: how long to ask again until the app is well, for one that was just deployed; 0 to 3600. Default 0.");
        var json = Screens.JsonOption();
        Screens.RequireAddress(app);
        var command = new Command(
            "doctor", "Look at settings and their secrets, storage and roles, clock, campaigns, the last scan, poison queues, mail provider and DNS records, and say\n"
            + "what is wrong and the remedy. With --app it is the check after a deployment: no scan yet is no error, another version than this one is a warning. Sends no mail.\n"
            + "Example: winback doctor --app http://127.0.0.1:7071 --wait 120")
        {
            app, wait, json,
        };
        command.SetAction(async (result, cancel) =>
        {
            var configuration = Parts.Configuration(result);
            var health = result.GetValue(app) is { } url ? new AppHealth(new Uri(url), TimeSpan.FromSeconds(result.GetValue(wait) ?? 0), TimeProvider.System) : null;
            var report = await Screens.Screen(result.GetValue(json)).Status().StartAsync("Looking", async _ =>
            {
                var settings = await new References(AzureLogin.OfThisMachine).ResolveAsync(configuration, _ => true, cancel);
                return await new Checkup(settings, health, new DnsClientReader(), TimeProvider.System).RunAsync(cancel);
            });
            if (result.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(report, CommandJson.Default.DoctorReport));
            else Show(report);
            return report.Ok ? 0 : 1;
        });
        return command;
    }

    private static void Show(DoctorReport report)
    {
        var table = new Table().RoundedBorder().AddColumn("").AddColumn("What").AddColumn("How it is, and what to do");
        foreach (var f in report.Findings)
        {
            var (word, colour) = f.State switch
            {
                FindingState.Ok => ("ok", Color.Green),
                FindingState.Warning => ("warning", Color.Yellow),
                _ => ("problem", Color.Red),
            };
            table.AddRow(new Text(word, new Style(colour)), new Text(f.What), new Text(f.Remedy is null ? f.Detail : $"{f.Detail}.\n{f.Remedy}"));
        }
        AnsiConsole.Write(table);
    }
}
