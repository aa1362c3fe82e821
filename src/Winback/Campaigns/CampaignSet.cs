using System.Collections.Frozen;
using System.Collections.Immutable;
using Winback.Customers;

namespace Winback.Campaigns;

/// <summary>The campaigns that are switched on, the highest priority first, then by id; and earlier versions of them that enrolments still run under.</summary>
public sealed class CampaignSet
{
    private readonly FrozenDictionary<string, Campaign> _byId;
    private readonly FrozenDictionary<(string Id, string Version), Campaign> _byVersion;

    /// <param name="campaigns">One version of each.</param>
    /// <param name="earlier">Any other versions; those of a campaign that is switched off say nothing.</param>
    public CampaignSet(IEnumerable<Campaign> campaigns, IEnumerable<Campaign>? earlier = null)
    {
        Ordered = [.. campaigns.Where(c => c.Enabled).OrderByDescending(c => c.Priority).ThenBy(c => c.Id, StringComparer.Ordinal)];
        _byId = Ordered.ToFrozenDictionary(c => c.Id, StringComparer.Ordinal);
        _byVersion = (earlier ?? []).Where(e => _byId.ContainsKey(e.Id))
            .Select(e => e with { PausedAt = _byId[e.Id].PausedAt })
            .Concat(Ordered).DistinctBy(c => (c.Id, c.Version)).ToFrozenDictionary(c => (c.Id, c.Version));
    }

    public ImmutableArray<Campaign> Ordered { get; }

    public Campaign? Find(string id) => _byId.GetValueOrDefault(id);

    public Campaign? Find(string id, string version) => _byVersion.GetValueOrDefault((id, version));

    /// <summary>The version that an enrolment runs under; the present one where that is not known any more; null when the campaign is switched off.</summary>
    public Campaign? Of(Enrolment enrolment) => Find(enrolment.Campaign, enrolment.Version) ?? Find(enrolment.Campaign);
}
