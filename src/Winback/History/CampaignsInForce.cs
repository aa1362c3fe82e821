using Winback.Campaigns;

namespace Winback.History;

/// <summary>The campaigns that decided on a day.</summary>
/// <param name="Unknown">What is taken for granted about them, in words; null for nothing.</param>
public sealed record CampaignsOfDay(CampaignSet Campaigns, string? Unknown);

/// <summary>Which campaigns decided when.</summary>
public sealed class CampaignsInForce(CampaignSet campaigns)
{
    public Task<CampaignsOfDay> OnAsync(DateOnly day, CancellationToken cancel) =>
        Task.FromResult(new CampaignsOfDay(campaigns, "The campaigns are taken as they are now, also where they said something else that day."));
}
