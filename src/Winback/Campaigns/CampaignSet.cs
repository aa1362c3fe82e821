using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Winback.Campaigns;

/// <summary>The campaigns that are switched on, the highest priority first, then by id.</summary>
public sealed class CampaignSet
{
    private readonly FrozenDictionary<string, Campaign> _byId;

    public CampaignSet(IEnumerable<Campaign> campaigns)
    {
        Ordered = [.. campaigns.Where(c => c.Enabled).OrderByDescending(c => c.Priority).ThenBy(c => c.Id, StringComparer.Ordinal)];
        _byId = Ordered.ToFrozenDictionary(c => c.Id, StringComparer.Ordinal);
    }

    public ImmutableArray<Campaign> Ordered { get; }

    public Campaign? Find(string id) => _byId.GetValueOrDefault(id);
}
