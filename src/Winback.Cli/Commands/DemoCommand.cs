using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Winback.Cli.Demo;
using Winback.Cli.Local;
using Winback.Customers;
using Winback.Customers.Import;
using Winback.LocalHost;
using Winback.Outreach;
using Winback.Storage;

namespace Winback.Cli.Commands;

/// <summary><c>winback demo</c>: the whole product at work on a made-up customer base.</summary>
internal static class DemoCommand
{
    private const int DefaultCustomers = 300;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    public static Command Create()
    {
        var once = new Option<bool>("--once") { Description = "Stop everything when done; exit code 1 if anything is not as expected." };
        var customers = new Option<int>("--customers")
        {
            Description = "How many customers to make up, 60 to 100000.",
            DefaultValueFactory = _ => DefaultCustomers,
        };
        var json = Screens.JsonOption();
        customers.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < SampleBase.SmallestBase or > 100_000) result.AddError("--customers: must be 60 to 100000.");
        });
        var command = new Command(
            "demo",
            "See it work: makes up customers, imports them, scans, sends the mails to an inbox here.\n"
            + "Example: winback demo --once --customers 300") { once, customers, json };
        command.SetAction((result, cancel) => RunAsync(result.GetValue(once), result.GetValue(customers), result.GetValue(json), cancel));
        return command;
    }

    private static async Task<int> RunAsync(bool once, int customers, bool json, CancellationToken cancel)
    {
        var screen = Screens.Screen(json);
        var state = new RunningState();
        state.RequireNothingRunning();
        var isShared = false;
        try
        {
            await using var stack = await StartAsync(screen, cancel);
            await using var parts = Parts.From(stack.Settings);
            var report = await ShowAsync(stack, parts, customers, screen, cancel);
            if (json) Console.WriteLine(JsonSerializer.Serialize(report, CommandJson.Default.DemoReport));
            if (!once)
            {
                state.SetRunning(stack.Settings);
                isShared = true;
                Print(screen, $"\nThe inbox: [link]{report.Inbox}[/]   The app: [link]{report.App}api/health[/]");
                Print(screen, "In another terminal: [bold]winback status[/], [bold]winback why K000001[/]. Ctrl-C stops everything.");
                await UntilCancelledAsync(cancel);
            }
            return report.Problems.Count == 0 ? 0 : 1;
        }
        finally
        {
            if (isShared) state.ClearRunning();
        }
    }

    private static Task<LocalStack> StartAsync(IAnsiConsole screen, CancellationToken cancel) =>
        screen.Status().StartAsync("Starting", status => LocalStack.StartAsync(
            new LocalStackOptions(
                StateFolder: null, DemoSettings.Create(), HttpPort: 0, step => status.Status(step.EscapeMarkup()), line => Show(screen, line)),
            cancel));

    /// <summary>Makes, imports, scans, waits, compares.</summary>
    private static async Task<DemoReport> ShowAsync(
        LocalStack stack, IServiceProvider parts, int customers, IAnsiConsole screen, CancellationToken cancel)
    {
        var clock = parts.GetRequiredService<OwnerClock>();
        var sample = SampleBase.Create(customers, clock.Now.Today);
        await sample.ImportAsync(clock.Zone, async options =>
        {
            var counts = await ImportCommand.ImportAsync(parts, ImportFile.Open(options), screen, cancel);
            Print(screen, $"{Path.GetFileName(options.Path)}: {ImportCommand.Describe(counts)}");
        });
        Print(screen, "Send windows are open for this demo, whatever the day and hour.");
        var scan = await ScanCommand.RunScanAsync(parts, screen, cancel);
        var due = scan.Counts.Campaigns.Values.Sum(c => c.Due);
        await screen.Progress().AutoClear(true).StartAsync(progress => UntilSentAsync(parts, progress.AddTask($"Sending {due} mails", maxValue: due), cancel));

        var mails = await stack.Inbox!.MailsAsync(cancel);
        var outreach = parts.GetRequiredService<IOutreachStore>();
        var report = new DemoReport(
            customers, scan.Counts.Examined, due,
            Sent: await outreach.InStateAsync(StepState.HandedOver, cancel).CountAsync(cancel),
            InInbox: mails.Count,
            Uncertain: await outreach.InStateAsync(StepState.Uncertain, cancel).CountAsync(cancel),
            scan.Counts, stack.Inbox!.Address.ToString(), stack.Host.BaseUrl.ToString(), DemoCheck.Problems(sample, scan.Counts, mails));
        screen.Write(Tables.Counts(scan.Counts));
        Print(screen, string.Create(
            CultureInfo.InvariantCulture,
            $"Examined {report.Examined}, due {report.Due}, sent {report.Sent}, in the inbox {report.InInbox}, uncertain {report.Uncertain}."));
        foreach (var problem in report.Problems) Print(screen, $"[red]Not as expected: {problem.EscapeMarkup()}[/]");
        if (report.Problems.Count == 0) Print(screen, "[green]All as expected: every due customer has one mail, nobody else has any.[/]");
        return report;
    }

    /// <summary>Until the queue is empty (a message that is being worked on still counts), or nothing moves any more.</summary>
    private static async Task UntilSentAsync(IServiceProvider parts, ProgressTask bar, CancellationToken cancel)
    {
        var time = parts.GetRequiredService<TimeProvider>();
        var (moved, last) = (time.GetTimestamp(), int.MaxValue);
        while (last > 0 && time.GetElapsedTime(moved) < LongestPause)
        {
            var waiting = (await StatusReport.QueuesAsync(parts.GetRequiredService<StorageAccount>(), cancel))[StorageOutreachQueue.QueueName];
            if (waiting != last) (moved, last) = (time.GetTimestamp(), waiting);
            bar.Value = bar.MaxValue - waiting;
            if (waiting > 0) await Task.Delay(PollInterval, cancel);
        }
    }

    private static void Show(IAnsiConsole screen, LogLine line)
    {
        if (line.Level >= LogLevel.Error) Print(screen, $"[grey]{line.Text.EscapeMarkup()}[/]");
    }

    private static void Print(IAnsiConsole screen, string markup) => screen.MarkupLine(markup);

    private static async Task UntilCancelledAsync(CancellationToken cancel)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, cancel);
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }
}
