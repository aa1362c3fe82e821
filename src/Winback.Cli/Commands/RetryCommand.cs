using System.CommandLine;
using Spectre.Console;
using Winback.Customers;
using Winback.Outreach;

namespace Winback.Cli.Commands;

/// <summary><c>winback retry CUSTOMER | --all-failed | --poison ID</c>: lets what failed be tried once more.</summary>
internal static class RetryCommand
{
    public static Command Create()
    {
        var number = new Argument<string?>("CUSTOMER") { Description = "The customer number.", Arity = ArgumentArity.ZeroOrOne };
        var campaign = Screens.CampaignOption();
        var all = new Option<bool>("--all-failed") { Description = "Everything that failed, of all customers. Storage looks through the whole outreach table for it." };
        var uncertain = new Option<bool>("--uncertain") { Description = "Also what may have been sent: the customer may then get it twice." };
        var yes = new Option<bool>("--yes") { Description = "With --uncertain: do not ask." };
        var poison = new Option<string?>("--poison") { Description = "Queue the message again that failed every time and has this id.", HelpName = "ID" };
        var json = Screens.JsonOption();
        var command = new Command(
            "retry", "Let what failed be sent after all, with the next scan, once what refused it has changed. A failed step surely was not sent.\nExample: winback retry K000123")
        {
            number, campaign, all, uncertain, yes, poison, json,
        };
        command.Validators.Add(result =>
        {
            var given = new[] { result.GetValue(number) is not null, result.GetValue(all), result.GetValue(poison) is not null };
            if (given.Count(g => g) != 1) result.AddError("Say what to retry: a CUSTOMER, --all-failed or --poison ID.");
        });
        command.SetAction(async (result, cancel) =>
        {
            await using var parts = await Parts.OpenToWriteAsync(result, cancel);
            if (result.GetValue(poison) is { } id)
            {
                await PoisonMessages.QueueAgainAsync(parts, await PoisonMessages.FindAsync(parts, id, cancel), cancel);
                return Screens.Done($"Message {id} is queued again.", result.GetValue(json));
            }
            if (result.GetValue(uncertain)) RequireConsent(result.GetValue(yes));
            StepState[] states = result.GetValue(uncertain) ? [StepState.Failed, StepState.Uncertain] : [StepState.Failed];
            var records = result.GetValue(number) is { } customer
                ? await SettledReport.FindAsync(parts, Screens.Customer(customer), result.GetValue(campaign), states, cancel)
                : await AllAsync(parts, result.GetValue(campaign), states, cancel);
            var report = SettledReport.Of(await RetryAsync(parts.GetRequiredService<ByHand>(), records, result.GetValue(uncertain), cancel));
            return Screens.Print(report, result.GetValue(json));
        });
        return command;
    }

    private static async Task<IReadOnlyList<OutreachRecord>> AllAsync(IServiceProvider parts, string? campaign, StepState[] states, CancellationToken cancel)
    {
        var outreach = parts.GetRequiredService<IOutreachStore>();
        var found = new List<OutreachRecord>();
        foreach (var state in states)
            found.AddRange(await outreach.InStateAsync(state, cancel).Where(o => o.NeedsLook && (campaign is null || o.Campaign == campaign)).ToListAsync(cancel));
        return found;
    }

    private static async Task<IReadOnlyList<ByHandResult>> RetryAsync(ByHand byHand, IReadOnlyList<OutreachRecord> records, bool mayBeTwice, CancellationToken cancel)
    {
        var results = new List<ByHandResult>();
        foreach (var record in records) results.Add(await byHand.RetryAsync(record, mayBeTwice, cancel));
        return results;
    }

    private static void RequireConsent(bool yes)
    {
        const string warning = "What is uncertain may have been sent, so a customer may get the same mail twice.";
        if (yes) return;
        if (Console.IsInputRedirected) throw new CommandException($"{warning} If that is what you want, add --yes.");
        if (!AnsiConsole.Confirm($"{warning} Send it again?", defaultValue: false)) throw new CommandException("Nothing was changed.");
    }
}
