namespace Winback.Hosting;

/// <summary>A message that failed every time it was tried.</summary>
/// <param name="Text">The message, at most <see cref="MaxText"/> characters of it; it holds ids only.</param>
/// <param name="SeenAt">When somebody looked at it or queued it again; null while nobody did.</param>
public sealed record Failure(string Queue, string Id, DateTimeOffset At, string Text, DateTimeOffset? SeenAt = null)
{
    public const int MaxText = 2000;
}

/// <summary>Where messages from the poison queues end, visibly.</summary>
public interface IFailureStore
{
    Task RecordAsync(string queue, RawMessage message, CancellationToken cancel);

    IAsyncEnumerable<Failure> AllAsync(CancellationToken cancel);

    /// <summary>It needs no look any more; it stays recorded.</summary>
    Task MarkSeenAsync(Failure failure, CancellationToken cancel);
}
