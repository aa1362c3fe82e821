using System.Collections.Immutable;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Outreach;

namespace Winback.Replies;

/// <summary>Stops mail to a mailbox, for every customer who uses it. When it returns, nothing is claimed any more.</summary>
public sealed class OptOut(ICustomerStore customers, IMailboxStore mailboxes, TimeProvider time)
{
    /// <summary>Applied twice it changes nothing, the date included.</summary>
    public Task ApplyAsync(UnsubscribeLink link, CancellationToken cancel) => ApplyAsync(link.MailboxKey, link.Customer, link.Class, time.GetUtcNow(), cancel);

    /// <param name="mailboxKey">Null when it is not known.</param>
    /// <param name="at">When it was said; of several times the earliest counts, in whichever order they come in.</param>
    public Task ApplyAsync(string? mailboxKey, CustomerId? customer, MessageClass messageClass, DateTimeOffset at, CancellationToken cancel) =>
        ApplyAsync(mailboxKey, customer, messageClass, by: null, at, cancel);

    /// <param name="mailboxKey">Null when the customer has no usable address.</param>
    /// <param name="by">The reply that said so in words, and may turn out to be misread; null when it was said outright, which only the customer lifts.</param>
    public Task ApplyAsync(string? mailboxKey, CustomerId? customer, MessageClass messageClass, string? by, CancellationToken cancel) =>
        ApplyAsync(mailboxKey, customer, messageClass, by, time.GetUtcNow(), cancel);

    private async Task ApplyAsync(string? mailboxKey, CustomerId? customer, MessageClass messageClass, string? by, DateTimeOffset at, CancellationToken cancel)
    {
        var stop = StopOf(messageClass);
        await ChangeAsync(
            mailboxKey, customer,
            m => IsNews(Since(m, messageClass)) ? With(m, messageClass, at) with { StoppedBy = By(m.StoppedBy, stop, by) }
                : by is null && m.StoppedBy.ContainsKey(stop) ? m with { StoppedBy = m.StoppedBy.Remove(stop) } : m,
            c => IsNews(Since(c, messageClass)) ? (With(c, messageClass, at) with { StoppedBy = By(c.StoppedBy, stop, by) }).End(messageClass, EnrolmentEnd.OptOut)
                : by is null && c.StoppedBy.ContainsKey(stop) ? c with { StoppedBy = c.StoppedBy.Remove(stop) } : c,
            cancel);

        bool IsNews(DateTimeOffset? since) => since is null || (by is null && at < since);
    }

    /// <summary>Takes back, for the mailbox and all others who use it, an opt-out that a reply was misread for, and no other.</summary>
    /// <param name="customer">Whose reply it was.</param>
    /// <param name="heir">Another reply that says the same: then it holds on, because of that one.</param>
    /// <returns>Those others: one of them may have said the same.</returns>
    public async Task<IReadOnlyList<CustomerId>> LiftFromOthersAsync(
        string? mailboxKey, CustomerId customer, MessageClass messageClass, string by, string? heir, CancellationToken cancel)
    {
        if (mailboxKey is null) return [];
        var stop = StopOf(messageClass);
        var mailbox = await mailboxes.UpdateAsync(
            mailboxKey,
            m => !m.StoppedBy.TryGetValue(stop, out var id) || id != by ? m
                : heir is not null ? m with { StoppedBy = m.StoppedBy.SetItem(stop, heir) }
                : With(m, messageClass, null) with { StoppedBy = m.StoppedBy.Remove(stop) },
            cancel);
        CustomerId[] others = [.. mailbox.Owners.Select(CustomerId.Parse).Where(o => o != customer)];
        foreach (var other in others) await LiftAsync(other, messageClass, by, heir, cancel);
        return others;
    }

    /// <summary>The same for one customer.</summary>
    public Task LiftAsync(CustomerId customer, MessageClass messageClass, string by, string? heir, CancellationToken cancel)
    {
        var stop = StopOf(messageClass);
        return customers.UpdateAsync(
            customer,
            c => !c.StoppedBy.TryGetValue(stop, out var id) || id != by ? c
                : heir is not null ? c with { StoppedBy = c.StoppedBy.SetItem(stop, heir) }
                : (With(c, messageClass, null) with { StoppedBy = c.StoppedBy.Remove(stop) }).Reopen(messageClass, EnrolmentEnd.OptOut),
            cancel);
    }

    public static string StopOf(MessageClass messageClass) => messageClass == MessageClass.Marketing ? Stops.OptOut : Stops.ServiceOptOut;

    private async Task ChangeAsync(
        string? mailboxKey, CustomerId? customer, Func<Mailbox, Mailbox> mailbox, Func<Customer, Customer> change, CancellationToken cancel)
    {
        // The mailbox first: a customer imported with it later finds the opt-out there.
        var owners = mailboxKey is null ? [] : (await mailboxes.UpdateAsync(mailboxKey, mailbox, cancel)).Owners;
        CustomerId[] all = [.. (customer is null ? owners : owners.Add(customer.Value.Value)).Select(o => CustomerId.Parse(o))];
        foreach (var owner in all) await customers.UpdateAsync(owner, change, cancel);
    }

    private static ImmutableDictionary<string, string> By(ImmutableDictionary<string, string> known, string stop, string? by) =>
        by is null ? known.Remove(stop) : known.SetItem(stop, by);

    private static DateTimeOffset? Since(Mailbox m, MessageClass messageClass) => messageClass == MessageClass.Marketing ? m.OptedOutAt : m.ServiceOptedOutAt;

    private static DateTimeOffset? Since(Customer c, MessageClass messageClass) => messageClass == MessageClass.Marketing ? c.OptedOutAt : c.ServiceOptedOutAt;

    private static Mailbox With(Mailbox m, MessageClass messageClass, DateTimeOffset? at) =>
        messageClass == MessageClass.Marketing ? m with { OptedOutAt = at } : m with { ServiceOptedOutAt = at };

    private static Customer With(Customer c, MessageClass messageClass, DateTimeOffset? at) =>
        messageClass == MessageClass.Marketing ? c with { OptedOutAt = at } : c with { ServiceOptedOutAt = at };
}
