namespace Winback.Campaigns;

/// <summary>Makes definitions hold: what is published is what the next scan decides by. Enrolments that run keep the version they started under.</summary>
public sealed class CampaignPublisher(ShippedCampaigns shipped, IDefinitionStore store, CampaignCatalog catalog, TimeProvider time)
{
    /// <summary>Publishes the shipped campaigns that never were, so that everything is decided under a version that is kept.</summary>
    public async Task SeedAsync(CancellationToken cancel)
    {
        var known = await StatesAsync(cancel);
        foreach (var definition in shipped.Definitions.Where(d => !known.ContainsKey(d.Campaign.Id))) await AddAsync(definition, cancel);
        await catalog.RefreshAsync(cancel);
    }

    /// <returns>False when that very version is published already.</returns>
    /// <exception cref="CampaignException">It would change the kind of a campaign, or it is too large.</exception>
    public async Task<bool> PublishAsync(CampaignDefinition definition, CancellationToken cancel)
    {
        var campaign = definition.Campaign;
        if ((await StatesAsync(cancel)).GetValueOrDefault(campaign.Id) is { } state)
        {
            if (state.Version == campaign.Version) return false;
            if (await catalog.FindAsync(campaign.Id, state.Version, cancel) is { } old && old.Campaign.Class != campaign.Class)
                throw new CampaignException($"{definition.Files.PathOf(CampaignFiles.DefinitionFile)}: kind is not what it was, and enrolments of the other kind may be running; give the new campaign a name of its own.");
        }
        await AddAsync(definition, cancel);
        await catalog.RefreshAsync(cancel);
        return true;
    }

    /// <summary>Nothing of it is sent until it is resumed: nobody is enrolled, follow-ups wait.</summary>
    /// <returns>False when it is paused already.</returns>
    /// <exception cref="CampaignException">It is not published.</exception>
    public async Task<bool> PauseAsync(string campaign, CancellationToken cancel) => await SwitchAsync(campaign, PublicationKind.Paused, cancel);

    /// <returns>False when it is not paused.</returns>
    /// <exception cref="CampaignException">It is not published.</exception>
    public async Task<bool> ResumeAsync(string campaign, CancellationToken cancel) => await SwitchAsync(campaign, PublicationKind.Resumed, cancel);

    private async Task<bool> SwitchAsync(string campaign, PublicationKind kind, CancellationToken cancel)
    {
        await SeedAsync(cancel);
        var states = await StatesAsync(cancel);
        if (states.GetValueOrDefault(campaign) is not { } state)
            throw new CampaignException($"There is no published campaign \"{campaign}\"; there are: {string.Join(", ", states.Keys)}.");
        if (state.PausedAt is not null == (kind == PublicationKind.Paused)) return false;
        await AddAsync(campaign, kind, null, cancel);
        await catalog.RefreshAsync(cancel);
        return true;
    }

    private async Task AddAsync(CampaignDefinition definition, CancellationToken cancel)
    {
        await store.KeepAsync(definition.Files, cancel);
        await AddAsync(definition.Campaign.Id, PublicationKind.Published, definition.Campaign.Version, cancel);
    }

    /// <summary>Always later than what was done before, from whatever computer: what was done last holds.</summary>
    private async Task AddAsync(string campaign, PublicationKind kind, string? version, CancellationToken cancel)
    {
        var last = (await store.PublicationsAsync(cancel)).Where(p => p.Campaign == campaign).Max(p => (DateTimeOffset?)p.At);
        var now = time.GetUtcNow();
        await store.AddAsync(new Publication(campaign, last >= now ? last.Value.AddTicks(1) : now, kind, version), cancel);
    }

    private async Task<IReadOnlyDictionary<string, CampaignState>> StatesAsync(CancellationToken cancel) =>
        CampaignState.Now(await store.PublicationsAsync(cancel));
}
