using System.CommandLine;

namespace Winback.Cli.Commands.Campaigns;

/// <summary><c>winback campaigns</c>: writing, trying, publishing and switching campaigns.</summary>
internal static class CampaignsCommand
{
    public static Command Create() => new("campaigns", "Write, try, publish, pause and resume campaigns.\nExample: winback campaigns list")
    {
        ListCommand.Create(),
        NewCommand.Create(),
        CheckCommand.Create(),
        PreviewCommand.Create(),
        TestSendCommand.Create(),
        PublishCommand.Create(),
        SwitchCommand.Pause(),
        SwitchCommand.Resume(),
    };
}
