using System.Text.Json;
using Winback.Storage;

namespace Winback.Replies;

/// <summary>Queues <c>read-reply</c> and <c>follow-up</c>.</summary>
public sealed class StorageReplyQueues(StorageAccount storage) : IReplyQueues
{
    public async Task SendAsync(ReadMessage message, CancellationToken cancel) =>
        await (await storage.QueueAsync("read-reply")).SendMessageAsync(JsonSerializer.Serialize(message, ReplyJson.Default.ReadMessage), cancel);

    public async Task SendAsync(FollowUpMessage message, TimeSpan delay, CancellationToken cancel) =>
        await (await storage.QueueAsync("follow-up")).SendMessageAsync(JsonSerializer.Serialize(message, ReplyJson.Default.FollowUpMessage), delay, cancellationToken: cancel);
}
