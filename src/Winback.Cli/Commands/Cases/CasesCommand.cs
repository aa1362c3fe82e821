using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Winback.Cli.Commands.Replies;
using Winback.Customers;
using Winback.Replies;

namespace Winback.Cli.Commands.Cases;

/// <summary><c>winback cases</c>: complaints, with their clock, and what became of them.</summary>
internal static class CasesCommand
{
    public static Command Create() => new("cases", "Complaints: which are open and until when, and whether who complained came back.\nExample: winback cases list") { List(), Solve() };

    private static Command List()
    {
        var all = new Option<bool>("--all") { Description = "Also those that are solved." };
        var json = Screens.JsonOption();
        var command = new Command("list", "The open complaints, the oldest first, and the figures of all: how many were solved in time, how long it took, and how many came back.\nExample: winback cases list --all") { all, json };
        command.SetAction(async (result, cancel) =>
        {
            await using var parts = await Parts.OpenAsync(result, cancel);
            var clock = parts.GetRequiredService<OwnerClock>();
            var options = parts.GetRequiredService<ReplyOptions>();
            var cases = await parts.GetRequiredService<IReplyStore>().AllAsync(cancel)
                .Where(r => r.FollowUp.OpensCase && r.Customer is not null).OrderBy(r => r.ReceivedAt).ToListAsync(cancel);
            var report = new CasesReport(
                await CaseFigures.ReadAsync(cases, parts.GetRequiredService<IFactStore>(), options, clock.Now, cancel),
                [.. cases.Where(c => c.IsOpenCase || result.GetValue(all)).Select(c => ReplyReport.Of(c, options, clock.Now.Instant))]);
            if (result.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(report, CommandJson.Default.CasesReport));
            else Show(report, clock);
            return 0;
        });
        return command;
    }

    private static Command Solve()
    {
        var id = ShowCommand.IdArgument();
        var solution = new Option<string>("--solution") { Description = "What you did about it; at most 1,000 characters.", HelpName = "TEXT", Required = true };
        var invite = new Option<bool>("--invite") { Description = "Have the app invite the customer back, in its own words: within a quarter of an hour, or a day after its last automatic answer. Only with marketing permission." };
        var json = Screens.JsonOption();
        var command = new Command("solve", "Note that a complaint is solved: campaigns may write to the customer again.\nExample: winback cases solve 3f2a90c1d4 --solution \"Refunded, called\" --invite") { id, solution, invite, json };
        command.SetAction(async (result, cancel) =>
        {
            await using var parts = await Parts.OpenToWriteAsync(result, cancel);
            var reply = await ReplyReport.FindAsync(parts, result.GetRequiredValue(id), cancel);
            if (!reply.FollowUp.OpensCase || reply.Customer is null) throw new CommandException($"Reply {reply.Id[..ReplyReport.ShownId]} is no complaint of a customer. Should it be one: winback replies correct --reason dissatisfied");
            var solved = await parts.GetRequiredService<Conversation>().HandleAsync(reply.Customer, reply.Id, result.GetRequiredValue(solution), result.GetValue(invite), cancel);
            ShowCommand.Print(parts, solved ?? reply, result.GetValue(json));
            return 0;
        });
        return command;
    }

    private static void Show(CasesReport report, OwnerClock clock)
    {
        if (report.Cases.Count == 0) AnsiConsole.WriteLine("No complaint is open.");
        else AnsiConsole.Write(ReplyReport.Show(report.Cases, clock));
        var f = report.Figures;
        if (f.Solved == 0) return;
        AnsiConsole.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{f.Solved} solved, half of them within {f.MedianHours:0.#} hours, {f.SolvedInTime} in time. {f.CameBack} of {f.Solved} came back ({f.CameBackShare:P0}); in time {f.InTimeCameBack} of {f.SolvedInTime}."));
    }
}
