using System.CommandLine;
using Spectre.Console;

namespace Winback.Cli.Commands;

/// <summary>What every command has.</summary>
internal static class Screens
{
    public static Option<bool> JsonOption() => new("--json") { Description = "Print the result as JSON, and nothing else, on standard output." };

    /// <summary>Where progress and words go: with --json to standard error, so that standard output is JSON alone.</summary>
    public static IAnsiConsole Screen(bool json) =>
        json ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }) : AnsiConsole.Console;
}
