using System.Diagnostics;
using System.Globalization;
using Azure.Data.Tables;
using Winback.Campaigns;
using Winback.Cli;
using Winback.Cli.Demo;
using Winback.Cli.Local;
using Winback.Customers;
using Winback.Outreach;
using Winback.Scan;
using Winback.Storage;

namespace Winback.Benchmarks;

/// <summary>
/// Times the scan against a bare loop: the same client, columns, ranges, number of shards at once and process, but nothing done with the
/// rows. What remains is what the product itself costs.
/// </summary>
internal sealed class ScanBenchmark(IServiceProvider parts, int customers)
{
    private const string Campaign = "restaurant-slow-evening";
    private const int FillingAtOnce = 4;

    /// <exception cref="CommandException">A loop did not see every customer, or a scan did not find and queue exactly the due ones.</exception>
    /// <param name="oneEmulator">
    /// Tables and queues in one emulator process, as with <c>winback up</c>. Otherwise each has its own, as in a storage account, where
    /// queueing takes nothing from reading.
    /// </param>
    public static async Task<IReadOnlyList<ScanPair>> RunAsync(int customers, int runs, bool oneEmulator, Action<string> say, CancellationToken cancel)
    {
        var node = await NodePackages.EnsureAsync(say, cancel);
        await using var tables = await Azurite.StartAsync(node, folder: null, cancel);
        await using var queues = oneEmulator ? null : await Azurite.StartAsync(node, folder: null, cancel);
        await using var parts = Parts(tables.TablePort, (queues ?? tables).QueuePort);
        var benchmark = new ScanBenchmark(parts, customers);
        say(string.Create(CultureInfo.InvariantCulture, $"Filling the table with {customers:N0} customers"));
        await benchmark.FillAsync(cancel);
        say("Warming up");
        await benchmark.RunPairAsync(cancel);
        var pairs = new List<ScanPair>();
        for (var i = 1; i <= runs; i++)
        {
            say(string.Create(CultureInfo.InvariantCulture, $"Pair {i} of {runs}"));
            pairs.Add(await benchmark.RunPairAsync(cancel));
        }
        return pairs;
    }

    /// <summary>The app's parts on this storage. Not by the environment: it could name a real account.</summary>
    private static ServiceProvider Parts(int tablePort, int queuePort)
    {
        var settings = new Dictionary<string, string>(DemoSettings.Create())
        {
            ["AzureWebJobsStorage"] = Azurite.Connection(tablePort, queuePort, blobPort: 1), // no blobs are used
            ["Business__PublicBaseUrl"] = "http://localhost",
            ["Mail__Provider"] = "Pickup",
            ["Mail__PickupFolder"] = Path.GetTempPath(), // nothing is sent
        };
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Key.Replace("__", ":", StringComparison.Ordinal), s.Value)))
            .Build();
        return new ServiceCollection().AddLogging().AddWinback(configuration, StorageRetry.Brief).BuildServiceProvider();
    }

    private async Task FillAsync(CancellationToken cancel)
    {
        var campaign = (await parts.GetRequiredService<CampaignCatalog>().CurrentAsync(cancel)).Find(Campaign) ?? throw new CommandException($"There is no campaign {Campaign}.");
        var sample = new SampleCustomers(campaign, parts.GetRequiredService<OwnerClock>().Now);
        var table = await TableAsync();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, customers).GroupBy(i => SampleCustomers.Id(i).Partition), new ParallelOptions { MaxDegreeOfParallelism = FillingAtOnce, CancellationToken = cancel },
            async (partition, token) => await table.UpsertAllAsync(
                partition.Select(i => TableCustomerStore.ToRow(sample.Customer(i), SampleCustomers.Profile(i))), token));
    }

    private async Task<ScanPair> RunPairAsync(CancellationToken cancel) => new(await BareAsync(cancel), await ScanAsync(cancel));

    private async Task<TimeSpan> BareAsync(CancellationToken cancel)
    {
        var table = await TableAsync();
        GC.Collect();
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Shards.All.Select(async shard =>
        {
            var count = 0;
            await foreach (var page in table.QueryAsync<TableEntity>(TableCustomerStore.Filter(shard, null), 1000, TableCustomerStore.ScanColumns, cancel).AsPages())
                count += page.Values.Count;
            return count;
        }));
        var time = Stopwatch.GetElapsedTime(started);
        Check("The bare loop read", counts.Sum(), customers);
        return time;
    }

    private async Task<TimeSpan> ScanAsync(CancellationToken cancel)
    {
        var scanner = parts.GetRequiredService<ShardScanner>();
        var queue = await parts.GetRequiredService<StorageAccount>().QueueAsync(StorageOutreachQueue.QueueName);
        var queuedBefore = await CountAsync();
        var id = ScanIds.New(parts.GetRequiredService<TimeProvider>().GetUtcNow());
        GC.Collect();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Shards.All.Select(shard => scanner.RunAsync(new ShardMessage(id, shard.ToString()), cancel)));
        var time = Stopwatch.GetElapsedTime(started);
        var counts = (await parts.GetRequiredService<IScanStore>().FindScanAsync(id, cancel))!.Counts;
        Check("The scan examined", counts.Examined, customers);
        Check("The scan found due", counts.Campaigns[Campaign].Due, SampleCustomers.DueOf(customers));
        Check("The scan queued", await CountAsync() - queuedBefore, SampleCustomers.DueOf(customers));
        return time;

        async Task<int> CountAsync() => (await queue.GetPropertiesAsync(cancel)).Value.ApproximateMessagesCount;
    }

    private Task<TableClient> TableAsync() => parts.GetRequiredService<StorageAccount>().TableAsync(TableCustomerStore.TableName);

    private static void Check(string what, int count, int expected)
    {
        if (count != expected) throw new CommandException(string.Create(CultureInfo.InvariantCulture, $"{what} {count:N0} customers instead of {expected:N0}: these figures would mean nothing."));
    }
}
