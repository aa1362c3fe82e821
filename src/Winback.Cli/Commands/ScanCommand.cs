using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Scan;

namespace Winback.Cli.Commands;

/// <summary><c>winback scan [--dry-run [--as-of DATE]]</c></summary>
internal static class ScanCommand
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(300);

    public static Command Create()
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say who is due and who is not and why; nothing is queued." };
        var asOf = new Option<string?>("--as-of") { Description = "With --dry-run: at 12:00 local time on that day, as 2026-12-31." };
        var json = Screens.JsonOption();
        var command = new Command("scan", "Scan all customers now and queue what is due.\nExample: winback scan --dry-run --as-of 2026-12-31 --json")
        {
            dryRun, asOf, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(asOf) is { } day && !TryParseDay(day, out _))
                result.AddError($"--as-of: \"{day}\" is not a day; write it as 2026-12-31.");
            if (result.GetValue(asOf) is not null && !result.GetValue(dryRun))
                result.AddError("--as-of goes with --dry-run: a real scan is always about now.");
        });
        command.SetAction((result, cancel) => result.GetValue(dryRun)
            ? DryRunAsync(result, result.GetValue(asOf), result.GetValue(json), cancel)
            : RunAsync(result, result.GetValue(json), cancel));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult command, bool json, CancellationToken cancel)
    {
        await using var parts = await Parts.OpenAsync(command, cancel);
        var scan = await RunScanAsync(parts, Screens.Screen(json), cancel);
        if (json) Console.WriteLine(JsonSerializer.Serialize(scan.Counts, CommandJson.Default.ScanCounts));
        else AnsiConsole.Write(Tables.Counts(scan.Counts));
        return 0;
    }

    /// <summary>Starts a scan and waits until the app has done all of it. The mails follow from the queue.</summary>
    public static async Task<ScanSummary> RunScanAsync(IServiceProvider parts, IAnsiConsole screen, CancellationToken cancel)
    {
        var id = await parts.GetRequiredService<ScanStarter>().StartAsync(cancel);
        var scans = parts.GetRequiredService<IScanStore>();
        var time = parts.GetRequiredService<TimeProvider>();
        return await screen.Progress().AutoClear(true).StartAsync(async progress =>
        {
            var bar = progress.AddTask("Scanning", maxValue: Shards.All.Length);
            var (moved, last) = (time.GetTimestamp(), (ScanSummary?)null);
            while (true)
            {
                var scan = await scans.FindScanAsync(id, cancel);
                if (scan?.Counts.Examined != last?.Counts.Examined || scan?.ShardsDone != last?.ShardsDone) (moved, last) = (time.GetTimestamp(), scan);
                if (time.GetElapsedTime(moved) > LongestPause)
                    throw new CommandException($"The scan does not move: {bar.Value} of {bar.MaxValue} parts are done. Does the app run? winback status shows what waits in the queues.");
                bar.Value = scan?.ShardsDone ?? 0;
                bar.Description = $"Scanning: {scan?.Counts.Examined ?? 0} examined";
                if (scan is { IsDone: true }) return scan;
                await Task.Delay(PollInterval, cancel);
            }
        });
    }

    private static async Task<int> DryRunAsync(ParseResult command, string? day, bool json, CancellationToken cancel)
    {
        await using var parts = await Parts.OpenAsync(command, cancel);
        var clock = parts.GetRequiredService<OwnerClock>();
        var now = TryParseDay(day, out var asOf)
            ? new Moment(Moment.InstantOf(asOf.ToDateTime(new TimeOnly(12, 0)), clock.Zone), clock.Zone)
            : clock.Now;
        using var report = new DryRunReport(now);
        var examiner = parts.GetRequiredService<Examiner>();
        var customers = parts.GetRequiredService<ICustomerStore>();
        foreach (var shard in Shards.All)
        {
            await foreach (var page in customers.ScanAsync(shard, null, cancel))
                foreach (var customer in page.Customers)
                    report.Add(customer, await examiner.ExamineAsync(customer, now, cancel));
        }
        if (json)
        {
            await using var output = Console.OpenStandardOutput();
            await report.WriteJsonAsync(output, cancel);
        }
        else
        {
            AnsiConsole.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"What a scan would find on {now.Local:yyyy-MM-dd HH:mm}. Nothing is queued."));
            AnsiConsole.Write(Tables.Counts(report.Counts));
        }
        return 0;
    }

    public static bool TryParseDay(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
