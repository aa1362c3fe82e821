using Winback.Campaigns;
using Winback.Customers;
using Winback.Outreach;

namespace Winback.Replies;

/// <summary>Stops mail to a mailbox, for every customer who uses it. When it returns, nothing is claimed any more.</summary>
public sealed class OptOut(ICustomerStore customers, IMailboxStore mailboxes, TimeProvider time)
{
    /// <summary>Applied twice it changes nothing, the date included.</summary>
    public async Task ApplyAsync(UnsubscribeLink link, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var marketing = link.Class == MessageClass.Marketing;
        // The mailbox first: a customer imported with it later finds the opt-out there.
        var mailbox = await mailboxes.UpdateAsync(
            link.MailboxKey,
            m => marketing
                ? m.OptedOutAt is null ? m with { OptedOutAt = now } : m
                : m.ServiceOptedOutAt is null ? m with { ServiceOptedOutAt = now } : m,
            cancel);
        foreach (var owner in link.Customer is { } customer ? mailbox.Owners.Add(customer.Value) : mailbox.Owners)
        {
            await customers.UpdateAsync(
                CustomerId.Parse(owner),
                c => marketing
                    ? c.OptedOutAt is null ? (c with { OptedOutAt = now }).End(MessageClass.Marketing, EnrolmentEnd.OptOut) : c
                    : c.ServiceOptedOutAt is null ? (c with { ServiceOptedOutAt = now }).End(MessageClass.Service, EnrolmentEnd.OptOut) : c,
                cancel);
        }
    }
}
