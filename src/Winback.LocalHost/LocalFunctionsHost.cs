using Azure.Storage.Queues;

namespace Winback.LocalHost;

/// <summary>
/// Does for a publish folder what the Azure Functions host does for a custom handler: reads host.json and each function.json, starts the app's
/// executable and keeps it running, fires timers, hands over queue messages and passes HTTP requests on.
/// </summary>
public sealed class LocalFunctionsHost : IAsyncDisposable
{
    private static readonly TimeSpan SettleTimeout = TimeSpan.FromSeconds(5);

    private readonly LocalHostOptions _options;
    private readonly HostJson _host;
    private readonly IReadOnlyList<FunctionJson> _functions;
    private readonly HostLog _log;
    private readonly HttpMessageInvoker _client;
    private readonly AppSupervisor _app;
    private readonly RunningInvocations _running = new();
    private readonly IReadOnlyList<TimerListener> _timers;
    private readonly IReadOnlyList<QueueListener> _queues;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abort = new();
    private Task _listening = Task.CompletedTask;
    private HttpFront? _front;
    private int _disposed;

    private LocalFunctionsHost(LocalHostOptions options, HostJson host, IReadOnlyList<FunctionJson> functions)
    {
        (_options, _host, _functions, _log) = (options, host, functions, new HostLog(options.Log));
        var command = AppCommand.From(options.AppRoot, host, options.Environment);
        _client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
        });
        _app = new AppSupervisor(command, _client, _log);
        var invoker = new Invoker(_client, _app.WhenReadyAsync, host.FunctionTimeout, _log, options.TimeProvider);
        _timers = [.. functions.OfType<TimerFunction>().Select(f => new TimerListener(f, invoker.InvokeAsync, _running, options.TimeProvider))];
        _queues = [.. functions.OfType<QueueFunction>().Where(f => !f.IsDisabled).Select(f => Listener(f, invoker.InvokeAsync))];
    }

    /// <summary>http://127.0.0.1:port/; the functions are below its route prefix, /api by default.</summary>
    public Uri BaseUrl => _front?.BaseUrl ?? throw new InvalidOperationException("The host has not been started.");

    /// <summary>The app's process, or null while it is being restarted.</summary>
    public int? AppProcessId => _app.Current?.Id;

    /// <summary>How often the app was started and became ready; 1 unless it had to be restarted.</summary>
    public int AppStarts => _app.Starts;

    /// <summary>Invocations and HTTP requests under way. A message counts until it is settled with its queue.</summary>
    public int RunningInvocations => _running.Count;

    /// <summary>Starts the app, waits until it is ready and begins to listen; when it fails nothing is left running.</summary>
    /// <exception cref="HostConfigurationException">The app folder or a setting is wrong, or the HTTP port is taken.</exception>
    /// <exception cref="AppStartException">The app ended, or did not answer in time. It is not tried again.</exception>
    public static async Task<LocalFunctionsHost> StartAsync(LocalHostOptions options, CancellationToken cancellationToken = default)
    {
        var settings = new AppSettings(options.Environment);
        var appRoot = Path.GetFullPath(options.AppRoot);
        var hostJson = HostJson.Read(appRoot, settings);
        var functions = FunctionJson.ReadAll(appRoot, settings);
        if (!hostJson.ProxiesHttp && functions.OfType<HttpFunction>().FirstOrDefault() is { } http)
        {
            throw new HostConfigurationException(
                $"host.json: customHandler.enableProxyingHttpRequest must be true: {http.Name} is an HTTP function, "
                + "and this host only passes requests on as they are.");
        }
        var host = new LocalFunctionsHost(options with { AppRoot = appRoot }, hostJson, functions);
        try
        {
            await host.StartAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Fires a timer now, as POST /admin/functions/NAME does on the real host; waits first while a run is under way.</summary>
    /// <param name="cancellationToken">Ends the wait for the result; a run that has begun goes on.</param>
    /// <exception cref="ArgumentException">There is no timer of that name.</exception>
    public Task<InvocationResult> InvokeTimerAsync(string functionName, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        var timer = _timers.FirstOrDefault(t => t.FunctionName.Equals(functionName, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(
                $"There is no timer '{functionName}'; there is: {string.Join(", ", _timers.Select(t => t.FunctionName))}.", nameof(functionName));
        return timer.FireAsync(_stopping.Token).WaitAsync(cancellationToken);
    }

    /// <summary>Kills the app's process (SIGKILL), as a crash would; it is started again like after any crash.</summary>
    public void KillApp()
    {
        if (_app.Current is not { } app) return;
        app.Kill();
        app.Exited.Wait(SettleTimeout);
    }

    /// <summary>Takes nothing new, waits <see cref="LocalHostOptions.StopTimeout"/> for what is under way, and kills the app without SIGTERM.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await _stopping.CancelAsync();
        using var patience = new CancellationTokenSource(_options.StopTimeout);
        var frontStops = _front?.StopAsync(patience.Token) ?? Task.CompletedTask;
        await Task.WhenAll(frontStops, Task.WhenAny(_listening, Task.Delay(_options.StopTimeout)));
        await _app.DisposeAsync();
        // What was under way has failed by now; its messages are released.
        await Task.WhenAny(_listening, Task.Delay(SettleTimeout));
        await _abort.CancelAsync();
        await _listening;
        if (_front is not null)
            await _front.DisposeAsync();
        foreach (var timer in _timers)
            timer.Dispose();
        _client.Dispose();
        _abort.Dispose();
        _stopping.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        _front = await HttpFront.StartAsync(
            _options.HttpAddress,
            _options.HttpPort,
            _host.RoutePrefix,
            _functions.OfType<HttpFunction>(),
            forwarder => new HttpForwarding(forwarder, _client, _app.WhenReadyAsync, _host.FunctionTimeout, _running, _log),
            cancellationToken);
        await _app.StartAsync(cancellationToken);
        var enabled = _timers.Where(t => _functions.Any(f => f.Name == t.FunctionName && !f.IsDisabled));
        _listening = Task.WhenAll(
            [.. enabled.Select(t => t.RunAsync(_stopping.Token)), .. _queues.Select(q => q.RunAsync(_stopping.Token, _abort.Token))]);
        var names = _functions.Select(f => f.IsDisabled ? $"{f.Name} (disabled)" : f.Name);
        _log.Information($"Listening at {BaseUrl}; functions: {string.Join(", ", names)}.");
    }

    private QueueListener Listener(QueueFunction function, Invoke invoke)
    {
        const string PoisonSuffix = "-poison";
        // One try each: the listener's own pauses do the rest.
        var options = new QueueClientOptions
        {
            MessageEncoding = QueueMessageEncoding.None,
            Retry = { MaxRetries = 0, NetworkTimeout = TimeSpan.FromSeconds(30) },
        };
        QueueServiceClient storage;
        try
        {
            storage = new QueueServiceClient(function.Connection, options);
        }
        catch (FormatException e)
        {
            // Not its message: it may quote the value, which holds a key.
            throw new HostConfigurationException(
                $"{function.Name}/function.json: connection names a setting that is no storage connection string. "
                + "UseDevelopmentStorage=true is Azurite.",
                e);
        }
        var queue = storage.GetQueueClient(function.QueueName);
        var isPoison = function.QueueName.EndsWith(PoisonSuffix, StringComparison.Ordinal);
        var poison = isPoison ? null : storage.GetQueueClient(function.QueueName + PoisonSuffix);
        var longest = _options.MaxPollingInterval is { } cap && cap < _host.Queues.MaxPollingInterval ? cap : _host.Queues.MaxPollingInterval;
        return new QueueListener(function, _host.Queues, queue, poison, longest, _app.WhenReadyAsync, invoke, _running, _log, _options.TimeProvider);
    }
}
