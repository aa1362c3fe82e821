using System.Collections.Concurrent;
using Winback.Customers;

namespace Winback.Campaigns;

/// <summary>
/// The campaigns as they are published now. What is published reaches every instance of the app within <see cref="MaxAge"/>, and every scan at
/// its start. Definitions are kept by content hash and never change, so each is read once.
/// </summary>
public sealed partial class CampaignCatalog(ShippedCampaigns shipped, IDefinitionStore store, string? website, TimeProvider time, ILogger<CampaignCatalog> log) : IDisposable
{
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(10);

    /// <summary>By campaign and version; null for one that cannot be had.</summary>
    private readonly ConcurrentDictionary<(string Campaign, string Version), CampaignDefinition?> _definitions =
        new(shipped.Definitions.Select(d => KeyValuePair.Create((d.Campaign.Id, d.Campaign.Version), (CampaignDefinition?)d)));

    private readonly SemaphoreSlim _one = new(1);
    private volatile Snapshot? _current;

    private sealed record Snapshot(CampaignSet Campaigns, IReadOnlyList<CampaignState> States, long ReadAt);

    /// <summary>At most <see cref="MaxAge"/> old.</summary>
    public ValueTask<CampaignSet> CurrentAsync(CancellationToken cancel) => _current is { } current && time.GetElapsedTime(current.ReadAt) < MaxAge
        ? new ValueTask<CampaignSet>(current.Campaigns)
        : new ValueTask<CampaignSet>(RefreshAsync(cancel));

    /// <summary>Asks storage what is published.</summary>
    public async Task<CampaignSet> RefreshAsync(CancellationToken cancel)
    {
        var readAt = time.GetTimestamp();
        var states = CampaignState.Now(await store.PublicationsAsync(cancel));
        var missing = shipped.Definitions.Where(d => !states.ContainsKey(d.Campaign.Id))
            .Select(d => new CampaignState(d.Campaign.Id, d.Campaign.Version, default, null));
        return await RebuildAsync([.. states.Values, .. missing], readAt, cancel);
    }

    /// <summary>As they were published at a past moment, with every version that is loaded.</summary>
    public async Task<CampaignSet> AtAsync(DateTimeOffset moment, CancellationToken cancel) =>
        await SetAsync(CampaignState.At(await store.PublicationsAsync(cancel), moment).Values, cancel);

    /// <summary>The current ones, with the versions that this customer's enrolments run under.</summary>
    public async ValueTask<CampaignSet> ForAsync(Customer customer, CancellationToken cancel)
    {
        var campaigns = await CurrentAsync(cancel);
        if (IsUnknown(customer.Marketing) || IsUnknown(customer.Service))
        {
            foreach (var slot in new[] { customer.Marketing, customer.Service })
                if (slot is not null && campaigns.Find(slot.Campaign) is not null) await FindAsync(slot.Campaign, slot.Version, cancel);
            var current = _current!;
            campaigns = await RebuildAsync(current.States, current.ReadAt, cancel);
        }
        return campaigns;

        // One that somebody else has just loaded is not in this set yet; one that cannot be had never will be.
        bool IsUnknown(Enrolment? slot) =>
            slot is not null && campaigns.Find(slot.Campaign) is not null && campaigns.Find(slot.Campaign, slot.Version) is null
            && !(_definitions.TryGetValue((slot.Campaign, slot.Version), out var known) && known is null);
    }

    /// <summary>A version that a <see cref="CampaignSet"/> of this catalog, or a verdict about it, names.</summary>
    public CampaignDefinition Definition(string campaign, string version) =>
        _definitions.GetValueOrDefault((campaign, version)) ?? throw new InvalidOperationException($"Version {version} of campaign {campaign} was not loaded.");

    /// <summary>Whether a campaign that is switched on has a step that is a call, or an earlier version under which enrolments may still run.</summary>
    public async Task<bool> HasCallsAsync(CancellationToken cancel)
    {
        if ((await CurrentAsync(cancel)).Ordered.Any(HasCalls)) return true;
        var published = (await store.PublicationsAsync(cancel)).Where(p => p.Version is not null).Select(p => (p.Campaign, Version: p.Version!)).Distinct();
        foreach (var (campaign, version) in published)
            if (await FindAsync(campaign, version, cancel) is { Campaign: { Enabled: true } earlier } && HasCalls(earlier)) return true;
        return false;

        static bool HasCalls(Campaign campaign) => campaign.Steps.Any(s => s.Channel == Channel.Phone);
    }

    public bool Knows(string campaign, string version) => _definitions.ContainsKey((campaign, version));

    /// <returns>Null when it is not kept, or cannot be used by this app any more.</returns>
    public async Task<CampaignDefinition?> FindAsync(string campaign, string version, CancellationToken cancel)
    {
        if (_definitions.TryGetValue((campaign, version), out var known)) return known;
        try
        {
            var files = await store.FindAsync(campaign, version, cancel);
            if (files is null) LogMissing(log, campaign, version);
            return _definitions[(campaign, version)] = files is null ? null : CampaignDefinition.Parse(files, website);
        }
        catch (Exception e) when (e is CampaignException or InvalidDataException)
        {
            LogUnusable(log, campaign, version, e);
            return _definitions[(campaign, version)] = null;
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<CampaignSet> RebuildAsync(IReadOnlyList<CampaignState> states, long readAt, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            // Whoever asked storage later knows better.
            if (_current is { } current && current.ReadAt > readAt) (states, readAt) = (current.States, current.ReadAt);
            var campaigns = await SetAsync(states, cancel);
            _current = new Snapshot(campaigns, states, readAt);
            return campaigns;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<CampaignSet> SetAsync(IEnumerable<CampaignState> states, CancellationToken cancel)
    {
        var held = new List<Campaign>();
        foreach (var state in states)
            if (await FindAsync(state.Campaign, state.Version, cancel) is { } definition) held.Add(definition.Campaign with { PausedAt = state.PausedAt });
        return new CampaignSet(held, _definitions.Values.OfType<CampaignDefinition>().Select(d => d.Campaign));
    }

    [LoggerMessage(1100, LogLevel.Error, "Version {Version} of campaign {Campaign} is not kept")]
    private static partial void LogMissing(ILogger logger, string campaign, string version);

    [LoggerMessage(1101, LogLevel.Error, "Version {Version} of campaign {Campaign} cannot be used")]
    private static partial void LogUnusable(ILogger logger, string campaign, string version, Exception exception);
}
