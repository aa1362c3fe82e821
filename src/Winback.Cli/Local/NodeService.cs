using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Winback.Cli.Local;

/// <summary>A Node program that listens on loopback until it is disposed, or the process that started it is gone.</summary>
public sealed class NodeService : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(15);
    private readonly Process _process;

    private NodeService(Process process) => _process = process;

    /// <param name="folder">The one with node_modules and stop-with-parent.cjs.</param>
    /// <param name="ports">Those it must listen on to be ready.</param>
    public static async Task<NodeService> StartAsync(string name, string folder, IReadOnlyList<string> arguments, IReadOnlyList<int> ports, CancellationToken cancel)
    {
        var service = new NodeService(Programs.Start("node", ["-r", "./stop-with-parent.cjs", .. arguments], folder, out var output, holdsInput: true));
        try
        {
            foreach (var port in ports)
            {
                using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                timeout.CancelAfter(StartTimeout);
                while (!await IsListeningAsync(port, timeout.Token))
                {
                    if (service._process.HasExited) throw new CommandException($"{name} ended with exit code {service._process.ExitCode}:{Environment.NewLine}{output()}");
                    await Task.Delay(50, timeout.Token);
                }
            }
            return service;
        }
        catch (Exception e)
        {
            await service.DisposeAsync();
            if (e is OperationCanceledException && !cancel.IsCancellationRequested)
                throw new CommandException($"{name} did not start within {StartTimeout.TotalSeconds} seconds:{Environment.NewLine}{output()}");
            throw;
        }
    }

    /// <summary>Free ports, all different: each is held until all are found.</summary>
    public static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        try
        {
            foreach (var listener in listeners) listener.Start();
            return [.. listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port)];
        }
        finally
        {
            foreach (var listener in listeners) listener.Stop();
        }
    }

    /// <summary>Lets it write what it still holds, and kills it only when that takes too long.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(StopTimeout);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }
        _process.Dispose();
    }

    private static async Task<bool> IsListeningAsync(int port, CancellationToken cancel)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancel);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
