using Winback.Campaigns;
using Winback.Customers;
using Winback.Telemetry;

namespace Winback.Scan;

/// <summary>Starts a scan: queues its shards.</summary>
public sealed partial class ScanStarter(
    IScanQueue queue, CampaignPublisher publisher, CampaignCatalog catalog, InstallationGuard installation, Signals signals, TimeProvider time,
    ILogger<ScanStarter> log)
{
    /// <summary>Twice at once is harmless: what both find due is claimed once.</summary>
    /// <returns>The scan's id.</returns>
    /// <exception cref="SettingsException">The mailbox key or the time zone is not that of this storage account.</exception>
    public async Task<string> StartAsync(CancellationToken cancel)
    {
        try
        {
            return await QueueShardsAsync(ScanIds.New(time.GetUtcNow()), cancel);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            signals.ScanFailed();
            throw;
        }
    }

    private async Task<string> QueueShardsAsync(string scan, CancellationToken cancel)
    {
        using var span = signals.Scanning(scan);
        await installation.ClaimAsync(cancel);
        await publisher.SeedAsync(cancel);
        var campaigns = await catalog.CurrentAsync(cancel);
        foreach (var shard in Shards.All) await queue.SendAsync(new ShardMessage(scan, shard.ToString()), cancel);
        LogStarted(log, scan, campaigns.Ordered.Length);
        return scan;
    }

    [LoggerMessage(1000, LogLevel.Information, "Scan {Scan} started for {Campaigns} campaigns")]
    private static partial void LogStarted(ILogger logger, string scan, int campaigns);
}
