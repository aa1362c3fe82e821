namespace Winback.LocalHost;

/// <summary>Fires a timer at each occurrence of its schedule, in UTC, one run at a time. A run missed while no host ran stays missed.</summary>
internal sealed class TimerListener(TimerFunction function, Invoke invoke, RunningInvocations running, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);

    private readonly SemaphoreSlim _oneAtATime = new(1);
    private DateTimeOffset? _lastRun;

    public string FunctionName => function.Name;

    /// <summary>Runs until <paramref name="stopping"/>, and then until the last run has ended.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            var next = function.RunsOnStartup ? time.GetUtcNow() : NextAfter(time.GetUtcNow());
            while (true)
            {
                await SleepUntilAsync(next, stopping);
                await FireAsync(next, stopping);
                var now = time.GetUtcNow();
                next = NextAfter(now > next ? now : next);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped while nothing ran.
        }
    }

    /// <summary>Fires it now; waits first while a run is under way.</summary>
    public Task<InvocationResult> FireAsync(CancellationToken stopping) => FireAsync(NextAfter(time.GetUtcNow()), stopping);

    public void Dispose() => _oneAtATime.Dispose();

    private async Task<InvocationResult> FireAsync(DateTimeOffset occurrence, CancellationToken stopping)
    {
        using var _ = running.Begin();
        await _oneAtATime.WaitAsync(stopping);
        try
        {
            var now = time.GetUtcNow();
            var envelope = Envelope.ForTimer(function, _lastRun, occurrence, now);
            _lastRun = now;
            return await invoke(function, envelope, stopping);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task SleepUntilAsync(DateTimeOffset due, CancellationToken stopping)
    {
        // A sleep may end a little early, and can't be longer than some weeks.
        for (var left = due - time.GetUtcNow(); left > TimeSpan.Zero; left = due - time.GetUtcNow())
            await Task.Delay(left < LongestSleep ? left : LongestSleep, time, stopping);
    }

    private DateTimeOffset NextAfter(DateTimeOffset now) => new(function.Schedule.GetNextOccurrence(now.UtcDateTime), TimeSpan.Zero);
}
