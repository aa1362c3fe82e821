using System.Text.Json;
using Winback.Storage;

namespace Winback.Replies;

/// <summary>Queues <c>read-reply</c> and <c>follow-up</c>.</summary>
public sealed class StorageReplyQueues(StorageAccount storage) : IReplyQueues
{
    public const string ReadQueue = "read-reply";
    public const string FollowUpQueue = "follow-up";

    public async Task SendAsync(ReadMessage message, CancellationToken cancel) =>
        await (await storage.QueueAsync(ReadQueue)).SendMessageAsync(JsonSerializer.Serialize(message, ReplyJson.Default.ReadMessage), cancel);

    public async Task SendAsync(FollowUpMessage message, TimeSpan delay, CancellationToken cancel) =>
        await (await storage.QueueAsync(FollowUpQueue)).SendMessageAsync(JsonSerializer.Serialize(message, ReplyJson.Default.FollowUpMessage), delay, cancellationToken: cancel);
}
