using System.CommandLine;
using Winback.Replies;

namespace Winback.Cli.Commands.Replies;

/// <summary><c>winback replies done ID</c>: the owner has seen to a reply.</summary>
internal static class DoneCommand
{
    public static Command Create()
    {
        var id = ShowCommand.IdArgument();
        var note = new Option<string?>("--note") { Description = "What you did, for later; at most 1,000 characters.", HelpName = "TEXT" };
        var json = Screens.JsonOption();
        var command = new Command("done", "Put a reply away that you have seen to: a question answered, somebody called. A complaint is solved with: winback cases solve.\nExample: winback replies done 3f2a90c1d4") { id, note, json };
        command.SetAction(async (result, cancel) =>
        {
            await using var parts = await Parts.OpenToWriteAsync(result, cancel);
            var reply = await ReplyReport.FindAsync(parts, result.GetRequiredValue(id), cancel);
            if (reply.IsOpenCase) throw new CommandException($"Reply {reply.Id[..ReplyReport.ShownId]} is a complaint. Once it is solved: winback cases solve {reply.Id[..ReplyReport.ShownId]} --solution \"what you did\"");
            var done = await parts.GetRequiredService<Conversation>().HandleAsync(reply.Customer, reply.Id, result.GetValue(note), invitesBack: false, cancel);
            ShowCommand.Print(parts, done ?? reply, result.GetValue(json));
            return 0;
        });
        return command;
    }
}
