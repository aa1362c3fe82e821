using System.CommandLine;
using Winback.Cli;
using Winback.Cli.Commands;

var root = CommandTree.Create();
// On Ctrl-C everything that was started is stopped; that takes a moment.
var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) };
return await Errors.ShownAsync(cancel => root.Parse(args).InvokeAsync(configuration, cancel));
