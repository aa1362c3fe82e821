using Winback.Customers;
using Winback.Outreach;

namespace Winback.MailEvents;

/// <summary>The events that were taken in, each once.</summary>
public interface IMailEventStore
{
    Task<bool> ExistsAsync(CustomerId customer, OutreachId outreach, string id, CancellationToken cancel);

    /// <returns>False when it is there already.</returns>
    Task<bool> TryAddAsync(MailEvent mailEvent, CancellationToken cancel);

    IAsyncEnumerable<MailEvent> OfAsync(CustomerId customer, CancellationToken cancel);
}
