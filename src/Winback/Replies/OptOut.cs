using Winback.Campaigns;
using Winback.Customers;
using Winback.Outreach;

namespace Winback.Replies;

/// <summary>Stops mail to a mailbox, for every customer who uses it. When it returns, nothing is claimed any more.</summary>
public sealed class OptOut(ICustomerStore customers, IMailboxStore mailboxes, TimeProvider time)
{
    /// <summary>Applied twice it changes nothing, the date included.</summary>
    public Task ApplyAsync(UnsubscribeLink link, CancellationToken cancel) => ApplyAsync(link, time.GetUtcNow(), cancel);

    /// <param name="at">When it was said; of several times the earliest counts, in whichever order they come in.</param>
    public async Task ApplyAsync(UnsubscribeLink link, DateTimeOffset at, CancellationToken cancel)
    {
        var marketing = link.Class == MessageClass.Marketing;
        // The mailbox first: a customer imported with it later finds the opt-out there.
        var mailbox = await mailboxes.UpdateAsync(
            link.MailboxKey,
            m => marketing
                ? m.OptedOutAt <= at ? m : m with { OptedOutAt = at }
                : m.ServiceOptedOutAt <= at ? m : m with { ServiceOptedOutAt = at },
            cancel);
        foreach (var owner in link.Customer is { } customer ? mailbox.Owners.Add(customer.Value) : mailbox.Owners)
        {
            await customers.UpdateAsync(
                CustomerId.Parse(owner),
                c => marketing
                    ? c.OptedOutAt <= at ? c : (c with { OptedOutAt = at }).End(MessageClass.Marketing, EnrolmentEnd.OptOut)
                    : c.ServiceOptedOutAt <= at ? c : (c with { ServiceOptedOutAt = at }).End(MessageClass.Service, EnrolmentEnd.OptOut),
                cancel);
        }
    }
}
