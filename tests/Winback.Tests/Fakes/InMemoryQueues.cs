using Winback.Outreach;
using Winback.Scan;

namespace Winback.Tests.Fakes;

/// <summary>A queue in memory. A message stays until <see cref="Remove"/>, as a queue keeps it until it was handled.</summary>
public abstract class InMemoryQueue<T>(Effects effects) : InMemoryStore(effects) where T : class
{
    private readonly Lock _lock = new();
    private readonly List<(T Message, TimeSpan Delay)> _messages = [];

    public IReadOnlyList<(T Message, TimeSpan Delay)> All
    {
        get
        {
            lock (_lock) return [.. _messages];
        }
    }

    public IReadOnlyList<T> Messages => [.. All.Select(m => m.Message)];

    /// <summary>Puts a message there; no effect of the app.</summary>
    public void Put(T message)
    {
        lock (_lock) _messages.Add((message, TimeSpan.Zero));
    }

    public void Remove(T message)
    {
        lock (_lock) _messages.RemoveAt(_messages.FindIndex(m => m.Message == message));
    }

    public void Clear()
    {
        lock (_lock) _messages.Clear();
    }

    protected Task AddAsync(T message, TimeSpan delay)
    {
        Writing();
        lock (_lock) _messages.Add((message, delay));
        Written($"queued {message}");
        return Task.CompletedTask;
    }
}

public sealed class InMemoryOutreachQueue(Effects effects) : InMemoryQueue<OutreachMessage>(effects), IOutreachQueue
{
    public Task SendAsync(OutreachMessage message, TimeSpan delay, CancellationToken cancel) => AddAsync(message, delay);
}

public sealed class InMemoryScanQueue(Effects effects) : InMemoryQueue<ShardMessage>(effects), IScanQueue
{
    public Task SendAsync(ShardMessage shard, CancellationToken cancel) => AddAsync(shard, TimeSpan.Zero);
}
