using System.CommandLine;
using Winback.Cli;
using Winback.Cli.Commands;
using Winback.Cli.Commands.Campaigns;
using Winback.Cli.Commands.Replies;

var root = new RootCommand("Winback finds customers who left and wins them back.")
{
    DemoCommand.Create(),
    UpCommand.Create(),
    ImportCommand.Create(),
    ScanCommand.Create(),
    CampaignsCommand.Create(),
    StatusCommand.Create(),
    WhyCommand.Create(),
    KeysCommand.Create(),
    RepliesCommand.Create(),
};
// On Ctrl-C everything that was started is stopped; that takes a moment.
var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) };
return await Errors.ShownAsync(cancel => root.Parse(args).InvokeAsync(configuration, cancel));
