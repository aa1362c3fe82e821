using System.Collections.Immutable;

namespace Winback.Campaigns;

public enum PublicationKind { Published, Paused, Resumed }

/// <summary>One thing an owner did to a campaign. Only added to, so that it stays known which version held on which day.</summary>
/// <param name="Version">What was published; null for a pause and its end.</param>
public sealed record Publication(string Campaign, DateTimeOffset At, PublicationKind Kind, string? Version = null);

/// <summary>What holds for a campaign at some moment.</summary>
/// <param name="PausedAt">Null while it runs.</param>
public sealed record CampaignState(string Campaign, string Version, DateTimeOffset PublishedAt, DateTimeOffset? PausedAt)
{
    /// <summary>What holds now: all that was done, also from a computer whose clock is ahead.</summary>
    public static ImmutableSortedDictionary<string, CampaignState> Now(IEnumerable<Publication> publications) =>
        At(publications, DateTimeOffset.MaxValue);

    /// <summary>The states that follow from what was done up to a moment, per campaign. Pure. What was done before the first publishing says nothing.</summary>
    public static ImmutableSortedDictionary<string, CampaignState> At(IEnumerable<Publication> publications, DateTimeOffset moment)
    {
        var states = ImmutableSortedDictionary.CreateBuilder<string, CampaignState>(StringComparer.Ordinal);
        foreach (var p in publications.Where(p => p.At <= moment).OrderBy(p => p.At))
        {
            var state = states.GetValueOrDefault(p.Campaign);
            var next = (p.Kind, state) switch
            {
                (PublicationKind.Published, _) => new CampaignState(p.Campaign, p.Version!, p.At, state?.PausedAt),
                (PublicationKind.Paused, { PausedAt: null }) => state with { PausedAt = p.At },
                (PublicationKind.Resumed, not null) => state with { PausedAt = null },
                _ => state,
            };
            if (next is not null) states[p.Campaign] = next;
        }
        return states.ToImmutable();
    }
}
