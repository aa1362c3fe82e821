using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Winback.Referrals;

namespace Winback.Cli.Commands.Referrals;

/// <param name="Done">Whether it is so now, by this or before.</param>
internal sealed record ChangedReferral(string Id, bool Done, string Detail);

/// <summary><c>winback referrals</c>: the friends that customers sent, and what came of it.</summary>
internal static class ReferralsCommand
{
    public static Command Create() => new("referrals", "The friends that customers referred: what came of it, and which rewards were handed out.\nExample: winback referrals list")
    {
        ListCommand.Create(),
        RewardCommand.Create(),
        MatchCommand.Create(),
        LinkCommand.Create(),
    };

    public static Argument<string> IdArgument() => new("ID") { Description = "The referral, as winback referrals list names it." };

    /// <summary>Prints what was changed.</summary>
    /// <returns>The exit code: 1 when it could not be.</returns>
    public static int Print(string id, ReferralResult result, bool json)
    {
        if (json) Console.WriteLine(JsonSerializer.Serialize(new ChangedReferral(id, result.Done, result.Detail), CommandJson.Default.ChangedReferral));
        else AnsiConsole.WriteLine($"{id}: {result.Detail.TrimEnd('.')}.");
        return result.Done ? 0 : 1;
    }
}
