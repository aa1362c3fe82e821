using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Winback.Campaigns;
using Winback.Cli.Commands;
using Winback.Customers;
using Winback.Hosting;
using Winback.Scan;
using Winback.Storage;

namespace Winback.Cli.Doctor;

/// <summary>Looks at what the app left in storage: what is published, the last scan, and messages that nobody could do anything with.</summary>
internal sealed class StoredState(StorageAccount storage, Settings settings, TimeProvider time)
{
    private const int Scans = 3;

    /// <summary>As the alert: a scan is started hourly, and two may go wrong before somebody is called.</summary>
    private static readonly TimeSpan ScanIsLate = TimeSpan.FromHours(3);

    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        yield return await PublishedAsync(cancel);
        yield return Scan(await new TableScanStore(storage, time).LatestAsync(Scans, cancel), new Moment(time.GetUtcNow(), settings.Business.Zone));
        yield return Poison(
            await StatusReport.QueuesAsync(storage, cancel),
            await new TableFailureStore(storage, time, NullLogger<TableFailureStore>.Instance).AllAsync(cancel).CountAsync(f => f.SeenAt is null, cancel));
    }

    private async Task<Finding> PublishedAsync(CancellationToken cancel)
    {
        var store = new TableDefinitionStore(storage, time);
        var website = settings.Business.Website;
        using var catalog = new CampaignCatalog(
            ShippedCampaigns.LoadUsable(settings.CampaignFolder, website), store, website, time, NullLogger<CampaignCatalog>.Instance);
        var states = CampaignState.Now(await store.PublicationsAsync(cancel));
        var unusable = new List<string>();
        foreach (var state in states.Values)
            if (await catalog.FindAsync(state.Campaign, state.Version, cancel) is null) unusable.Add(state.Campaign);
        return Published([.. states.Keys], unusable);
    }

    public static Finding Published(IReadOnlyList<string> published, IReadOnlyList<string> unusable)
    {
        const string what = "published campaigns";
        return unusable.Count > 0
            ? Finding.Problem(
                what, $"this version cannot use {string.Join(", ", unusable)}", "mend the folder and publish it anew: winback campaigns publish CAMPAIGN")
            : Finding.Ok(
                what, published.Count == 0 ? "none yet; the first scan publishes those that ship" : $"all can be used: {string.Join(", ", published)}");
    }

    /// <param name="latest">The newest first.</param>
    public static Finding Scan(IReadOnlyList<ScanSummary> latest, Moment now)
    {
        const string what = "last scan";
        if (latest.Count == 0) return Finding.Ok(what, "none yet; the first comes by itself, when ScanSchedule says so");
        var done = latest.FirstOrDefault(s => s.IsDone);
        var detail = done is null
            ? string.Create(
                CultureInfo.InvariantCulture, $"none is finished; that of {At(latest[^1])} is at {latest[^1].ShardsDone} of {Shards.All.Length} parts")
            : string.Create(CultureInfo.InvariantCulture, $"that of {At(done)} is finished, {done.Counts.Examined} customers examined");
        return now.Instant - (done ?? latest[^1]).Started > ScanIsLate
            ? Finding.Warning(what, detail, "unless ScanSchedule is that seldom, look at the app's log, and at winback status, which shows what waits")
            : Finding.Ok(what, detail);

        string At(ScanSummary scan) => new Moment(scan.Started, now.Zone).Local.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    /// <param name="queues">How many messages wait, by queue.</param>
    /// <param name="failures">How many messages failed every time and were looked at by nobody yet.</param>
    public static Finding Poison(IReadOnlyDictionary<string, int> queues, int failures)
    {
        const string what = "poison queues";
        var filled = queues.Where(q => q.Key.EndsWith("-poison", StringComparison.Ordinal) && q.Value > 0).Select(q => $"{q.Value} in {q.Key}").ToList();
        if (filled.Count > 0)
        {
            return Finding.Warning(
                what, $"hold messages: {string.Join(", ", filled)}",
                "the running app records each and empties the queue; if it does not within some minutes, look at its log");
        }
        return failures > 0
            ? Finding.Warning(
                what,
                string.Create(CultureInfo.InvariantCulture, $"are empty, but {failures} messages that failed every time wait for somebody to look at them"),
                "winback status lists them; winback retry --poison ID queues one again, winback resolve --poison ID puts it away")
            : Finding.Ok(what, "are empty");
    }
}
