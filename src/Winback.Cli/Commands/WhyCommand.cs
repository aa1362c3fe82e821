using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Outreach;

namespace Winback.Cli.Commands;

/// <summary>The rule's answer for one campaign.</summary>
/// <param name="Answer">due, waiting or excluded.</param>
internal sealed record WhyCampaign(string Campaign, string Answer, string? Step, string? Reason, string Detail);

internal sealed record WhyOutreach(string Campaign, string Anchor, string Step, string State, DateTimeOffset At, string? Problem);

/// <summary>What <c>winback why --json</c> prints.</summary>
internal sealed record Why(string Customer, IReadOnlyList<WhyCampaign> Now, IReadOnlyList<WhyOutreach> Sent, IReadOnlyList<string> WonBackOn);

/// <summary><c>winback why CUSTOMER</c>: what a customer was sent, and the rule's answer for now.</summary>
internal static class WhyCommand
{
    public static Command Create()
    {
        var number = new Argument<string>("CUSTOMER") { Description = "The customer number." };
        var json = Screens.JsonOption();
        var command = new Command("why", "What a customer was sent, and why something or nothing comes next.\nExample: winback why K000123") { number, json };
        command.SetAction(async (result, cancel) =>
        {
            if (!CustomerId.TryParse(result.GetRequiredValue(number), out var id, out var problem))
                throw new CommandException($"CUSTOMER: {problem}.");
            await using var parts = await Parts.OpenAsync(result, cancel);
            var why = await ReadAsync(parts, id, cancel) ?? throw new CommandException($"There is no customer {id}.");
            if (result.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(why, CommandJson.Default.Why));
            else Show(why, parts.GetRequiredService<OwnerClock>().Zone);
            return 0;
        });
        return command;
    }

    public static async Task<Why?> ReadAsync(IServiceProvider parts, CustomerId id, CancellationToken cancel)
    {
        if (await parts.GetRequiredService<ICustomerStore>().FindAsync(id, cancel) is not { } file) return null;
        var now = parts.GetRequiredService<OwnerClock>().Now;
        var verdicts = await parts.GetRequiredService<Examiner>().ExamineAsync(file.Customer, now, cancel);
        var sent = await parts.GetRequiredService<IOutreachStore>().OfAsync(id, cancel)
            .OrderBy(o => o.At)
            .Select(o => new WhyOutreach(o.Campaign, o.Anchor.ToString(), o.Step, Word(o.State), o.At, o.Problem))
            .ToListAsync(cancel);
        var won = await parts.GetRequiredService<IEnrolmentStore>().OfAsync(id, cancel)
            .Where(e => e.WonBackOn is not null)
            .Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.WonBackOn:yyyy-MM-dd} by {e.Campaign}, bought for {e.Revenue}"))
            .ToListAsync(cancel);
        return new Why(id.Value, [.. verdicts.Select(Describe)], sent, won);
    }

    private static string Word(StepState state) => JsonNamingPolicy.KebabCaseLower.ConvertName(state.ToString());

    private static WhyCampaign Describe(Verdict verdict) => verdict switch
    {
        Due due => new WhyCampaign(due.Campaign, "due", due.Step.Id, null, due.Detail),
        Excluded excluded => new WhyCampaign(excluded.Campaign, "excluded", null, excluded.Reason.Word(), excluded.Detail),
        _ => new WhyCampaign(verdict.Campaign, "waiting", null, null, verdict.Detail),
    };

    private static void Show(Why why, TimeZoneInfo zone)
    {
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]Customer {why.Customer}[/], now:");
        foreach (var c in why.Now)
        {
            var answer = c.Step is null ? c.Reason ?? c.Answer : $"{c.Step} is due";
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  {c.Campaign}: [bold]{answer}[/] – {c.Detail}");
        }
        AnsiConsole.WriteLine(why.Sent.Count == 0 ? "Nothing was sent yet." : "Sent:");
        foreach (var o in why.Sent)
        {
            var problem = o.Problem is null ? "" : $" ({o.Problem})";
            AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {TimeZoneInfo.ConvertTime(o.At, zone):yyyy-MM-dd HH:mm} {o.Campaign} {o.Step}: {o.State}{problem}"));
        }
        foreach (var won in why.WonBackOn) AnsiConsole.WriteLine($"Won back on {won}.");
    }
}
