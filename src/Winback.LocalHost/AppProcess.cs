using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Winback.LocalHost;

/// <summary>One run of the app's executable, from its start to its end.</summary>
internal sealed class AppProcess : IRunningApp, IDisposable
{
    private const int KeptErrorLines = 50;
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(25);

    private readonly Process _process;
    private readonly HostLog _log;
    private readonly Queue<string> _errorLines = new();
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _outputRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _errorsRead = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private volatile bool _killed;

    private AppProcess(AppCommand command, HostLog log)
    {
        _log = log;
        // A new port for each start: whatever still listens on the last one can't be taken for the new process.
        var port = FreePort();
        Address = new Uri($"http://127.0.0.1:{port}/");
        _process = new Process { StartInfo = StartInfo(command, port), EnableRaisingEvents = true };
        _process.Exited += (_, _) => _exited.TrySetResult();
        _process.OutputDataReceived += (_, line) => OnOutput(line.Data);
        _process.ErrorDataReceived += (_, line) => OnError(line.Data);
    }

    public Uri Address { get; }

    public Task Exited => _exited.Task;

    public int Id { get; private set; }

    /// <summary>It has ended, or is about to.</summary>
    public bool IsEnding => _killed || _exited.Task.IsCompleted;

    public int ExitCode => _process.ExitCode;

    /// <summary>Starts the app and waits for its first answer; on any failure nothing is left running.</summary>
    /// <exception cref="AppStartException">It can't be started, ended, or did not answer in time.</exception>
    public static async Task<AppProcess> StartAsync(AppCommand command, HttpMessageInvoker client, HostLog log, CancellationToken cancellationToken)
    {
        var app = new AppProcess(command, log);
        try
        {
            app.Launch(command);
            await app.AnswersAsync(command, client, cancellationToken);
            return app;
        }
        catch
        {
            app.Dispose();
            throw;
        }
    }

    public void Kill()
    {
        _killed = true;
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            if (!_exited.Task.IsCompleted)
                _log.Error($"The app (process {Id}) could not be killed: {e.Message}");
        }
    }

    /// <summary>Kills it if need be, and waits until it is gone.</summary>
    public void Dispose()
    {
        if (Id != 0)
        {
            Kill();
            _process.WaitForExit(TimeSpan.FromSeconds(5));
        }
        _exited.TrySetResult();
        _process.Dispose();
    }

    /// <summary>Waits for what a process that has ended left in its pipes; a second at most, as a grandchild may hold them open for ever.</summary>
    public Task LastLinesReadAsync() =>
        Task.WhenAny(Task.WhenAll(_outputRead.Task, _errorsRead.Task), Task.Delay(TimeSpan.FromSeconds(1)));

    private void Launch(AppCommand command)
    {
        try
        {
            _process.Start();
        }
        catch (Win32Exception e)
        {
            throw new AppStartException($"{command.Executable} can't be started: {e.Message}. Was it published for this kind of machine?", []);
        }
        Id = _process.Id;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Ready is any answer to GET /, 404 too.</summary>
    private async Task AnswersAsync(AppCommand command, HttpMessageInvoker client, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(command.InitializationTimeout);
        try
        {
            while (!_exited.Task.IsCompleted)
            {
                try
                {
                    using var probe = new HttpRequestMessage(HttpMethod.Get, Address);
                    using var answer = await client.SendAsync(probe, limit.Token);
                    return;
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(ProbeInterval, limit.Token);
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AppStartException(
                $"The app did not answer on port $FUNCTIONS_CUSTOMHANDLER_PORT within {command.InitializationTimeout:c}"
                + " (host.json: customHandler.initializationTimeout).",
                ErrorLines());
        }
        await LastLinesReadAsync();
        throw new AppStartException($"{command.Executable} ended with code {_process.ExitCode} before it was ready.", ErrorLines());
    }

    private void OnOutput(string? line)
    {
        if (line is null)
            _outputRead.TrySetResult();
        else
            _log.AppOutput(line);
    }

    private void OnError(string? line)
    {
        if (line is null)
        {
            _errorsRead.TrySetResult();
            return;
        }
        lock (_errorLines)
        {
            _errorLines.Enqueue(line);
            if (_errorLines.Count > KeptErrorLines) _errorLines.Dequeue();
        }
        _log.AppError(line);
    }

    private string[] ErrorLines()
    {
        lock (_errorLines) return [.. _errorLines];
    }

    private static ProcessStartInfo StartInfo(AppCommand command, int port)
    {
        var start = new ProcessStartInfo(command.Executable, command.Arguments)
        {
            WorkingDirectory = command.AppRoot,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in command.Environment)
            start.Environment[name] = value;
        var (portText, id) = (port.ToString(System.Globalization.CultureInfo.InvariantCulture), Guid.NewGuid().ToString());
        start.Environment["FUNCTIONS_WORKER_RUNTIME"] = "custom";
        start.Environment["FUNCTIONS_APP_ROOT_PATH"] = command.AppRoot;
        start.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = portText;
        start.Environment["FUNCTIONS_CUSTOMHANDLER_WORKER_ID"] = id;
        start.Environment["FUNCTIONS_HTTPWORKER_PORT"] = portText;
        start.Environment["FUNCTIONS_HTTPWORKER_ID"] = id;
        return start;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
