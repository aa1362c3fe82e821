using System.Collections.Concurrent;
using Winback.Telemetry;

namespace Winback.Tests.Fakes;

/// <summary>Queues that are as full as a test says; empty otherwise.</summary>
public sealed class InMemoryQueueLevels : IQueueLevels
{
    private readonly ConcurrentDictionary<string, QueueLevel> _levels = new(StringComparer.Ordinal);
    private int _asked;

    /// <summary>How often one was measured.</summary>
    public int Asked => _asked;

    public void Put(string queue, QueueLevel level) => _levels[queue] = level;

    public Task<QueueLevel> MeasureAsync(string queue, CancellationToken cancel)
    {
        Interlocked.Increment(ref _asked);
        return Task.FromResult(_levels.GetValueOrDefault(queue, new QueueLevel(0, TimeSpan.Zero)));
    }
}
