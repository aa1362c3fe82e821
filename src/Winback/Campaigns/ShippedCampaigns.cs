using System.Collections.Immutable;

namespace Winback.Campaigns;

/// <summary>The campaigns that came with the app. Each is published at the first scan that does not find it published; from then on only publishing changes it.</summary>
public sealed record ShippedCampaigns(ImmutableArray<CampaignDefinition> Definitions)
{
    /// <param name="website">See <see cref="CampaignDefinition.Parse"/>.</param>
    /// <exception cref="CampaignException">Lists every problem of all campaigns with file, place and remedy.</exception>
    public static ShippedCampaigns Load(string folder, string? website) => new(CampaignDefinition.ParseAll(CampaignFiles.ReadAll(folder), website));
}
