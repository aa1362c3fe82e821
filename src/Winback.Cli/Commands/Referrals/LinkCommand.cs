using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Winback.Customers;
using Winback.Referrals;

namespace Winback.Cli.Commands.Referrals;

/// <summary>What <c>winback referrals link --json</c> prints.</summary>
/// <param name="Friend">The page to pass on to friends.</param>
/// <param name="Mine">The page on which the customer sees what came of it.</param>
internal sealed record PrintedLinks(string Customer, string Code, Uri Friend, Uri Mine);

/// <summary><c>winback referrals link CUSTOMER</c>: a customer's code and links, for those who get no mail from the app.</summary>
internal static class LinkCommand
{
    public static Command Create()
    {
        var number = Screens.CustomerArgument();
        var json = Screens.JsonOption();
        var command = new Command(
            "link", "A customer's code and link to pass on to friends, and the link to their own page, for you to send: your best customers get no mail from the app.\n"
            + "Example: winback referrals link K000123")
        {
            number, json,
        };
        command.SetAction(async (result, cancel) =>
        {
            var id = Screens.Customer(result.GetRequiredValue(number));
            await using var parts = await Parts.OpenToWriteAsync(result, cancel, "Secrets__", "Business__PublicBaseUrl");
            if (await parts.GetRequiredService<ICustomerStore>().FindAsync(id, cancel) is null) throw new CommandException($"There is no customer {id}.");
            var links = await parts.GetRequiredService<ReferralCodes>().OfAsync(id, cancel)
                ?? throw new CommandException("Customers cannot refer friends: Referrals__Enabled is false.");
            var printed = new PrintedLinks(id.Value, links.Code, links.Friend, links.Mine);
            if (result.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(printed, CommandJson.Default.PrintedLinks));
            else AnsiConsole.Write(new Text($"Code: {links.Code}\nFor friends: {links.Friend}\nFor customer {id} alone, for {ReferralLinks.ValidDays} days: {links.Mine}\n"));
            return 0;
        });
        return command;
    }
}
