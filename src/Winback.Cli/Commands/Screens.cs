using System.CommandLine;
using Spectre.Console;
using Winback.Customers;

namespace Winback.Cli.Commands;

/// <summary>What every command has.</summary>
internal static class Screens
{
    public static Option<bool> JsonOption() => new("--json") { Description = "Print the result as JSON, and nothing else, on standard output." };

    /// <exception cref="CommandException">It is not one.</exception>
    public static CustomerId Customer(string text) =>
        CustomerId.TryParse(text, out var id, out var problem) ? id : throw new CommandException($"CUSTOMER: {problem}.");

    /// <summary>Where progress and words go: with --json to standard error, so that standard output is JSON alone.</summary>
    public static IAnsiConsole Screen(bool json) =>
        json ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }) : AnsiConsole.Console;
}
