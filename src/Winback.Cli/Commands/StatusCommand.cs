using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Azure.Storage.Queues;
using Spectre.Console;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Hosting;
using Winback.Outreach;
using Winback.Referrals;
using Winback.Replies;
using Winback.Scan;
using Winback.Storage;

namespace Winback.Cli.Commands;

/// <summary>One outreach that needs a look.</summary>
internal sealed record StatusOutreach(string Customer, string Campaign, string Step, DateTimeOffset At, string? Problem);

/// <summary>What <c>winback status --json</c> prints.</summary>
internal sealed record Status(
    IReadOnlyList<ScanSummary> Scans, IReadOnlyDictionary<string, int> Queues, int HandedOver, IReadOnlyList<StatusOutreach> Uncertain,
    IReadOnlyList<StatusOutreach> Failed, IReadOnlyList<Failure> Poison, int Parked, int Replies, int Referrals, int WinBacks, decimal WonRevenue);

/// <summary><c>winback status</c>: what happened and what needs a look.</summary>
internal static class StatusCommand
{
    private const int Scans = 3;

    public static Command Create()
    {
        var json = Screens.JsonOption();
        var command = new Command("status", "What was scanned, sent and won back, and what needs a look.\nExample: winback status --json") { json };
        command.SetAction(async (result, cancel) =>
        {
            await using var parts = await Parts.OpenAsync(result, cancel);
            var status = await ReadAsync(parts, cancel);
            if (result.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(status, CommandJson.Default.Status));
            else Show(status, parts.GetRequiredService<OwnerClock>().Zone);
            return 0;
        });
        return command;
    }

    public static async Task<Status> ReadAsync(IServiceProvider parts, CancellationToken cancel)
    {
        var outreach = parts.GetRequiredService<IOutreachStore>();
        var won = await parts.GetRequiredService<IEnrolmentStore>().AllAsync(cancel).Where(e => e.WonBackOn is not null).ToListAsync(cancel);
        return new Status(
            await parts.GetRequiredService<IScanStore>().LatestAsync(Scans, cancel),
            await QueuesAsync(parts.GetRequiredService<StorageAccount>(), cancel),
            await outreach.InStateAsync(StepState.HandedOver, cancel).CountAsync(cancel),
            await ListAsync(StepState.Uncertain),
            await ListAsync(StepState.Failed),
            await parts.GetRequiredService<IFailureStore>().AllAsync(cancel).ToListAsync(cancel),
            await parts.GetRequiredService<IFactStore>().CountParkedAsync(cancel),
            await parts.GetRequiredService<IReplyStore>().AllAsync(cancel).CountAsync(cancel),
            await parts.GetRequiredService<IReferralStore>().CountAsync(cancel),
            won.Count, won.Sum(e => e.Revenue.Amount));

        async Task<IReadOnlyList<StatusOutreach>> ListAsync(StepState state) => await outreach.InStateAsync(state, cancel)
            .Select(o => new StatusOutreach(o.Customer.Value, o.Campaign, o.Step, o.At, o.Problem)).ToListAsync(cancel);
    }

    /// <summary>How many messages each queue holds, about.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> QueuesAsync(StorageAccount storage, CancellationToken cancel)
    {
        var queues = new SortedDictionary<string, int>(StringComparer.Ordinal);
        string[] names = [StorageScanQueue.QueueName, StorageOutreachQueue.QueueName];
        foreach (var name in names.Concat(names.Select(n => n + "-poison")))
        {
            QueueClient queue = await storage.QueueAsync(name);
            queues[name] = (await queue.GetPropertiesAsync(cancel)).Value.ApproximateMessagesCount;
        }
        return queues;
    }

    private static void Show(Status s, TimeZoneInfo zone)
    {
        foreach (var scan in s.Scans)
        {
            var progress = scan.IsDone ? "" : $", {scan.ShardsDone} of {Shards.All.Length} parts done";
            AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Scan of {Local(scan.Started):yyyy-MM-dd HH:mm:ss}{progress}"));
            AnsiConsole.Write(Tables.Counts(scan.Counts));
        }
        if (s.Scans.Count == 0) AnsiConsole.WriteLine("No scan yet.");
        var table = new Table().RoundedBorder().HideHeaders().AddColumn("").AddColumn(new TableColumn("").RightAligned());
        Row("Mails handed over", s.HandedOver);
        Row("Won back", s.WinBacks);
        table.AddRow("Bought within the attribution window", s.WonRevenue.ToString("N2", CultureInfo.InvariantCulture));
        Row("Replies", s.Replies);
        Row("Referrals", s.Referrals);
        Row("Customers unknown yet, with purchases waiting", s.Parked);
        Row("Uncertain (may or may not have been sent)", s.Uncertain.Count);
        Row("Failed", s.Failed.Count);
        Row("Messages that failed every time", s.Poison.Count);
        foreach (var (queue, count) in s.Queues) Row($"Waiting in {queue}", count);
        AnsiConsole.Write(table);
        foreach (var o in s.Uncertain.Concat(s.Failed))
            Line($"{o.Customer}: {o.Campaign} {o.Step}, {Local(o.At):yyyy-MM-dd HH:mm}: {o.Problem}");
        foreach (var f in s.Poison) Line($"{f.Queue}, {Local(f.At):yyyy-MM-dd HH:mm}: {f.Text}");

        DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone);

        static void Line(FormattableString text) => AnsiConsole.WriteLine(text.ToString(CultureInfo.InvariantCulture));

        void Row(string what, int count) => table.AddRow(what, count.ToString("N0", CultureInfo.InvariantCulture));
    }
}
