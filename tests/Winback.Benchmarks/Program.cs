using System.CommandLine;
using Winback.Benchmarks;

return await new RootCommand("Measures Winback on this machine.") { ScanCommand.Create(), ImportCommand.Create(), RepliesCommand.Create(), StartCommand.Create() }.Parse(args).InvokeAsync();
