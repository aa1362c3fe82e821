using Winback.Calls;
using Winback.Campaigns;
using Winback.Customers;
using Winback.MailEvents;
using Winback.Outreach;
using Winback.Replies;

namespace Winback.History;

/// <summary>All that is kept about a customer, each fact with its date.</summary>
/// <param name="Customer">As they are now, as is <paramref name="Profile"/>.</param>
/// <param name="Subscriptions">All of them, each with the end that the last import gave it.</param>
public sealed record CustomerHistory(
    Customer Customer, Profile Profile, IReadOnlyList<Purchase> Purchases, IReadOnlyList<Subscription> Subscriptions, IReadOnlyList<EnrolmentRecord> Enrolments,
    IReadOnlyList<OutreachRecord> Outreach, IReadOnlyList<Reply> Replies)
{
    /// <summary>The calls that were made to them.</summary>
    public IReadOnlyList<Call> Calls { get; init; } = [];

    /// <summary>What the mail provider told of the mails.</summary>
    public IReadOnlyList<MailEvent> MailEvents { get; init; } = [];
}

/// <summary>Reads what is kept about one customer.</summary>
public sealed class HistoryReader(
    ICustomerStore customers, IFactStore facts, IEnrolmentStore enrolments, IOutreachStore outreach, IReplyStore replies, ICallStore calls, IMailEventStore events)
{
    /// <returns>Null when there is no such customer.</returns>
    public async Task<CustomerHistory?> ReadAsync(CustomerId id, CancellationToken cancel) =>
        await customers.FindAsync(id, cancel) is not { } file
            ? null
            : new CustomerHistory(
                file.Customer,
                file.Profile,
                await facts.PurchasesAsync(id, cancel),
                await facts.SubscriptionsAsync(id, cancel),
                await enrolments.OfAsync(id, cancel).ToListAsync(cancel),
                await outreach.OfAsync(id, cancel).ToListAsync(cancel),
                await replies.OfAsync(id, cancel).ToListAsync(cancel))
            {
                Calls = await calls.OfAsync(id, cancel).ToListAsync(cancel),
                MailEvents = await events.OfAsync(id, cancel).ToListAsync(cancel),
            };
}
