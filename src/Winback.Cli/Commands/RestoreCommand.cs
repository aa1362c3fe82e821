using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Winback.Cli.Backup;
using Winback.Customers;
using Winback.Storage;

namespace Winback.Cli.Commands;

/// <summary>What <c>winback restore --json</c> prints.</summary>
/// <param name="WrittenAt">When the backup was begun; what came later is not in it.</param>
/// <param name="Rows">How many rows each table has now.</param>
/// <param name="Added">How many of them were not there yet.</param>
internal sealed record Restored(DateTimeOffset WrittenAt, IReadOnlyDictionary<string, int> Rows, int Added);

/// <summary><c>winback restore FILE</c>: brings a backup back.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "What winback backup wrote. It is checked to its end before a row is written." };
        var json = Screens.JsonOption();
        var command = new Command(
            "restore",
            "Bring a backup back, into a storage account whose tables are empty. It only adds rows and changes none: an account that "
            + "the app was at work in is refused, and a restore that was stopped is completed by running it again. The app must not run "
            + "on that account meanwhile: stop the function app first. Nor may another app go on with the same customers: stop it, or "
            + "pause its campaigns. What came after the backup is not in it: an opt-out of that time is not known, and who was written "
            + "to is written to again.\n"
            + "Example: winback restore winback.jsonl.gz --storage ACCOUNT --settings azure.json")
        {
            file, json,
        };
        command.SetAction(async (result, cancel) =>
        {
            await using var parts = await Parts.OpenAsync(result, cancel);
            var restored = await RunAsync(
                new TableBackupStore(parts.GetRequiredService<StorageAccount>()), parts.GetRequiredService<Installation>(),
                result.GetRequiredValue(file), Screens.Screen(result.GetValue(json)), cancel);
            if (result.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(restored, CommandJson.Default.Restored));
            else Show(restored, parts.GetRequiredService<OwnerClock>().Zone);
            return 0;
        });
        return command;
    }

    /// <param name="mine">How whoever restores is set up: as the app will be.</param>
    /// <exception cref="CommandException">The file is not whole, was written under other settings, or the account is in use.</exception>
    public static Task<Restored> RunAsync(IBackupStore store, Installation mine, string path, IAnsiConsole screen, CancellationToken cancel)
    {
        var full = Path.GetFullPath(path);
        return screen.Status().StartAsync("Checking the file", async status =>
        {
            var restoration = new Restoration(
                store, full, (what, rows) => status.Status(string.Create(CultureInfo.InvariantCulture, $"{what}: {rows} rows")));
            var (header, rows) = await restoration.CheckFileAsync(cancel);
            if (header.TimeZone is { } zone && mine.Problems(new Installation(header.MailboxKey, zone)) is { Count: > 0 } problems)
                throw new CommandException($"{full} is of an account with other settings.\n{string.Join('\n', problems)}");
            await restoration.CheckAccountAsync(cancel);
            return new Restored(header.WrittenAt, rows, await restoration.AddMissingAsync(rows, cancel));
        });
    }

    private static void Show(Restored r, TimeZoneInfo zone)
    {
        AnsiConsole.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{r.Rows.Values.Sum():N0} rows are back, {r.Added:N0} of them added now."));
        var asOf = TimeZoneInfo.ConvertTime(r.WrittenAt, zone);
        AnsiConsole.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"They are as of {asOf:yyyy-MM-dd HH:mm}. Before the app starts, make up for what came later:"));
        AnsiConsole.WriteLine("  opt-outs and replies of that time are not known, and who was written to then will be written to again.");
        AnsiConsole.WriteLine("  winback campaigns pause ID keeps a campaign from sending until you have looked;");
        AnsiConsole.WriteLine("  winback scan --dry-run says who would get what.");
    }
}
