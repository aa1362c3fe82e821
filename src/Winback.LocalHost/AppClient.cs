using System.Net.Sockets;

namespace Winback.LocalHost;

/// <summary>Makes the client that talks to the app.</summary>
internal static class AppClient
{
    public static HttpMessageInvoker Create() => new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectCallback = async (connection, cancel) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(connection.DnsEndPoint, cancel);
                return new AnswerFirst(socket);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    });

    /// <summary>
    /// An app that refuses a body, as one over its limit, answers and closes the connection while the body is on its way. That what is left of it
    /// cannot be written must not hide the answer; where there is none, reading says so.
    /// </summary>
    private sealed class AnswerFirst(Socket socket) : NetworkStream(socket, ownsSocket: true)
    {
        private bool _isRefused;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_isRefused) return;
            try
            {
                await base.WriteAsync(buffer, cancellationToken);
            }
            catch (IOException)
            {
                _isRefused = true;
            }
        }
    }
}
