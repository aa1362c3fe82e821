using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Winback.Customers;
using Winback.Outreach;
using Winback.Storage;

namespace Winback.MailEvents;

/// <summary>Table <c>events</c>: partitioned like the customers, row = customer | outreach | hash of the provider's id.</summary>
public sealed class TableMailEventStore(StorageAccount storage, TimeProvider time) : IMailEventStore
{
    private const string TableName = "events";

    public async Task<bool> ExistsAsync(CustomerId customer, OutreachId outreach, string id, CancellationToken cancel) =>
        await (await storage.TableAsync(TableName)).FindAsync(customer.Partition, Key(customer, outreach, id), cancel) is not null;

    public async Task<bool> TryAddAsync(MailEvent mailEvent, CancellationToken cancel) =>
        await (await storage.TableAsync(TableName)).TryAddAsync(
            new TableEntity(mailEvent.Customer.Partition, Key(mailEvent.Customer, mailEvent.Outreach, mailEvent.Id))
                .With("Customer", mailEvent.Customer.Value).With("Campaign", mailEvent.Campaign).With("Step", mailEvent.Step)
                .With("Outreach", mailEvent.Outreach.Value).With("Event", mailEvent.Id).With("Kind", mailEvent.Kind.ToString()).With("At", mailEvent.At)
                .With("Reason", mailEvent.Reason).With("RecordedAt", time.GetUtcNow()),
            cancel);

    public async IAsyncEnumerable<MailEvent> OfAsync(CustomerId customer, [EnumeratorCancellation] CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        await foreach (var row in table.QueryAsync<TableEntity>(Entities.Prefixed(customer.Partition, $"{customer.Value}|"), cancellationToken: cancel))
        {
            yield return new MailEvent(
                row.GetString("Event"), CustomerId.Parse(row.GetString("Customer")), row.GetString("Campaign"), row.GetString("Step"),
                new OutreachId(row.GetString("Outreach")), Enum.Parse<MailEventKind>(row.GetString("Kind")), row.GetDateTimeOffset("At")!.Value, row.GetString("Reason"));
        }
    }

    private static string Key(CustomerId customer, OutreachId outreach, string id) =>
        $"{customer.Value}|{outreach}|{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 12))}";
}
