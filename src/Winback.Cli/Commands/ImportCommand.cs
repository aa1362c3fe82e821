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
            "Bring in customers, purchases or subscriptions from a CSV file. The same file twice changes nothing.\n"
            + "Example: winback import purchases till.csv --map \"Kassabon=order\" --decimal comma");
        foreach (var kind in Enum.GetValues<ImportKind>()) command.Add(Create(kind));
        return command;
    }

    private static Command Create(ImportKind kind)
    {
        var file = new Argument<string>("FILE") { Description = "The file. Rows that can't be read go to FILE.rejected.csv, with line and reason." };
        var map = new Option<string[]>("--map")
        {
            Description = $"Which column is which field, as \"Column=field\". May be repeated. Fields: {string.Join(", ", KnownField.Of(kind).Select(f => f.Name))}.",
            DefaultValueFactory = _ => [],
        };
        var decimalSign = new Option<DecimalSign?>("--decimal") { Description = "comma or point, when the file itself does not tell." };
        var json = Screens.JsonOption();
        var command = new Command(Word(kind), $"Import {Word(kind)}.\nExample: winback import {Word(kind)} {Word(kind)}.csv") { file, map, decimalSign, json };
        command.SetAction((result, cancel) => RunAsync(
            result, kind, result.GetRequiredValue(file), result.GetValue(map) ?? [], result.GetValue(decimalSign), result.GetValue(json), cancel));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult command, ImportKind kind, string path, string[] maps, DecimalSign? sign, bool json, CancellationToken cancel)
    {
        await using var parts = Parts.Open(command, Parts.MailboxKey);
        var options = new ImportOptions(kind, path, parts.GetRequiredService<OwnerClock>().Zone) { Maps = maps, DecimalSign = sign };
        var file = ImportFile.Open(options);
        var screen = Screens.Screen(json);
        if (file.Columns.Unused.ToList() is { Count: > 0 } unused)
            screen.WriteLine($"Columns that are passed over: {string.Join(", ", unused)}. Where one is a field, say so with --map \"Column=field\".");
        var counts = await ImportAsync(parts, file, screen, cancel);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(counts, CommandJson.Default.ImportCounts));
        }
        else
        {
            AnsiConsole.WriteLine(Describe(counts));
            if (counts.Rejected > 0) AnsiConsole.WriteLine($"What can't be read is in {options.RejectedPath}: mend it there and import that file.");
        }
        return 0;
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

    private static string Word(ImportKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Unlike Progress&lt;T&gt; it reports at once and in order.</summary>
    private sealed class Callback<T>(Action<T> action) : IProgress<T>
    {
        public void Report(T value) => action(value);
    }
}
