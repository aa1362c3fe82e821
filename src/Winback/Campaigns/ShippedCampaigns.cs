using System.Collections.Immutable;

namespace Winback.Campaigns;

/// <summary>The campaigns that came with the app. Each is published at the first scan that does not find it published; from then on only publishing changes it.</summary>
public sealed record ShippedCampaigns(ImmutableArray<CampaignDefinition> Definitions)
{
    /// <param name="website">See <see cref="CampaignDefinition.Parse"/>.</param>
    /// <exception cref="CampaignException">Lists every problem of all campaigns with file, place and remedy.</exception>
    public static ShippedCampaigns Load(string folder, string? website) => new(CampaignDefinition.ParseAll(CampaignFiles.ReadAll(folder), website));

    /// <summary>Those that are in order, none where there is no such folder; the others are for <c>winback campaigns check</c> to tell.</summary>
    public static ShippedCampaigns LoadUsable(string folder, string? website) => new(
        [.. (Directory.Exists(folder) ? CampaignFiles.ReadAll(folder) : []).Select(f => Usable(f, website)).OfType<CampaignDefinition>()]);

    private static CampaignDefinition? Usable(CampaignFiles files, string? website)
    {
        try
        {
            return CampaignDefinition.Parse(files, website);
        }
        catch (CampaignException)
        {
            return null;
        }
    }
}
