using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Winback.Customers;
using Winback.Scan;

namespace Winback.Cli.Commands;

/// <summary><c>winback status</c>: what happened and what needs a look.</summary>
internal static class StatusCommand
{
    /// <summary>More is in the JSON; on a screen nobody reads them all.</summary>
    private const int Shown = 20;

    public static Command Create()
    {
        var json = Screens.JsonOption();
        var command = new Command(
            "status", "What was scanned, sent and won back, per campaign, and what needs a look. It reads every enrolment and outreach.\nExample: winback status --json")
        {
            json,
        };
        command.SetAction(async (result, cancel) =>
        {
            await using var parts = await Parts.OpenAsync(result, cancel);
            var status = await Screens.Screen(result.GetValue(json)).Status().StartAsync(
                "Reading", screen => StatusReport.ReadAsync(parts, cancel, rows => screen.Status($"Reading: {rows} rows")));
            if (result.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(status, CommandJson.Default.Status));
            else Show(status, parts.GetRequiredService<OwnerClock>().Zone);
            return 0;
        });
        return command;
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
        if (s.Campaigns.Count > 0) AnsiConsole.Write(Campaigns(s.Campaigns));
        AnsiConsole.Write(Totals(s));
        Open("Uncertain", s.Uncertain, "winback resolve CUSTOMER --as sent|not-sent, or winback retry CUSTOMER --uncertain");
        Open("Failed", s.Failed, "winback retry CUSTOMER, once what refused it has changed");
        if (s.Poison.Count > 0) AnsiConsole.WriteLine("Messages that failed every time (winback retry --poison ID queues one again, winback resolve --poison ID puts it away):");
        foreach (var f in s.Poison.Take(Shown)) Line($"  {f.Id} of {f.Queue}, {Local(f.At):yyyy-MM-dd HH:mm}: {f.Text}");

        void Open(string what, IReadOnlyList<StatusOutreach> outreach, string remedy)
        {
            if (outreach.Count > 0) AnsiConsole.WriteLine($"{what} ({remedy}):");
            foreach (var o in outreach.Take(Shown)) Line($"  {o.Customer}: {o.Campaign} {o.Step}, {Local(o.At):yyyy-MM-dd HH:mm}: {o.Problem}");
            if (outreach.Count > Shown) AnsiConsole.WriteLine($"  and more; --json has {outreach.Count}");
        }

        DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone);

        static void Line(FormattableString text) => AnsiConsole.WriteLine(text.ToString(CultureInfo.InvariantCulture));
    }

    private static Table Campaigns(IReadOnlyList<StatusCampaign> campaigns)
    {
        var table = new Table().RoundedBorder().AddColumn("Campaign").AddColumn(new TableColumn("So far").RightAligned()).AddColumn("What");
        foreach (var c in campaigns)
        {
            table.AddRow(new Markup($"[bold]{c.Campaign.EscapeMarkup()}[/]"), new Text(Text(c.Enrolled)), new Text("enrolled"));
            foreach (var (step, sent) in c.Sent) Row(sent, $"sent: {step}");
            foreach (var (step, calls) in c.Calls) Row(calls, $"on the call sheet: {step}");
            if (c.Delivered > 0) Row(c.Delivered, "delivered");
            if (c.Bounced > 0) Row(c.Bounced, "bounced");
            if (c.Complained > 0) Row(c.Complained, "called spam");
            Row(c.Replies, "replies");
            Row(c.WinBacks, "won back");
            if (c.WinBacks > 0) table.AddRow("", c.Revenue.ToString("N2", CultureInfo.InvariantCulture), "bought within the attribution window");
            if (c.DueAgain > 0) Row(c.DueAgain, "due again, put back by hand");
            if (c.Uncertain > 0) Row(c.Uncertain, "uncertain");
            if (c.Failed > 0) Row(c.Failed, "failed");
        }
        return table;

        void Row(int count, string what) => table.AddRow(new Text(""), new Text(Text(count)), new Text(what));
    }

    private static Table Totals(Status s)
    {
        var table = new Table().RoundedBorder().HideHeaders().AddColumn("").AddColumn(new TableColumn("").RightAligned());
        Row("Mails handed over", s.HandedOver);
        if (s.Campaigns.Sum(c => c.Calls.Values.Sum()) is > 0 and var calls) Row("Calls that came onto the call sheet", calls);
        Row("Won back", s.WinBacks);
        table.AddRow("Bought within the attribution window", s.WonRevenue.ToString("N2", CultureInfo.InvariantCulture));
        Row("Replies", s.Replies);
        Row("  to be done (winback replies list)", s.ToDo.Open);
        Row("  complaints open (winback cases list)", s.ToDo.Complaints);
        if (s.ToDo.Late > 0) Row("  complaints past their clock", s.ToDo.Late);
        if (s.ToDo.Unmatched > 0) Row("  of nobody known (winback replies list --unmatched)", s.ToDo.Unmatched);
        Row("Referrals", s.Referrals);
        foreach (var (state, count) in s.ReferralStates) Row($"  {(state == "earned" ? "earned, to be handed out" : state)}", count);
        Row("Customers unknown yet, with purchases waiting", s.Parked);
        Row("Uncertain (may or may not have been sent)", s.Campaigns.Sum(c => c.Uncertain));
        Row("Failed", s.Campaigns.Sum(c => c.Failed));
        Row("Messages that failed every time", s.Poison.Count);
        foreach (var (queue, count) in s.Queues) Row($"Waiting in {queue}", count);
        return table;

        void Row(string what, int count) => table.AddRow(what, Text(count));
    }

    private static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
