using Winback.Campaigns;
using Winback.Campaigns.Rendering;
using Winback.Customers;

namespace Winback.Outreach;

/// <summary>Something wrong with one of a campaign's mails or calls.</summary>
/// <param name="Recipient">The made-up customer with whom it shows first.</param>
public sealed record CampaignFinding(Campaign Campaign, Step Step, string Language, SampleRecipient Recipient, LintFinding Finding)
{
    /// <summary>Within the folder of the campaigns.</summary>
    public string File => $"{Campaign.Id}/{Step.Id}.{Language}.md";

    public override string ToString() => $"{File}, for {Recipient.Name}: {Finding}";
}

/// <summary>Lints every step of a campaign, in every language, for every made-up customer. Pure.</summary>
public static class CampaignLint
{
    /// <returns>In the order of the steps, each finding once.</returns>
    public static IReadOnlyList<CampaignFinding> Check(CampaignDefinition definition, BusinessOptions business, Moment now) =>
    [
        .. from step in definition.Campaign.Steps
           from language in Languages.All
           from finding in Findings(definition, step, language, business, now).DistinctBy(found => found.Finding with { Problem = "" })
           select finding,
    ];

    private static IEnumerable<CampaignFinding> Findings(CampaignDefinition definition, Step step, string language, BusinessOptions business, Moment now)
    {
        var campaign = definition.Campaign;
        foreach (var recipient in SampleRecipients.For(now))
        {
            var model = SampleRecipients.Model(business, recipient.File, campaign, step, now, language);
            var found = step.Channel == Channel.Phone
                ? MailLint.Check(definition.Say(step.Id, language, model)) : MailLint.Check(definition.Render(step.Id, language, model), model);
            foreach (var finding in found)
            {
                // A subject with the longest of names is too long, and nobody can help it.
                if (finding.Rule != LintRule.LongSubject || recipient.IsTypical)
                    yield return new CampaignFinding(campaign, step, language, recipient, finding);
            }
        }
    }
}
