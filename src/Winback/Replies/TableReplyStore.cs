using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Winback.Customers;
using Winback.Storage;

namespace Winback.Replies;

/// <summary>Table <c>replies</c>: partition = first two digits of the id, row = the id.</summary>
public sealed class TableReplyStore(StorageAccount storage) : IReplyStore
{
    private const string TableName = "replies";

    public async Task<bool> ExistsAsync(string id, CancellationToken cancel) =>
        await (await storage.TableAsync(TableName)).FindAsync(id[..2], id, cancel) is not null;

    public async Task<bool> TryAddAsync(Reply reply, CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        return await table.TryAddAsync(
            new TableEntity(reply.Id[..2], reply.Id)
                .With("Customer", reply.Customer?.Value).With("Campaign", reply.Campaign).With("Step", reply.Step).With("ReceivedAt", reply.ReceivedAt)
                .With("IsAutomatic", reply.IsAutomatic).With("Subject", reply.Subject).With("Text", reply.Text),
            cancel);
    }

    public IAsyncEnumerable<Reply> OfAsync(CustomerId customer, CancellationToken cancel) =>
        QueryAsync(TableClient.CreateQueryFilter($"Customer eq {customer.Value}"), cancel);

    public IAsyncEnumerable<Reply> AllAsync(CancellationToken cancel) => QueryAsync(null, cancel);

    private async IAsyncEnumerable<Reply> QueryAsync(string? filter, [EnumeratorCancellation] CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancel))
        {
            yield return new Reply(
                row.RowKey, row.GetString("Customer") is { } customer ? CustomerId.Parse(customer) : null, row.GetString("Campaign"), row.GetString("Step"),
                row.GetDateTimeOffset("ReceivedAt")!.Value, row.GetBoolean("IsAutomatic") ?? false, row.GetString("Subject") ?? "", row.GetString("Text") ?? "");
        }
    }
}
