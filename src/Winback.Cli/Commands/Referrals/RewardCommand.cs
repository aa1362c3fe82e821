using System.CommandLine;
using Winback.Referrals;

namespace Winback.Cli.Commands.Referrals;

/// <summary><c>winback referrals reward ID</c>: notes that the rewards of a referral were handed out.</summary>
internal static class RewardCommand
{
    public static Command Create()
    {
        var id = ReferralsCommand.IdArgument();
        var json = Screens.JsonOption();
        var command = new Command(
            "reward", "Note that you handed out what was earned by a referral, to the customer and the friend. It stays so, also when the purchase is refunded later.\n"
            + "Example: winback referrals reward 3f9a01c2d4e5")
        {
            id, json,
        };
        command.SetAction(async (result, cancel) =>
        {
            await using var parts = await Parts.OpenToWriteAsync(result, cancel);
            var given = result.GetRequiredValue(id);
            return ReferralsCommand.Print(given, await parts.GetRequiredService<ReferralBook>().RewardAsync(given, cancel), result.GetValue(json));
        });
        return command;
    }
}
