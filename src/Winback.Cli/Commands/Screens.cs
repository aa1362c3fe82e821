using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Winback.Customers;

namespace Winback.Cli.Commands;

/// <summary>What every command has.</summary>
internal static class Screens
{
    public static Option<bool> JsonOption() => new("--json") { Description = "Print the result as JSON, and nothing else, on standard output." };

    public static Argument<string> CustomerArgument() => new("CUSTOMER") { Description = "The customer number." };

    public static Option<string?> CampaignOption() => new("--campaign") { Description = "Only of this campaign.", HelpName = "ID" };

    public static Option<int?> WaitOption(string description)
    {
        var wait = new Option<int?>("--wait") { Description = description, HelpName = "SECONDS" };
        wait.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 0 or > 3600) result.AddError("--wait: must be 0 to 3600.");
        });
        return wait;
    }

    /// <summary>Has a web address looked at before anything is done.</summary>
    public static void RequireAddress(Option option) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var url, ..] && !(Uri.TryCreate(url.Value, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"))
            result.AddError($"{option.Name}: is not a web address; write it whole, with https://.");
    });

    /// <summary>Prints what was settled.</summary>
    /// <returns>The exit code: 1 when nothing could be.</returns>
    public static int Print(SettledReport report, bool json)
    {
        if (json) Console.WriteLine(JsonSerializer.Serialize(report, CommandJson.Default.SettledReport));
        else report.Show();
        return report.Settled > 0 || report.LeftAlone == 0 ? 0 : 1;
    }

    /// <summary>Says that a single thing was done.</summary>
    /// <returns>The exit code.</returns>
    public static int Done(string what, bool json)
    {
        if (json) Console.WriteLine(JsonSerializer.Serialize(new SettledReport(1, 0, []), CommandJson.Default.SettledReport));
        else AnsiConsole.WriteLine(what);
        return 0;
    }

    /// <exception cref="CommandException">It is not one.</exception>
    public static CustomerId Customer(string text) =>
        CustomerId.TryParse(text, out var id, out var problem) ? id : throw new CommandException($"CUSTOMER: {problem}.");

    /// <summary>Where progress and words go: with --json to standard error, so that standard output is JSON alone.</summary>
    public static IAnsiConsole Screen(bool json) =>
        json ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }) : AnsiConsole.Console;
}
