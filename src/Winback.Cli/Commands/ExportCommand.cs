using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Winback.Cli.Export;
using Winback.Customers;

namespace Winback.Cli.Commands;

/// <summary>What <c>winback export --json</c> prints.</summary>
internal sealed record Exported(string File, int Rows);

/// <summary><c>winback export WHAT FILE</c>: a table as CSV, for a spreadsheet.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var command = new Command("export", "Write a table as CSV for a spreadsheet. The file holds personal data: keep it only as long as you need it.");
        command.Add(Create(ExportKind.Customers, "Every customer, with the rule's answer of now for each campaign."));
        command.Add(Create(ExportKind.Purchases, "Every sale, of unknown customers too."));
        command.Add(Create(ExportKind.Enrolments, "Who was written to by which campaign, and came back."));
        command.Add(Create(ExportKind.Outreach, "Every mail that left, may have left or failed, without its text."));
        command.Add(Create(ExportKind.Replies, "What customers answered."));
        return command;
    }

    private static Command Create(ExportKind kind, string what)
    {
        var word = kind.ToString().ToLowerInvariant();
        var file = new Argument<string>("FILE") { Description = "The file to write. One that is there is not overwritten, unless --force is given." };
        var force = new Option<bool>("--force") { Description = "Overwrite the file." };
        var json = Screens.JsonOption();
        var command = new Command(word, $"{what}\nExample: winback export {word} {word}.csv") { file, force, json };
        command.SetAction(async (result, cancel) =>
        {
            await using var parts = await Parts.OpenAsync(result, cancel);
            var exported = await WriteAsync(parts, kind, result.GetRequiredValue(file), result.GetValue(force), Screens.Screen(result.GetValue(json)), cancel);
            if (result.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(exported, CommandJson.Default.Exported));
            else AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{exported.Rows} rows in {exported.File}. It holds personal data."));
            return 0;
        });
        return command;
    }

    /// <exception cref="CommandException">The file is there, or cannot be written.</exception>
    public static async Task<Exported> WriteAsync(IServiceProvider parts, ExportKind kind, string path, bool force, IAnsiConsole screen, CancellationToken cancel)
    {
        var (full, rows) = await ExportFile.WriteAsync(path, force, file => WriteAsync(parts, kind, file, screen, cancel));
        return new Exported(full, rows);
    }

    private static async Task<int> WriteAsync(IServiceProvider parts, ExportKind kind, FileStream file, IAnsiConsole screen, CancellationToken cancel)
    {
        await using var csv = new CsvCells(file, parts.GetRequiredService<BusinessOptions>().Language, parts.GetRequiredService<OwnerClock>().Zone);
        var table = await ExportTable.OfAsync(kind, parts, cancel);
        await csv.WriteAsync(table.Headings, cancel);
        var rows = 0;
        await screen.Status().StartAsync("Writing", async status =>
        {
            await foreach (var row in table.Rows.WithCancellation(cancel))
            {
                await csv.WriteAsync(row, cancel);
                if (++rows % 1000 == 0) status.Status(string.Create(CultureInfo.InvariantCulture, $"Writing: {rows} rows"));
            }
        });
        return rows;
    }
}
