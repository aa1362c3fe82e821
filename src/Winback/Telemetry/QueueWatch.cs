namespace Winback.Telemetry;

/// <param name="Messages">Those being worked on, or put off, included.</param>
/// <param name="Oldest">How long the first message that can be taken has been there; zero when there is none.</param>
public sealed record QueueLevel(long Messages, TimeSpan Oldest);

public interface IQueueLevels
{
    /// <summary>How full a queue is now. Takes nothing from it.</summary>
    Task<QueueLevel> MeasureAsync(string queue, CancellationToken cancel);
}

/// <summary>Measures the queues and their poison queues, for whoever listens. Asked now and then, since nothing runs between invocations.</summary>
public sealed class QueueWatch(IQueueLevels levels, Signals signals)
{
    public async Task MeasureAsync(IEnumerable<string> queues, CancellationToken cancel)
    {
        if (!signals.WatchesQueues) return;
        foreach (var queue in queues.SelectMany(q => new[] { q, $"{q}-poison" })) signals.QueueIs(queue, await levels.MeasureAsync(queue, cancel));
    }
}
