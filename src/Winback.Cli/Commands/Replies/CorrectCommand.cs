using System.CommandLine;
using Winback.Replies;
using Winback.Replies.Reading;

namespace Winback.Cli.Commands.Replies;

/// <summary><c>winback replies correct ID</c>: the owner says how a reply is to be read.</summary>
internal static class CorrectCommand
{
    public static Command Create()
    {
        var id = ShowCommand.IdArgument();
        var reason = Choice<Reason>("--reason", "Why they stayed away.");
        var sub = Choice<SubReason>("--sub-reason", "What lies behind it; says the reason too.");
        var intents = new Option<string[]>("--intent") { Description = "What they ask for or offer; may be given several times, and those not given are none.", AllowMultipleArgumentsPerToken = true };
        intents.AcceptOnlyFromAmong([.. Enum.GetValues<Intent>().Select(i => Labels.Of(i))]);
        var automatic = new Option<bool>("--automatic") { Description = "A machine wrote it: nothing follows." };
        var json = Screens.JsonOption();
        var command = new Command(
            "correct", "Say how a reply is to be read, all of it. What followed from the reading before is taken back (a stop, a pause, an opt-out, a complaint), and what follows from this one is done; mails that were sent stay sent.\n"
            + "Example: winback replies correct 3f2a90c1d4 --sub-reason price --intent question")
        {
            id, reason, sub, intents, automatic, json,
        };
        command.Validators.Add(result =>
        {
            var says = result.GetValue(reason) is not null || result.GetValue(sub) is not null || result.GetValue(intents) is { Length: > 0 };
            if (says == result.GetValue(automatic)) result.AddError("Say how it is to be read: --reason, --sub-reason or --intent (--reason none for nothing of these); or --automatic.");
        });
        command.SetAction(async (result, cancel) =>
        {
            await using var parts = await Parts.OpenToWriteAsync(result, cancel);
            var reply = await ReplyReport.FindAsync(parts, result.GetRequiredValue(id), cancel);
            var reading = Reading(result.GetValue(reason), result.GetValue(sub), result.GetValue(intents) ?? []);
            var corrected = await parts.GetRequiredService<Conversation>().CorrectAsync(
                reply.Customer, reply.Id, r => reading with { Reply = r.Text, Automatic = result.GetValue(automatic) }, cancel)
                ?? throw new CommandException($"Reply {reply.Id[..ReplyReport.ShownId]} was not read yet; try again in a minute.");
            ShowCommand.Print(parts, corrected, result.GetValue(json));
            return 0;
        });
        return command;
    }

    /// <summary>An option that takes the words of an enum.</summary>
    public static Option<string?> Choice<T>(string name, string description) where T : struct, Enum
    {
        var option = new Option<string?>(name) { Description = description };
        option.AcceptOnlyFromAmong([.. Enum.GetValues<T>().Select(v => Labels.Of(v))]);
        return option;
    }

    /// <exception cref="CommandException">The two do not go together.</exception>
    public static ReplyReading Reading(string? reason, string? sub, IReadOnlyList<string> intents)
    {
        var given = Parse<Reason>(reason);
        var behind = Parse<SubReason>(sub);
        if (reason is not null && behind != SubReason.None && SubReasons.ReasonOf(behind) != given)
            throw new CommandException($"--sub-reason {sub} belongs to {Labels.Of(SubReasons.ReasonOf(behind))}, not to {reason}.");
        return ReplyReading.Given("", given, behind, [.. intents.Select(Parse<Intent>)]);
    }

    private static T Parse<T>(string? word) where T : struct, Enum => word is not null && Labels.TryParse<T>(word, out var value) ? value : default;
}
