using Winback.Storage;

namespace Winback.Telemetry;

/// <summary>Any queue of the app.</summary>
public sealed class StorageQueueLevels(StorageAccount storage, TimeProvider time) : IQueueLevels
{
    public async Task<QueueLevel> MeasureAsync(string queue, CancellationToken cancel)
    {
        var client = await storage.QueueAsync(queue);
        var messages = (await client.GetPropertiesAsync(cancel)).Value.ApproximateMessagesCount;
        if (messages == 0) return new QueueLevel(0, TimeSpan.Zero);
        // Storage gives roughly the order in which they came.
        var first = (await client.PeekMessageAsync(cancel)).Value?.InsertedOn;
        return new QueueLevel(messages, first is { } since && time.GetUtcNow() - since is { Ticks: > 0 } age ? age : TimeSpan.Zero);
    }
}
