using Azure.Data.Tables;
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

    public async Task<int> CountAsync(CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        return await table.QueryAsync<TableEntity>(select: ["RowKey"], cancellationToken: cancel).CountAsync(cancel);
    }
}
