using System.Text.Json.Nodes;
using Winback.Cli.Backup;
using Winback.Cli.Demo;
using Winback.Cli.Local;
using Winback.Storage;

namespace Winback.EndToEnd;

/// <summary>A backup of one storage account, brought back into another.</summary>
public sealed class BackupTests(PublishedApp app) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("winback-backup-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public async Task What_is_brought_back_gives_the_same_answers()
    {
        await using var product = await Product.StartAsync(app);
        await using var storage = await EmulatorAsync();
        var sample = SampleBase.CreateLapsed(3, product.Now.Today);
        await product.ImportAsync(sample);
        await product.ScanAsync();
        var from = new Dictionary<string, string>(product.Stack.Settings) { [RunningState.Variable] = Path.Combine(_folder, "state") };
        var to = new Dictionary<string, string>(from) { ["AzureWebJobsStorage"] = storage.ConnectionString };
        var file = Path.Combine(_folder, "winback.jsonl.gz");

        var backedUp = await WinbackAsync(from, "backup", file);
        var restored = await WinbackAsync(to, "restore", file);

        Assert.True(JsonNode.DeepEquals(backedUp["rows"], restored["rows"]), $"{backedUp}\n{restored}");
        Assert.Equal(sample.Customers.Count, (int)restored["rows"]!["outreach"]!);
        var status = await WinbackAsync(from, "status");
        Assert.Equal(sample.Customers.Count, (int)status["handedOver"]!);
        Assert.Equal(status.ToJsonString(), (await WinbackAsync(to, "status")).ToJsonString());
        var number = sample.Customers[0].Number;
        Assert.Equal(Timeless(await WinbackAsync(from, "why", number)), Timeless(await WinbackAsync(to, "why", number)));

        // Again changes nothing, and what is at work is left alone.
        Assert.Equal(0, (int)(await WinbackAsync(to, "restore", file))["added"]!);
        await product.ScanAsync();
        var (exitCode, output, errors) = await CommandLine.RunAsync(from, "restore", file, "--json");
        Assert.Equal((1, ""), (exitCode, output.Trim()));
        Assert.Contains("does not have: scans.", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Storage_gives_every_type_back_as_it_got_it()
    {
        await using var storage = await EmulatorAsync();
        var store = new TableBackupStore(new StorageAccount(storage.ConnectionString, StorageRetry.Brief));
        object[] values =
        [
            "", "Zoë", true, 7, 7L, long.MaxValue, 7.0, 0.1, new DateTimeOffset(2024, 2, 29, 23, 59, 59, TimeSpan.Zero).AddTicks(1234567),
            Guid.Parse("7d0a4d2e-0b5c-4a8e-8a55-0f2f6b1f1c11"), new byte[] { 0, 255 },
        ];
        var columns = values.Index().ToDictionary(v => $"Column{v.Index}", v => new Cell(v.Item));
        var row = new BackupRow("types", "p", "r", new(columns, StringComparer.Ordinal));

        Assert.True(await store.TryAddAsync([row], Cancel));
        Assert.False(await store.TryAddAsync([row with { Row = "q" }, row], Cancel));

        var kept = Assert.Single(await store.RowsAsync("types", Cancel).ToListAsync(Cancel));
        Assert.Equal(row.Columns.Select(c => (c.Key, c.Value.Value)), kept.Columns.Select(c => (c.Key, c.Value.Value)));
        Assert.Equal(1, await store.CountAsync("types", Cancel));
    }

    private static async Task<Azurite> EmulatorAsync() =>
        await Azurite.StartAsync(await NodePackages.EnsureAsync(_ => { }, Cancel), folder: null, Cancel);

    private static async Task<JsonNode> WinbackAsync(IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        var (exitCode, output, errors) = await CommandLine.RunAsync(settings, [.. arguments, "--json"]);
        Assert.True(exitCode == 0, errors);
        return JsonNode.Parse(output)!;
    }

    /// <summary>The two are asked one after the other.</summary>
    private static string Timeless(JsonNode why)
    {
        Assert.True(why.AsObject().Remove("asOf"));
        return why.ToJsonString();
    }
}
