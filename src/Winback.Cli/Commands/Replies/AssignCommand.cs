using System.CommandLine;
using Winback.Replies;

namespace Winback.Cli.Commands.Replies;

/// <summary><c>winback replies assign ID CUSTOMER</c>: the owner knows whose a reply is.</summary>
internal static class AssignCommand
{
    public static Command Create()
    {
        var id = ShowCommand.IdArgument();
        var customer = Screens.CustomerArgument();
        var json = Screens.JsonOption();
        var command = new Command("assign", "Say whose a reply is that nobody was found for: everything that follows from it is done now.\nExample: winback replies assign 3f2a90c1d4 K000123") { id, customer, json };
        command.SetAction(async (result, cancel) =>
        {
            await using var parts = await Parts.OpenToWriteAsync(result, cancel);
            var reply = await ReplyReport.FindAsync(parts, result.GetRequiredValue(id), cancel);
            var owner = Screens.Customer(result.GetRequiredValue(customer));
            if (reply.Customer is { } known && known != owner) throw new CommandException($"Reply {reply.Id[..ReplyReport.ShownId]} is customer {known}'s.");
            // Again what was broken off: what is missing is completed.
            var assigned = await parts.GetRequiredService<Conversation>().AssignAsync(reply.Id, owner, cancel)
                ?? (reply.Customer == owner ? reply : null)
                ?? throw new CommandException($"CUSTOMER: there is no customer {owner}; or the reply was not read yet, then try again in a minute.");
            ShowCommand.Print(parts, assigned, result.GetValue(json));
            return 0;
        });
        return command;
    }
}
