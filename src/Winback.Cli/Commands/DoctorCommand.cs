using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Winback.Cli.Doctor;

namespace Winback.Cli.Commands;

/// <summary><c>winback doctor</c>: what is wrong with the set-up, and the remedy.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var app = new Option<string?>("--app") { Description = "Also ask the app at this address how it is.", HelpName = "URL" };
        var json = Screens.JsonOption();
        app.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"))
                result.AddError("--app: is not a web address; write it whole, with https://.");
        });
        var command = new Command(
            "doctor", "Look at settings, storage, mail provider, DNS records, clock and campaigns, and say what is wrong and the remedy. Sends no mail.\n"
            + "Example: winback doctor --app http://127.0.0.1:7071")
        {
            app, json,
        };
        command.SetAction(async (result, cancel) =>
        {
            var checkup = new Checkup(
                Parts.Configuration(result), result.GetValue(app) is { } url ? new Uri(url) : null, new DnsClientReader(), TimeProvider.System);
            var report = await Screens.Screen(result.GetValue(json)).Status().StartAsync("Looking", _ => checkup.RunAsync(cancel));
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
