using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Winback.Cli.Backup;
using Winback.Cli.Export;
using Winback.Customers;
using Winback.Storage;

namespace Winback.Cli.Commands;

/// <summary>What <c>winback backup --json</c> prints.</summary>
/// <param name="Bytes">The size of the file.</param>
/// <param name="Rows">How many rows it has of each table.</param>
/// <param name="UnreadReplies">Replies whose mail was not read yet, so that its text is not in the backup.</param>
internal sealed record BackedUp(string File, long Bytes, IReadOnlyDictionary<string, int> Rows, int UnreadReplies);

/// <summary><c>winback backup FILE</c>: every table in one file.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The file to write. One that is there is not overwritten, unless --force is given." };
        var force = new Option<bool>("--force") { Description = "Overwrite the file." };
        var json = Screens.JsonOption();
        var command = new Command(
            "backup",
            "Write every table into one file, from which winback restore brings all of it back. It holds all personal data that the "
            + "app has: only you can read it; keep it safe, and no longer than you need it. The app may go on meanwhile. Queues are not "
            + "in it: what was queued is found again by the next scan and the next look at open replies. Nor are mails that came in and "
            + "were not read yet (container raw-posts), which are there for seconds: it says how many. Nor are the settings of the app: "
            + "without its Secrets__MailboxKey and Secrets__LinkKeys a backup is of little use.\n"
            + "Example: winback backup winback.jsonl.gz")
        {
            file, force, json,
        };
        command.SetAction(async (result, cancel) =>
        {
            await using var parts = await Parts.OpenAsync(result, cancel);
            var kept = await parts.GetRequiredService<IInstallationStore>().FindAsync(cancel);
            var backedUp = await WriteAsync(
                new TableBackupStore(parts.GetRequiredService<StorageAccount>()), kept, result.GetRequiredValue(file), result.GetValue(force),
                parts.GetRequiredService<TimeProvider>(), Screens.Screen(result.GetValue(json)), cancel);
            if (result.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(backedUp, CommandJson.Default.BackedUp));
            else Show(backedUp);
            return 0;
        });
        return command;
    }

    /// <param name="kept">What the account says of itself.</param>
    /// <exception cref="CommandException">The file is there, or cannot be written.</exception>
    public static async Task<BackedUp> WriteAsync(
        IBackupStore store, Installation? kept, string path, bool force, TimeProvider time, IAnsiConsole screen, CancellationToken cancel)
    {
        var (full, counts) = await ExportFile.WriteAsync(path, force, file => screen.Status().StartAsync("Reading", async status =>
        {
            var writer = new BackupWriter(
                store, (table, rows) => status.Status(string.Create(CultureInfo.InvariantCulture, $"Reading {table}: {rows} rows so far")));
            await using (file) return await writer.WriteAsync(file, kept, time.GetUtcNow(), cancel);
        }));
        return new BackedUp(full, new FileInfo(full).Length, counts.Rows, counts.UnreadReplies);
    }

    private static void Show(BackedUp b)
    {
        AnsiConsole.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{b.Rows.Values.Sum():N0} rows in {b.File}, {b.Bytes:N0} bytes. It holds personal data: keep it safe."));
        if (b.UnreadReplies == 0) return;
        AnsiConsole.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Replies not read yet, of which only the subject is in the file: {b.UnreadReplies}. Back up again when they are read."));
    }
}
