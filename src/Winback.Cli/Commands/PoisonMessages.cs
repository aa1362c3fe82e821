using System.Text.Json;
using Winback.Hosting;
using Winback.Outreach;
using Winback.Replies;
using Winback.Scan;

namespace Winback.Cli.Commands;

/// <summary>Messages that failed every time they were tried, as they are recorded.</summary>
internal static class PoisonMessages
{
    /// <exception cref="CommandException">There is no such message.</exception>
    public static async Task<Failure> FindAsync(IServiceProvider parts, string id, CancellationToken cancel) =>
        await parts.GetRequiredService<IFailureStore>().AllAsync(cancel).FirstOrDefaultAsync(f => f.Id == id, cancel)
        ?? throw new CommandException($"--poison: there is no message {id}; winback status lists them.");

    /// <summary>Queues it anew, with all its tries.</summary>
    /// <exception cref="CommandException">It is no work that can be read.</exception>
    public static async Task QueueAgainAsync(IServiceProvider parts, Failure failure, CancellationToken cancel)
    {
        if (failure.SeenAt is not null) throw new CommandException($"--poison: message {failure.Id} was queued again or put away already.");
        try
        {
            if (failure.Queue == StorageOutreachQueue.QueueName && Read<OutreachMessage>(failure) is { Customer: not null, Campaign: not null, Step: not null } step)
                await parts.GetRequiredService<IOutreachQueue>().SendAsync(
                    step with { QueuedAt = parts.GetRequiredService<TimeProvider>().GetUtcNow(), Attempt = 0 }, TimeSpan.Zero, cancel);
            else if (failure.Queue == StorageScanQueue.QueueName && Read<ShardMessage>(failure) is { Shard.Length: 1 } shard && ScanIds.IsId(shard.Scan))
                await parts.GetRequiredService<IScanQueue>().SendAsync(shard, cancel);
            else if (failure.Queue == StorageReplyQueues.ReadQueue && Read<ReadMessage>(failure) is { Reply: not null } read)
                await parts.GetRequiredService<IReplyQueues>().SendAsync(read, cancel);
            else if (failure.Queue == StorageReplyQueues.FollowUpQueue && Read<FollowUpMessage>(failure) is { } follow && (follow.Reply ?? follow.Friend) is not null)
                await parts.GetRequiredService<IReplyQueues>().SendAsync(follow with { Attempt = 0 }, TimeSpan.Zero, cancel);
            else
                throw Useless();
        }
        catch (JsonException)
        {
            throw Useless();
        }
        await parts.GetRequiredService<IFailureStore>().MarkSeenAsync(failure, cancel);

        CommandException Useless() => new($"--poison: message {failure.Id} is no work that can be read, so it would fail again. Put it away with: winback resolve --poison {failure.Id}");
    }

    private static T? Read<T>(Failure failure) => JsonSerializer.Deserialize<T>(failure.Text, JsonSerializerOptions.Web);
}
