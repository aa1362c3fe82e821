using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Winback.Customers;
using Winback.Customers.Import;

namespace Winback.Benchmarks;

/// <summary><c>import</c>: whether the memory of an import grows with its file.</summary>
internal static class ImportCommand
{
    private const int Customers = 300_000;

    public static Command Create()
    {
        var megabytes = new Option<int>("--megabytes") { Description = "How large the file is: 1 to 2,000 (1,000,000 bytes each).", DefaultValueFactory = _ => 200 };
        megabytes.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 2000) result.AddError("--megabytes: write a number from 1 to 2000.");
        });
        var command = new Command("import", "Read a file of purchases as an import does, into a target that keeps nothing.\nExample: dotnet run -c Release --project tests/Winback.Benchmarks -- import --megabytes 20")
        {
            megabytes,
        };
        command.SetAction((result, cancel) => RunAsync(result.GetValue(megabytes), cancel));
        return command;
    }

    private static async Task<int> RunAsync(int megabytes, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("winback-import-");
        try
        {
            var path = Path.Combine(folder.FullName, "purchases.csv");
            Write(path, megabytes * 1_000_000L);
            var clock = Stopwatch.StartNew();
            var counts = await new Importer(new NoTarget()).RunAsync(new ImportOptions(ImportKind.Purchases, path, TimeZoneInfo.Utc), null, cancel);
            AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{megabytes} MB, {counts.Read:N0} rows in {clock.Elapsed.TotalSeconds:0} s; peak working set {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:N0} MB."));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Three lines an order, in no order of customers or days; one line in fifty is a repeated sale.</summary>
    private static void Write(string path, long bytes)
    {
        using var file = new StreamWriter(path);
        file.WriteLine("klantnummer;datum;bedrag;ordernummer;product");
        var random = new Random(1);
        for (var i = 0; file.BaseStream.Length < bytes; i++)
        {
            var line = string.Create(CultureInfo.InvariantCulture,
                $"K{random.Next(Customers):000000};{random.Next(1, 29):00}-{random.Next(1, 13):00}-{random.Next(2020, 2026)};{random.Next(100)},{random.Next(100):00};B{i / 3:0000000};Koffie {i % 7}");
            file.WriteLine(line);
            if (i % 50 == 0) file.WriteLine(line);
        }
    }

    private sealed class NoTarget : IImportTarget
    {
        public Task<IReadOnlyList<RowOutcome>> ApplyAsync(CustomerId customer, IReadOnlyList<ImportedRow> rows, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyList<RowOutcome>>(new RowOutcome[rows.Count]);
    }
}
