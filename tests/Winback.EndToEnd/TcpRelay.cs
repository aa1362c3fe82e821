using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Winback.EndToEnd;

/// <summary>
/// A port that passes connections on to another one here while it is open. Closed, which it is at first, it refuses new connections and
/// breaks off the ones there are, whatever is on its way in them: a network that is away.
/// </summary>
internal sealed class TcpRelay : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Socket, byte> _connections = new();
    private long _answers;
    private Socket _listener;
    private Task _accepting = Task.CompletedTask;

    public TcpRelay()
    {
        _listener = Bind(0);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
    }

    public int Port { get; }

    /// <summary>Every so manieth answer does not arrive: the connection breaks off instead. 0: all arrive.</summary>
    public int LosesAnswerEvery { get; set; }

    public void Open(int target)
    {
        _listener.Listen();
        _accepting = AcceptAsync(_listener, target);
    }

    public async Task CloseAsync()
    {
        _listener.Dispose();
        await _accepting;
        foreach (var connection in _connections.Keys) connection.Dispose();
        // Bound and not listening: nobody else can take the port meanwhile.
        _listener = Bind(Port);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _listener.Dispose();
    }

    private async Task AcceptAsync(Socket listener, int target)
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await listener.AcceptAsync();
            }
            catch (SocketException)
            {
                return; // Closed.
            }
            catch (ObjectDisposedException)
            {
                return; // Closed between two connections.
            }
            _ = PassAsync(client, target);
        }
    }

    private async Task PassAsync(Socket client, int target)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var _ = client;
        // A reset, as from a network that broke, when both directions did not end by themselves.
        client.LingerState = server.LingerState = new LingerOption(true, 0);
        client.NoDelay = server.NoDelay = true;
        _connections[client] = _connections[server] = 0;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, target);
            await Task.WhenAll(CopyAsync(client, server, () => false), CopyAsync(server, client, IsLost));
            client.LingerState = server.LingerState = new LingerOption(false, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return; // Broken off by one side or by closing; both ends are closed now.
        }
        finally
        {
            _connections.TryRemove(client, out var _);
            _connections.TryRemove(server, out var _);
        }
    }

    private bool IsLost() => LosesAnswerEvery is > 0 and var every && Interlocked.Increment(ref _answers) % every == 0;

    private static async Task CopyAsync(Socket from, Socket to, Func<bool> isLost)
    {
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await from.ReceiveAsync(buffer)) > 0)
        {
            if (isLost())
            {
                from.Dispose();
                to.Dispose();
                return;
            }
            for (var sent = 0; sent < read;) sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
        }
        to.Shutdown(SocketShutdown.Send);
    }

    private static Socket Bind(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }
}
