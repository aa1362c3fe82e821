using Winback.Customers;

namespace Winback.Campaigns;

/// <summary>One mailbox is one person to us: of several customers with one address, one gets the marketing mail. Pure.</summary>
public sealed class MailboxRule(Rule rule, EngineOptions options)
{
    /// <summary>Checks a due marketing step against the other customers with the same mailbox.</summary>
    /// <returns>The step itself; or <c>capped</c>, <c>shared-mailbox</c>.</returns>
    public Verdict Check(Customer customer, Due due, IEnumerable<Customer> others, CampaignSet campaigns, Moment now)
    {
        foreach (var other in others)
        {
            if (due.IsNew && other.LastMarketingAt is { } contact && now.Today < now.DayOf(contact).AddDays(options.DaysBetween(customer)))
                return new Excluded(due.Campaign, ExclusionReason.Capped, $"customer {other.Id} with the same mailbox was written to or called");
            if (due.IsNew && IsInCampaign(other, campaigns) && !(IsDueAgain(customer) && IsDueAgain(other)))
                return new Excluded(due.Campaign, ExclusionReason.SharedMailbox, $"customer {other.Id} with the same mailbox is being written to");
            if (GoesBefore(other, customer) && rule.Ask(other, campaigns, now).Any(v => IsMarketingDue(v, campaigns)))
                return new Excluded(due.Campaign, ExclusionReason.SharedMailbox, $"customer {other.Id} with the same mailbox goes first");
        }
        return due;
    }

    public static bool IsMarketingDue(Verdict verdict, CampaignSet campaigns) =>
        verdict is Due && campaigns.Find(verdict.Campaign)?.Class == MessageClass.Marketing;

    private static bool IsInCampaign(Customer customer, CampaignSet campaigns) =>
        customer.Marketing is { IsActive: true } slot && (slot.State == StepState.Claimed || Rule.HasMore(customer, slot, campaigns));

    /// <summary>Of two who both wait for a mail to go after all neither is written to, and neither would ever be.</summary>
    private static bool IsDueAgain(Customer customer) => customer.Marketing is { IsActive: true, State: StepState.DueAgain };

    /// <summary>The highest revenue first, then the lowest number.</summary>
    private static bool GoesBefore(Customer a, Customer b) =>
        a.Revenue != b.Revenue ? a.Revenue > b.Revenue : string.CompareOrdinal(a.Id.Value, b.Id.Value) < 0;
}
