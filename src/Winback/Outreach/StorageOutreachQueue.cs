using System.Text.Json;
using System.Text.Json.Serialization;
using Winback.Storage;

namespace Winback.Outreach;

/// <summary>Queue <c>send-outreach</c>.</summary>
public sealed class StorageOutreachQueue(StorageAccount storage) : IOutreachQueue
{
    public const string QueueName = "send-outreach";

    /// <summary>What is still due after that, a later scan has queued anew: nothing piles up while the provider is away.</summary>
    private static readonly TimeSpan TimeToLive = TimeSpan.FromHours(4);

    public async Task SendAsync(OutreachMessage message, TimeSpan delay, CancellationToken cancel)
    {
        var queue = await storage.QueueAsync(QueueName);
        await queue.SendMessageAsync(JsonSerializer.Serialize(message, OutreachJson.Default.OutreachMessage), delay, TimeToLive, cancel);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OutreachMessage))]
internal sealed partial class OutreachJson : JsonSerializerContext;
