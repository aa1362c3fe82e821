using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Winback.Calls;
using Winback.Campaigns;
using Winback.Cli.Export;
using Winback.Customers;
using Winback.Outreach;
using Winback.Replies.Reading;

namespace Winback.Cli.Commands.Calls;

/// <summary>What <c>winback calls --link --json</c> prints.</summary>
internal sealed record SheetLink(string Link, DateTimeOffset Until);

/// <summary><c>winback calls</c>: whom to call, with what to say and what they bought.</summary>
internal static class CallsCommand
{
    private static readonly string[] LinkNeeds = ["Secrets__LinkKeys", "Business__PublicBaseUrl"];

    public static Command Create()
    {
        var csv = new Option<string?>("--csv") { Description = "Write the sheet to this file, for a spreadsheet. It holds personal data. One that is there is not overwritten, unless --force is given.", HelpName = "FILE" };
        var force = new Option<bool>("--force") { Description = "Overwrite the file of --csv." };
        var link = new Option<bool>("--link") { Description = "Print a link to the sheet as a page, also for a telephone. Whoever has the link sees the sheet, for twelve hours." };
        var json = Screens.JsonOption();
        var command = new Command(
            "calls",
            "Whom to call: who asked for it, whose step of a campaign is a call, and who is of high value (Calls__HighValue) and answered no mail. "
            + "With what to say and what they bought.\nExample: winback calls --csv calls.csv")
        {
            OutcomeCommand.Create(), csv, force, link, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(link) && result.GetValue(csv) is not null) result.AddError("Give --csv or --link, not both.");
        });
        command.SetAction(async (result, cancel) =>
        {
            await using var parts = await OpenAsync(result, result.GetValue(link) ? LinkNeeds : [], cancel);
            if (result.GetValue(link)) return PrintLink(parts, result.GetValue(json));
            var entries = await parts.GetRequiredService<CallSheet>().ReadAsync(null, cancel);
            if (result.GetValue(csv) is { } path)
            {
                var exported = await WriteAsync(parts, entries, path, result.GetValue(force), cancel);
                if (result.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(exported, CommandJson.Default.Exported));
                else AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{exported.Rows} rows in {exported.File}. It holds personal data."));
            }
            else if (result.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(entries, CommandJson.Default.IReadOnlyListCallEntry));
            else AnsiConsole.WriteLine(Text(entries, parts.GetRequiredService<OwnerClock>()));
            return 0;
        });
        return command;
    }

    /// <summary>What a campaign has to say may hold a coupon or a link, which are made with the settings of the app.</summary>
    private static async Task<ServiceProvider> OpenAsync(ParseResult command, string[] needs, CancellationToken cancel)
    {
        var parts = await Parts.OpenAsync(command, cancel, ["Calls__", .. needs]);
        if (needs.Length > 0 || !await parts.GetRequiredService<CampaignCatalog>().HasCallsAsync(cancel)) return parts;
        await parts.DisposeAsync();
        return await Parts.OpenAsync(command, cancel, "Calls__", "Business__", "Secrets__LinkKeys");
    }

    /// <exception cref="CommandException">The file is there, or cannot be written.</exception>
    public static async Task<Exported> WriteAsync(IServiceProvider parts, IReadOnlyList<CallEntry> entries, string path, bool force, CancellationToken cancel)
    {
        var (language, clock) = (parts.GetRequiredService<BusinessOptions>().Language, parts.GetRequiredService<OwnerClock>());
        var (full, rows) = await ExportFile.WriteAsync(path, force, async file =>
        {
            await CallTable.WriteAsync(file, entries, language, clock, cancel);
            return entries.Count;
        });
        return new Exported(full, rows);
    }

    /// <summary>The sheet for a screen.</summary>
    public static string Text(IReadOnlyList<CallEntry> entries, OwnerClock clock)
    {
        if (entries.Count == 0) return "There is nobody to call now.";
        var lines = new List<string>();
        foreach (var e in entries)
        {
            var why = Labels.Of(e.Why) + (e.Step is null ? "" : $" {e.Step} of {e.Campaign}");
            lines.Add($"{e.Name ?? e.Customer} ({e.Customer}), {e.Phone ?? "no telephone number known"}: {why} since {Day(e.Since)}");
            lines.AddRange(e.Say.Select(sentence => "  " + sentence));
            if (e.AccountManager is { } who) lines.Add($"  Looked after by {who}.");
            if (e.EarlierReason is { } r) lines.Add(string.Create(CultureInfo.InvariantCulture, $"  Gave as a reason on {r.Day:yyyy-MM-dd}: {Labels.Of(r.Reason)}{(r.SubReason == SubReason.None ? "" : $" ({Labels.Of(r.SubReason)})")}."));
            if (e.NoAnswers.Count > 0) lines.Add($"  No answer on {string.Join(", ", e.NoAnswers.Select(Day))}.");
            if (e.Purchases.Count > 0)
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"  Bought {string.Join("; ", e.Purchases.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Day:yyyy-MM-dd} {p.Product} {p.Amount:0.00}")))}. In all {e.Total:0.00} in {e.Visits} visits."));
            lines.Add("");
        }
        lines.Add($"Note how a call went: winback calls outcome {entries[0].Customer} --as reached");
        return string.Join(Environment.NewLine, lines);

        string Day(DateTimeOffset at) => clock.Now.DayOf(at).ToString("O", CultureInfo.InvariantCulture);
    }

    private static int PrintLink(IServiceProvider parts, bool json)
    {
        var until = parts.GetRequiredService<TimeProvider>().GetUtcNow() + CallEndpoints.LinkFor;
        var link = new SheetLink(parts.GetRequiredService<Links>().CallSheet(until), until);
        if (json) Console.WriteLine(JsonSerializer.Serialize(link, CommandJson.Default.SheetLink));
        else Console.WriteLine(link.Link);
        return 0;
    }
}
