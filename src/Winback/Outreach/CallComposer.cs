using Winback.Campaigns;
using Winback.Campaigns.Rendering;
using Winback.Customers;

namespace Winback.Outreach;

/// <summary>Makes what to say in a step that is a call, in the customer's language.</summary>
public sealed class CallComposer(CampaignCatalog catalog, StepModels models)
{
    public async Task<TalkingPoints> ComposeAsync(CustomerFile file, Campaign campaign, Due due, Moment now, CancellationToken cancel)
    {
        var model = await models.OfAsync(file, campaign, due, now, cancel);
        return catalog.Definition(campaign.Id, campaign.Version).Say(due.Step.Id, models.LanguageOf(file.Profile), model);
    }
}
