using System.CommandLine;
using Winback.Referrals;

namespace Winback.Cli.Commands.Referrals;

/// <summary><c>winback referrals match ID CUSTOMER</c>: says which customer a friend is.</summary>
internal static class MatchCommand
{
    public static Command Create()
    {
        var id = ReferralsCommand.IdArgument();
        var number = new Argument<string>("CUSTOMER") { Description = "The number of the customer who the friend is." };
        var json = Screens.JsonOption();
        var command = new Command(
            "match", "Say which customer a friend is who left a telephone number, or bought under another address. By the same address the app finds out itself.\n"
            + "Example: winback referrals match 3f9a01c2d4e5 K000456")
        {
            id, number, json,
        };
        command.SetAction(async (result, cancel) =>
        {
            var friend = Screens.Customer(result.GetRequiredValue(number));
            await using var parts = await Parts.OpenToWriteAsync(result, cancel);
            var given = result.GetRequiredValue(id);
            return ReferralsCommand.Print(given, await parts.GetRequiredService<ReferralBook>().MatchAsync(given, friend, cancel), result.GetValue(json));
        });
        return command;
    }
}
