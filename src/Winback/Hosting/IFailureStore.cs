namespace Winback.Hosting;

/// <summary>A message that failed every time it was tried.</summary>
/// <param name="Text">The message; it holds ids only.</param>
public sealed record Failure(string Queue, string Id, DateTimeOffset At, string Text);

/// <summary>Where messages from the poison queues end, visibly.</summary>
public interface IFailureStore
{
    Task RecordAsync(string queue, RawMessage message, CancellationToken cancel);

    IAsyncEnumerable<Failure> AllAsync(CancellationToken cancel);
}
