namespace Winback.LocalHost;

/// <summary>The app's process while it answers.</summary>
internal interface IRunningApp
{
    /// <summary>Where it listens: http://127.0.0.1:port/.</summary>
    Uri Address { get; }

    /// <summary>Ends when the process has ended.</summary>
    Task Exited { get; }

    /// <summary>Ends the process without warning (SIGKILL).</summary>
    void Kill();
}

/// <summary>Waits until the app answers.</summary>
/// <exception cref="OperationCanceledException">The token was cancelled, or the host stops.</exception>
internal delegate Task<IRunningApp> WhenReady(CancellationToken cancellationToken);
