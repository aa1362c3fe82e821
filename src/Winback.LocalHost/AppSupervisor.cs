using System.Diagnostics;

namespace Winback.LocalHost;

/// <summary>
/// Keeps the app running: starts it again when it ends, at once the first times and with growing pauses when it keeps ending. The real host
/// stops after three such ends within half an hour and the platform starts a new host; seen from the app that is the same.
/// </summary>
internal sealed class AppSupervisor(AppCommand command, HttpMessageInvoker client, HostLog log) : IAsyncDisposable
{
    private const int RestartsWithoutPause = 3;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConsideredStable = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopping = new();
    private volatile TaskCompletionSource<AppProcess> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _keeper = Task.CompletedTask;
    private int _starts;

    /// <summary>How often the app became ready.</summary>
    public int Starts => Volatile.Read(ref _starts);

    /// <summary>The process that is ready, or null while there is none.</summary>
    public AppProcess? Current => _ready.Task is { IsCompletedSuccessfully: true, Result: var app } ? app : null;

    /// <summary>Starts the app for the first time; a failure is not tried again, as it is nearly always a setting.</summary>
    /// <exception cref="AppStartException"/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var app = await AppProcess.StartAsync(command, client, log, cancellationToken);
        Announce(app);
        _keeper = KeepRunningAsync(app);
    }

    public async Task<IRunningApp> WhenReadyAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var app = await _ready.Task.WaitAsync(cancellationToken);
            if (!app.IsEnding) return app;
            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _keeper;
        _ready.TrySetCanceled();
        _stopping.Dispose();
    }

    private void Announce(AppProcess app)
    {
        Interlocked.Increment(ref _starts);
        log.Information($"The app is ready (process {app.Id}).");
        _ready.SetResult(app);
    }

    private async Task KeepRunningAsync(AppProcess? app)
    {
        var endings = 0;
        while (!_stopping.IsCancellationRequested)
        {
            var ran = Stopwatch.StartNew();
            if (app is not null)
            {
                await UntilEndAsync(app);
                if (_stopping.IsCancellationRequested) return;
            }
            endings = ran.Elapsed >= ConsideredStable ? 1 : endings + 1;
            app = await StartAgainAsync(endings);
        }
        app?.Dispose();
    }

    private async Task UntilEndAsync(AppProcess app)
    {
        using (_stopping.Token.Register(app.Kill))
            await app.Exited;
        _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_stopping.IsCancellationRequested)
            _ready.TrySetCanceled();
        else
            log.Error($"The app (process {app.Id}) ended with code {app.ExitCode}; it is started again.");
        await app.LastLinesReadAsync();
        app.Dispose();
    }

    /// <returns>Null when it failed, which is logged.</returns>
    private async Task<AppProcess?> StartAgainAsync(int endings)
    {
        try
        {
            if (endings > RestartsWithoutPause)
            {
                var seconds = Math.Min(Math.Pow(2, endings - RestartsWithoutPause - 2), LongestPause.TotalSeconds);
                await Task.Delay(TimeSpan.FromSeconds(seconds), _stopping.Token);
            }
            var app = await AppProcess.StartAsync(command, client, log, _stopping.Token);
            Announce(app);
            return app;
        }
        catch (AppStartException e)
        {
            log.Error(e.Message);
            return null;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return null;
        }
    }
}
