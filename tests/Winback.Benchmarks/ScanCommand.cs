using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;
using Winback.Cli;

namespace Winback.Benchmarks;

/// <summary><c>scan</c>: how much slower than merely reading the customers the scan is.</summary>
internal static class ScanCommand
{
    public static Command Create()
    {
        var customers = new Option<int>("--customers") { Description = "How many customers: 100 to 1,000,000, a multiple of 100.", DefaultValueFactory = _ => 100_000 };
        var runs = new Option<int>("--runs") { Description = "How many pairs of a bare loop and a scan: 1 to 100.", DefaultValueFactory = _ => 5 };
        customers.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var n && (n is < 100 or > 1_000_000 || n % 100 != 0)) result.AddError("--customers: write a multiple of 100 from 100 to 1000000.");
        });
        runs.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 100) result.AddError("--runs: write a number from 1 to 100.");
        });
        var oneEmulator = new Option<bool>("--one-emulator") { Description = "Keep tables and queues in one emulator process, where queueing holds up reading." };
        var json = new Option<bool>("--json") { Description = "Print the figures as JSON, and nothing else, on standard output." };
        var command = new Command("scan", "Compare the scan with a bare loop over the same pages, in storage on this machine.\nExample: dotnet run -c Release --project tests/Winback.Benchmarks -- scan")
        {
            customers, runs, oneEmulator, json,
        };
        command.SetAction(async (result, cancel) =>
        {
            var asJson = result.GetValue(json);
            var screen = asJson ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }) : AnsiConsole.Console;
            try
            {
                var pairs = await ScanBenchmark.RunAsync(result.GetValue(customers), result.GetValue(runs), result.GetValue(oneEmulator), screen.WriteLine, cancel);
                var figures = ScanFigures.Of(result.GetValue(customers), pairs, Process.GetCurrentProcess().PeakWorkingSet64);
                if (asJson) Console.WriteLine(JsonSerializer.Serialize(figures, FiguresJson.Default.ScanFigures));
                else Show(figures, screen);
                if (figures.IsFastEnough) return 0;
                await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                    $"The scan is too slow: {figures.Ratio:0.00} of the bare loop, at least {ScanFigures.Target:0.00} is asked. Run it again on a quiet machine before looking for the cause."));
                return 1;
            }
            catch (CommandException e)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return 1;
            }
        });
        return command;
    }

    private static void Show(ScanFigures f, IAnsiConsole screen)
    {
        var table = new Table().RoundedBorder().AddColumn("Pair").AddColumn(new TableColumn("Bare loop, customers/s").RightAligned())
            .AddColumn(new TableColumn("Scan, customers/s").RightAligned()).AddColumn(new TableColumn("Scan / bare loop").RightAligned());
        for (var i = 0; i < f.Pairs.Count; i++) Row(Text(i + 1), f.Rate(f.Pairs[i].Bare), f.Rate(f.Pairs[i].Scan), f.Pairs[i].Ratio);
        Row("median", f.BarePerSecond, f.ScanPerSecond, f.Ratio);
        screen.Write(table);
        screen.WriteLine($"{Text(f.Customers)} customers, {Text(f.Due)} due in every scan; peak working set {Text(f.PeakWorkingSetMegabytes)} MB.");

        void Row(string pair, double bare, double scan, double ratio) =>
            table.AddRow(pair, Text(bare), Text(scan), ratio.ToString("0.00", CultureInfo.InvariantCulture));
    }

    private static string Text(double number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ScanFigures))]
internal sealed partial class FiguresJson : JsonSerializerContext;
