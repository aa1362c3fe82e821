namespace Winback.LocalHost;

/// <summary>How many invocations and requests are under way, settling a message with the queue included.</summary>
internal sealed class RunningInvocations
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Counts one until it is disposed.</summary>
    public IDisposable Begin()
    {
        Interlocked.Increment(ref _count);
        return new Running(this);
    }

    private sealed class Running(RunningInvocations owner) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref owner._count);
    }
}
