using Winback.Customers;

namespace Winback.Campaigns;

/// <summary>Asks the rule, and for a mailbox that several customers share also about the others.</summary>
public sealed class Examiner(ICustomerStore customers, IMailboxStore mailboxes, Rule rule, MailboxRule mailboxRule, CampaignCatalog catalog)
{
    /// <summary>One verdict per campaign. Only customers with a shared mailbox cost reads.</summary>
    public async ValueTask<IReadOnlyList<Verdict>> ExamineAsync(Customer customer, Moment now, CancellationToken cancel)
    {
        var campaigns = await catalog.ForAsync(customer, cancel);
        var verdicts = rule.Ask(customer, campaigns, now);
        if (!customer.SharesMailbox || !verdicts.Any(v => MailboxRule.IsMarketingDue(v, campaigns))) return verdicts;
        var others = await SharersAsync(customer, cancel);
        foreach (var other in others) campaigns = await catalog.ForAsync(other, cancel);
        return [.. verdicts.Select(v => MailboxRule.IsMarketingDue(v, campaigns) ? mailboxRule.Check(customer, (Due)v, others, campaigns, now) : v)];
    }

    private async Task<IReadOnlyList<Customer>> SharersAsync(Customer customer, CancellationToken cancel)
    {
        if (await customers.FindAsync(customer.Id, cancel) is not { Profile.MailboxKey: { } key }) return [];
        if (await mailboxes.FindAsync(key, cancel) is not { } mailbox) return [];
        var others = new List<Customer>();
        foreach (var owner in mailbox.Owners)
        {
            if (owner != customer.Id.Value && await customers.FindAsync(CustomerId.Parse(owner), cancel) is { } other && other.Profile.MailboxKey == key)
                others.Add(other.Customer);
        }
        return others;
    }
}
