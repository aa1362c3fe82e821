using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Winback.Storage;

namespace Winback.Hosting;

/// <summary>Table <c>failures</c>: partition = queue, row = message id.</summary>
public sealed partial class TableFailureStore(StorageAccount storage, TimeProvider time, ILogger<TableFailureStore> log) : IFailureStore
{
    private const string TableName = "failures";

    public async Task RecordAsync(string queue, RawMessage message, CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        var text = Encoding.UTF8.GetString(message.Body);
        var id = message.Id.Length > 0 ? message.Id : Convert.ToHexStringLower(SHA256.HashData(message.Body))[..32];
        await table.UpsertEntityAsync(
            new TableEntity(queue, id).With("At", time.GetUtcNow()).With("Text", text.Length > Failure.MaxText ? text[..Failure.MaxText] : text),
            TableUpdateMode.Replace, cancel);
        LogPoison(log, queue, id);
    }

    public async IAsyncEnumerable<Failure> AllAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: cancel))
            yield return new Failure(row.PartitionKey, row.RowKey, row.GetDateTimeOffset("At") ?? default, row.GetString("Text") ?? "", row.GetDateTimeOffset("SeenAt"));
    }

    public async Task MarkSeenAsync(Failure failure, CancellationToken cancel) =>
        await (await storage.TableAsync(TableName)).UpsertEntityAsync(
            new TableEntity(failure.Queue, failure.Id).With("SeenAt", time.GetUtcNow()), TableUpdateMode.Merge, cancel);

    [LoggerMessage(110, LogLevel.Error, "A message of {Queue} failed every time and is recorded as {Id}")]
    private static partial void LogPoison(ILogger logger, string queue, string id);
}
