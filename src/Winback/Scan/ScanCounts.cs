using System.Text.Json.Serialization;
using Winback.Campaigns;

namespace Winback.Scan;

/// <summary>What a scan found for one campaign; due + waiting + excluded = the customers examined.</summary>
/// <param name="Excluded">Per exclusion reason, by its word.</param>
public sealed record CampaignCounts(int Due, int Waiting, SortedDictionary<string, int> Excluded)
{
    public static CampaignCounts None => new(0, 0, new SortedDictionary<string, int>(StringComparer.Ordinal));

    public CampaignCounts Plus(CampaignCounts other)
    {
        var excluded = new SortedDictionary<string, int>(Excluded, StringComparer.Ordinal);
        foreach (var (reason, count) in other.Excluded) excluded[reason] = excluded.GetValueOrDefault(reason) + count;
        return new CampaignCounts(Due + other.Due, Waiting + other.Waiting, excluded);
    }
}

/// <summary>Counts verdicts.</summary>
public sealed class ScanTally(ScanCounts start)
{
    private readonly Dictionary<string, int> _due = start.Campaigns.ToDictionary(c => c.Key, c => c.Value.Due, StringComparer.Ordinal);
    private readonly Dictionary<string, int> _waiting = start.Campaigns.ToDictionary(c => c.Key, c => c.Value.Waiting, StringComparer.Ordinal);
    private readonly Dictionary<(string Campaign, ExclusionReason Reason), int> _excluded = start.Campaigns
        .SelectMany(c => c.Value.Excluded.Select(e => (c.Key, e.Key, e.Value)))
        .ToDictionary(e => (e.Item1, Enum.GetValues<ExclusionReason>().Single(r => r.Word() == e.Item2)), e => e.Value);

    private int _examined = start.Examined;

    public void Add(IReadOnlyList<Verdict> verdicts)
    {
        _examined++;
        foreach (var verdict in verdicts)
        {
            switch (verdict)
            {
                case Due:
                    _due[verdict.Campaign] = _due.GetValueOrDefault(verdict.Campaign) + 1;
                    break;
                case Waiting:
                    _waiting[verdict.Campaign] = _waiting.GetValueOrDefault(verdict.Campaign) + 1;
                    break;
                case Excluded excluded:
                    _excluded[(verdict.Campaign, excluded.Reason)] = _excluded.GetValueOrDefault((verdict.Campaign, excluded.Reason)) + 1;
                    break;
            }
        }
    }

    public ScanCounts Counts
    {
        get
        {
            var campaigns = new SortedDictionary<string, CampaignCounts>(StringComparer.Ordinal);
            foreach (var id in _due.Keys.Concat(_waiting.Keys).Concat(_excluded.Keys.Select(k => k.Campaign)).Distinct(StringComparer.Ordinal))
            {
                var excluded = new SortedDictionary<string, int>(StringComparer.Ordinal);
                foreach (var ((campaign, reason), count) in _excluded)
                    if (campaign == id) excluded[reason.Word()] = count;
                campaigns[id] = new CampaignCounts(_due.GetValueOrDefault(id), _waiting.GetValueOrDefault(id), excluded);
            }
            return new ScanCounts(_examined, campaigns);
        }
    }
}

/// <summary>What a shard, or a whole scan, found.</summary>
public sealed record ScanCounts(int Examined, SortedDictionary<string, CampaignCounts> Campaigns)
{
    public static ScanCounts None => new(0, new SortedDictionary<string, CampaignCounts>(StringComparer.Ordinal));

    public ScanCounts Plus(ScanCounts other)
    {
        var campaigns = new SortedDictionary<string, CampaignCounts>(Campaigns, StringComparer.Ordinal);
        foreach (var (id, counts) in other.Campaigns)
            campaigns[id] = campaigns.TryGetValue(id, out var mine) ? mine.Plus(counts) : counts;
        return new ScanCounts(Examined + other.Examined, campaigns);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ScanCounts))]
[JsonSerializable(typeof(ShardMessage))]
internal sealed partial class ScanJson : JsonSerializerContext;
