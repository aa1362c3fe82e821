using System.Net;

namespace Winback.LocalHost;

/// <summary>What a <see cref="LocalFunctionsHost"/> runs, and how.</summary>
public sealed record LocalHostOptions
{
    /// <summary>The app's publish folder: the one with host.json, the executable and one folder per function.</summary>
    public required string AppRoot { get; init; }

    /// <summary>
    /// The app's settings. They are passed to the app as environment variables, over this process's own environment, and fill in %SETTING% and
    /// the storage connections of function.json. <c>AzureFunctionsJobHost__path__to__value</c> overrides a value of host.json and
    /// <c>AzureWebJobs.NAME.Disabled</c> = true keeps a function from being triggered, as on the real host.
    /// </summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Where HTTP is answered. Default 127.0.0.1: this machine only.</summary>
    public IPAddress HttpAddress { get; init; } = IPAddress.Loopback;

    /// <summary>The port that answers HTTP; 0 (the default) takes a free one, see <see cref="LocalFunctionsHost.BaseUrl"/>.</summary>
    public int HttpPort { get; init; }

    /// <summary>Gets every line of the app's output and of the host's own log; called from several threads, must not throw.</summary>
    public Action<LogLine> Log { get; init; } = _ => { };

    /// <summary>The longest pause between two looks into an empty queue, if shorter than host.json's maxPollingInterval; null: that.</summary>
    public TimeSpan? MaxPollingInterval { get; init; }

    /// <summary>How long stopping waits for running invocations before the app is killed. Default 5 seconds.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The clock of timers, queue polling and functionTimeout. Starting and restarting the app always takes real time.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
