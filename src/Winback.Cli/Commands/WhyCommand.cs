using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Winback.Customers;

namespace Winback.Cli.Commands;

/// <summary><c>winback why CUSTOMER [--on DATE]</c>: what happened to a customer, and the rule's answer for now or for a past day.</summary>
internal static class WhyCommand
{
    private static readonly TimeOnly Noon = new(12, 0);

    public static Command Create()
    {
        var number = Screens.CustomerArgument();
        var on = new Option<string?>("--on")
        {
            Description = "Answer for 12:00 local time on that past day, as 2026-03-31, from what is dated; what cannot be known any more is said.",
            HelpName = "DATE",
        };
        var json = Screens.JsonOption();
        var command = new Command(
            "why", "All about one customer: what they bought, got and answered, and why something or nothing comes next.\nExample: winback why K000123 --on 2026-03-31")
        {
            number, on, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(on) is { } day && !ScanCommand.TryParseDay(day, out _)) result.AddError($"--on: \"{day}\" is not a day; write it as 2026-03-31.");
        });
        command.SetAction(async (result, cancel) =>
        {
            var id = Screens.Customer(result.GetRequiredValue(number));
            await using var parts = await Parts.OpenAsync(result, cancel);
            var clock = parts.GetRequiredService<OwnerClock>();
            var then = ScanCommand.TryParseDay(result.GetValue(on), out var day) ? On(day, clock) : (Moment?)null;
            var why = await WhyReport.ReadAsync(parts, id, then, cancel) ?? throw new CommandException($"There is no customer {id}.");
            if (result.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(why, CommandJson.Default.Why));
            else Show(why, clock.Zone);
            return 0;
        });
        return command;
    }

    private static Moment On(DateOnly day, OwnerClock clock)
    {
        var now = clock.Now;
        if (day > now.Today)
            throw new CommandException($"--on: {day:O} is still to come. What a scan would find then: winback scan --dry-run --as-of {day:O}");
        var then = new Moment(Moment.InstantOf(day.ToDateTime(Noon), clock.Zone), clock.Zone);
        return then.Instant < now.Instant ? then : now;
    }

    private static void Show(Why why, TimeZoneInfo zone)
    {
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]Customer {why.Customer}[/], {Local(why.AsOf):yyyy-MM-dd HH:mm}:");
        foreach (var c in why.Answers)
        {
            var answer = c.Step is null ? c.Reason ?? c.Answer : $"{(c.Channel == "phone" ? "the call " : "")}{c.Step} is due";
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  {c.Campaign}: [bold]{answer}[/] ({c.Detail}) {c.Explanation}");
        }
        foreach (var unknown in why.Unknown) Line($"  Not known: {unknown}");
        var rests = why.Permission is { RestsOn: { } source, Since: { } since } ? $", by {source}, since {since:O}" : "";
        Line($"Permission for marketing mail: {(why.Permission.IsGiven ? "yes" : "no")}{rests}.");
        Line(why.Purchases.FirstVisit is null
            ? (FormattableString)$"Never bought."
            : $"Visits: {why.Purchases.Visits}, from {why.Purchases.FirstVisit:yyyy-MM-dd} to {why.Purchases.LastVisit:yyyy-MM-dd}, for {why.Purchases.Revenue:N2}.");
        foreach (var s in why.Subscriptions)
            Line($"Subscription {s.Number} ({s.Plan}): from {s.Start:yyyy-MM-dd}, {(s.AutoRenews ? "renews by itself on" : "ends on")} {s.RenewalDate:yyyy-MM-dd}.");
        foreach (var r in why.Referred) Line($"Referred a friend on {Local(r.At):yyyy-MM-dd} ({r.Id}): {r.State}, {r.Reason}. {r.Explanation}");
        foreach (var r in why.ReferredBy) Line($"Came by customer {r.Referrer} on {Local(r.At):yyyy-MM-dd} ({r.Id}): {r.State}, {r.Reason}. {r.Explanation}");
        Line(why.History.Count == 0 ? (FormattableString)$"Nothing was sent or answered yet." : $"What happened:");
        foreach (var e in why.History) Line($"  {Local(e.At):yyyy-MM-dd HH:mm} {e.What}");

        DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone);

        static void Line(FormattableString text) => AnsiConsole.WriteLine(text.ToString(CultureInfo.InvariantCulture));
    }
}
