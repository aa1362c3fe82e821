using System.CommandLine;
using Winback.Cli.Cloud;
using Winback.Cli.Commands.Calls;
using Winback.Cli.Commands.Campaigns;
using Winback.Cli.Commands.Cases;
using Winback.Cli.Commands.Keys;
using Winback.Cli.Commands.Referrals;
using Winback.Cli.Commands.Replies;

namespace Winback.Cli.Commands;

/// <summary>All commands.</summary>
internal static class CommandTree
{
    /// <param name="login">Who works on Azure; null for whoever is logged in on this machine.</param>
    public static RootCommand Create(AzureLogin? login = null) => new("Winback finds customers who left and wins them back.")
    {
        DemoCommand.Create(),
        UpCommand.Create(),
        Parts.OnStorage(ImportCommand.Create()),
        Parts.OnStorage(ScanCommand.Create()),
        Parts.OnStorage(CampaignsCommand.Create()),
        Parts.OnStorage(StatusCommand.Create()),
        Parts.OnStorage(WhyCommand.Create()),
        Parts.OnStorage(RetryCommand.Create()),
        Parts.OnStorage(ResolveCommand.Create()),
        Parts.OnStorage(UnsuppressCommand.Create()),
        Parts.OnStorage(CallsCommand.Create()),
        Parts.OnStorage(ReferralsCommand.Create()),
        Parts.OnStorage(ExportCommand.Create()),
        Parts.OnStorage(BackupCommand.Create()),
        Parts.OnStorage(RestoreCommand.Create()),
        Parts.OnStorage(DoctorCommand.Create()),
        RepliesCommand.Create(),
        Parts.OnStorage(CasesCommand.Create()),
        KeysCommand.Create(login ?? AzureLogin.OfThisMachine),
        SettingsCommand.Create(login ?? AzureLogin.OfThisMachine),
    };
}
