using System.CommandLine;
using Winback.Customers;
using Winback.Hosting;
using Winback.Outreach;

namespace Winback.Cli.Commands;

/// <summary><c>winback resolve CUSTOMER --as sent|not-sent</c>, <c>--poison ID</c>: says what became of something that needs a look.</summary>
internal static class ResolveCommand
{
    public static Command Create()
    {
        var number = new Argument<string?>("CUSTOMER") { Description = "The customer number.", Arity = ArgumentArity.ZeroOrOne };
        var outcome = new Option<string?>("--as")
        {
            Description = "sent: it counts as sent, and the sequence goes on. not-sent: it goes with the next scan; where nothing can follow any more, it is put away.",
            HelpName = "sent|not-sent",
        };
        outcome.AcceptOnlyFromAmong("sent", "not-sent");
        var campaign = Screens.CampaignOption();
        var poison = new Option<string?>("--poison") { Description = "Put away the message that failed every time and has this id; it stays recorded.", HelpName = "ID" };
        var json = Screens.JsonOption();
        var command = new Command(
            "resolve", "Say what became of a step that is uncertain, for instance after a look at the mail provider's log; or put away what failed.\n"
            + "Example: winback resolve K000123 --as sent")
        {
            number, outcome, campaign, poison, json,
        };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(number) is null) == (result.GetValue(poison) is null)) result.AddError("Say what to resolve: a CUSTOMER with --as, or --poison ID.");
            else if (result.GetValue(number) is not null && result.GetValue(outcome) is null) result.AddError("Say what became of it: --as sent or --as not-sent.");
        });
        command.SetAction(async (result, cancel) =>
        {
            await using var parts = await Parts.OpenToWriteAsync(result, cancel);
            if (result.GetValue(poison) is { } id)
            {
                await parts.GetRequiredService<IFailureStore>().MarkSeenAsync(await PoisonMessages.FindAsync(parts, id, cancel), cancel);
                return Screens.Done($"Message {id} is put away.", result.GetValue(json));
            }
            var records = await SettledReport.FindAsync(
                parts, Screens.Customer(result.GetRequiredValue(number)!), result.GetValue(campaign), [StepState.Uncertain, StepState.Failed], cancel);
            var results = new List<ByHandResult>();
            foreach (var record in records) results.Add(await ResolveAsync(parts.GetRequiredService<ByHand>(), record, result.GetValue(outcome) == "sent", cancel));
            return Screens.Print(SettledReport.Of(results), result.GetValue(json));
        });
        return command;
    }

    private static Task<ByHandResult> ResolveAsync(ByHand byHand, OutreachRecord record, bool wasSent, CancellationToken cancel) =>
        wasSent ? byHand.SentAsync(record, cancel) : byHand.NotSentAsync(record, cancel);
}
