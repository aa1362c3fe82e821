using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Winback.Calls;
using Winback.Customers;
using Winback.Replies.Reading;

namespace Winback.Cli.Commands.Calls;

/// <summary><c>winback calls outcome CUSTOMER --as OUTCOME</c>: how a call went, and what follows from it.</summary>
internal static class OutcomeCommand
{
    public static Command Create()
    {
        var number = Screens.CustomerArgument();
        var outcome = Word<CallOutcome>(
            "--as", "reached; no-answer: after three they leave the sheet; comes-back; wrong-number: no import brings that number back; new-address: with --email, and what failed is sent there.");
        outcome.Required = true;
        var reason = Word<Reason>("--reason", "Why they stayed away. dissatisfied opens a case.");
        var subReason = Word<SubReason>("--sub-reason", "What lies behind the reason; says the reason too.");
        var intents = new Option<string[]>("--intent") { Description = "What they want; may be given several times. unsubscribe and erase-data count as if they had written it.", HelpName = HelpOf<Intent>() };
        intents.AcceptOnlyFromAmong([.. Words<Intent>()]);
        var text = new Option<string?>("--text") { Description = "What they said.", HelpName = "TEXT" };
        var email = new Option<string?>("--email") { Description = "Their new address. No import brings the old one back.", HelpName = "ADDRESS" };
        var phone = new Option<string?>("--phone") { Description = "Where to call from now on. No import brings the old number back.", HelpName = "NUMBER" };
        var json = Screens.JsonOption();
        var command = new Command(
            "outcome", "Note how a call went. What the customer said counts as an answer: it stops the sequence, and the same follows as from a mail, but for an automatic answer.\n"
            + "Example: winback calls outcome K000123 --as reached --sub-reason price --text \"too dear since last year\"")
        {
            number, outcome, reason, subReason, intents, text, email, phone, json,
        };
        command.SetAction(async (result, cancel) =>
        {
            var note = new CallNote(
                Parse<CallOutcome>(result.GetValue(outcome)), Parse<Reason>(result.GetValue(reason)), Parse<SubReason>(result.GetValue(subReason)),
                [.. (result.GetValue(intents) ?? []).Select(i => Parse<Intent>(i)!.Value)], result.GetValue(text), result.GetValue(email), result.GetValue(phone));
            if (note.Problems() is { Count: > 0 } problems) throw new CommandException(string.Join(Environment.NewLine, problems.Select(p => $"--{Option(p.Key)}: {p.Value[0]}.")));
            await using var parts = await Parts.OpenToWriteAsync(result, cancel, Parts.MailboxKey, "Replies__", "Calls__");
            var noted = await NoteAsync(parts, Screens.Customer(result.GetRequiredValue(number)), note, cancel);
            if (result.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(new CallResponse(noted.IsNew ? "recorded" : "unchanged", noted.Reply?.Id), CommandJson.Default.CallResponse));
            else AnsiConsole.WriteLine(Say(noted));
            return 0;
        });
        return command;
    }

    /// <exception cref="CommandException">There is no such customer.</exception>
    public static async Task<NotedCall> NoteAsync(IServiceProvider parts, CustomerId customer, CallNote note, CancellationToken cancel) =>
        await parts.GetRequiredService<CallBook>().NoteAsync(customer, note, cancel)
        ?? throw new CommandException($"There is no customer {customer}. Customer numbers are those of your own files.");

    private static string Say(NotedCall noted) =>
        !noted.IsNew ? "It was noted already; nothing changed."
        : noted.Reply is not { } reply ? "Noted."
        : reply.FollowUp.OpensCase ? $"Noted as reply {reply.Id}; a case is open, and nothing is sent to this customer until it is solved."
        : $"Noted as reply {reply.Id}; it counts as an answer.";

    private static string Option(string field) => JsonNamingPolicy.KebabCaseLower.ConvertName(field == "intents" ? "intent" : field);

    private static Option<string?> Word<T>(string name, string description) where T : struct, Enum
    {
        var option = new Option<string?>(name) { Description = description, HelpName = HelpOf<T>() };
        option.AcceptOnlyFromAmong([.. Words<T>()]);
        return option;
    }

    private static string HelpOf<T>() where T : struct, Enum => string.Join('|', Words<T>());

    private static IEnumerable<string> Words<T>() where T : struct, Enum => Enum.GetValues<T>().Select(v => Labels.Of(v)).Where(word => word != "none");

    private static T? Parse<T>(string? word) where T : struct, Enum => word is not null && Labels.TryParse<T>(word, out var value) ? value : null;
}
