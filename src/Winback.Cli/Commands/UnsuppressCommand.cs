using System.CommandLine;
using Winback.Customers;
using Winback.MailEvents;

namespace Winback.Cli.Commands;

/// <summary><c>winback unsuppress CUSTOMER</c>: lets mail go again to a mailbox that bounced.</summary>
internal static class UnsuppressCommand
{
    public static Command Create()
    {
        var number = Screens.CustomerArgument();
        var json = Screens.JsonOption();
        var command = new Command(
            "unsuppress", "Let mail go again to a customer's mailbox that bounced, for instance when it was full or the mail server was broken: bounces until now count no "
            + "more. A spam complaint and an opt-out are not lifted: those are the customer's word.\nExample: winback unsuppress K000123")
        {
            number, json,
        };
        command.SetAction(async (result, cancel) =>
        {
            await using var parts = await Parts.OpenToWriteAsync(result, cancel);
            var id = Screens.Customer(result.GetRequiredValue(number));
            var key = await LiftableAsync(parts, id, cancel);
            await parts.GetRequiredService<Suppressions>().LiftAsync(key, parts.GetRequiredService<OwnerClock>().Now.Instant, cancel);
            return Screens.Done(
                $"Mail may go to the mailbox of {id} again. Take the address off SendGrid's list as well (Suppressions, Bounces), or SendGrid drops what is sent there.",
                result.GetValue(json));
        });
        return command;
    }

    /// <returns>The key of the mailbox.</returns>
    /// <exception cref="CommandException">There is nothing to lift, or it is not to be lifted.</exception>
    internal static async Task<string> LiftableAsync(IServiceProvider parts, CustomerId id, CancellationToken cancel)
    {
        var file = await parts.GetRequiredService<ICustomerStore>().FindAsync(id, cancel) ?? throw new CommandException($"There is no customer {id}.");
        if (file.Profile.MailboxKey is not { } key) throw new CommandException($"{id} has no usable address; import the right one.");
        var mailbox = await parts.GetRequiredService<IMailboxStore>().FindAsync(key, cancel);
        if (mailbox?.Health.ComplainedAt is not null) throw new CommandException($"{id} called a mail spam. That is an objection, which is not for us to lift.");
        if (mailbox?.Suppressed is { } why) throw new CommandException($"{id}: {why}; import an address of their own.");
        return mailbox?.Suppression is null ? throw new CommandException($"The mailbox of {id} is not suppressed. winback why {id} says why nothing is sent.") : key;
    }
}
