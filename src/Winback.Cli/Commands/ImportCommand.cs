using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Winback.Customers;
using Winback.Customers.Import;
using Winback.Intake;

namespace Winback.Cli.Commands;

/// <summary><c>winback import customers|purchases|subscriptions FILE</c></summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var command = new Command(
            "import",
            "Bring in customers, purchases or subscriptions from a text file (CSV and the like) or an Excel workbook. The same file twice changes nothing.\n"
            + "Examples: winback import purchases till.csv --map \"Kassabon=order\" --decimal comma\n"
            + "          winback import customers members.xlsx --interactive\n"
            + "          winback import purchases sales.txt --separator space --columns customer,-,date,-,amount");
        foreach (var kind in Enum.GetValues<ImportKind>()) command.Add(new ImportArguments(kind).ToCommand(RunAsync));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult command, Func<TimeZoneInfo, ImportOptions> given, bool interactive, bool json, CancellationToken cancel)
    {
        if (interactive && json) throw new CommandException("--interactive shows its questions where --json prints. Use one of them.");
        if (interactive && (Console.IsInputRedirected || !AnsiConsole.Profile.Capabilities.Interactive))
            throw new CommandException("--interactive asks questions and there is no terminal to answer them on. Say what a column is with --map \"Column=field\".");

        await using var parts = await Parts.OpenUnguardedAsync(command, cancel, Parts.MailboxKey);
        var options = given(parts.GetRequiredService<OwnerClock>().Zone);
        var screen = Screens.Screen(json);
        if (interactive)
        {
            if (await new ImportDialog(screen).AskAsync(options, cancel) is not { } agreed) return 0;
            options = agreed;
            ShowCommand(Console.Out, "The same without questions:", options);
        }
        var file = ImportFile.Open(options);
        screen.WriteLine($"{Path.GetFileName(options.Path)}: {file.Description}.");
        if (file.Columns.Unused.ToList() is { Count: > 0 } unused)
            screen.WriteLine($"Columns that are passed over: {string.Join(", ", unused)}. Where one is a field, say so with --map \"Column=field\".");
        var counts = await ImportAsync(parts, file, screen, cancel);
        Console.WriteLine(json ? JsonSerializer.Serialize(counts, CommandJson.Default.ImportCounts) : Describe(counts));
        if (counts.Rejected > 0)
            ShowCommand(json ? Console.Error : Console.Out, $"What can't be read is in {options.RejectedPath}, with its line and the reason. Mend it there and run:", file.ForRejected);
        return 0;
    }

    /// <summary>On a line of its own that nothing breaks, to be copied.</summary>
    private static void ShowCommand(TextWriter writer, string words, ImportOptions options)
    {
        writer.WriteLine(words);
        writer.WriteLine("  " + ImportCommandText.Of(options));
    }

    /// <summary>Imports with a progress bar.</summary>
    /// <exception cref="SettingsException">The mailbox key or the time zone is not that of this storage account.</exception>
    public static async Task<ImportCounts> ImportAsync(IServiceProvider parts, ImportFile file, IAnsiConsole screen, CancellationToken cancel)
    {
        await parts.GetRequiredService<InstallationGuard>().ClaimAsync(cancel);
        var importer = new Importer(parts.GetRequiredService<CustomerBook>());
        return await screen.Progress().AutoClear(true).StartAsync(async progress =>
        {
            var bar = progress.AddTask(Path.GetFileName(file.Options.Path).EscapeMarkup(), maxValue: 1);
            var report = new Callback<ImportProgress>(p => bar.Value = p.TotalBytes == 0 ? 1 : (double)p.BytesRead / p.TotalBytes);
            return await importer.RunAsync(file, report, cancel);
        });
    }

    public static string Describe(ImportCounts c) => string.Create(CultureInfo.InvariantCulture,
        $"read {c.Read}, added {c.Added}, changed {c.Changed}, unchanged {c.Unchanged}, parked {c.Parked}, rejected {c.Rejected}");

    /// <summary>Unlike Progress&lt;T&gt; it reports at once and in order.</summary>
    private sealed class Callback<T>(Action<T> action) : IProgress<T>
    {
        public void Report(T value) => action(value);
    }
}
