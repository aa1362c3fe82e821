using System.Net;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Winback.LocalHost;

/// <summary>
/// Passes a request on to the app at its original path, streaming, and the answer back. As on the real host a request is sent again, up to ten
/// times, when the app ends before it answers; after <see cref="Patience"/> without a running app the answer is 503. An answer that comes before the
/// whole body was sent is the answer (see <see cref="AppClient"/>).
/// </summary>
internal sealed class HttpForwarding(
    IHttpForwarder forwarder, HttpMessageInvoker client, WhenReady whenReady, TimeSpan functionTimeout, RunningInvocations running, HostLog log)
{
    /// <summary>How long a request waits for the app.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int MaxRepeats = 10;

    private static readonly TimeSpan RepeatPause = TimeSpan.FromMilliseconds(500);

    private static readonly ForwarderRequestConfig Http11 = new()
    {
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        ActivityTimeout = Timeout.InfiniteTimeSpan,
    };

    public async Task ForwardAsync(HttpContext context)
    {
        using var counted = running.Begin();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(Patience);
        // Kept (beyond 30 KB on disk) as it streams through, so that it can be sent again.
        context.Request.EnableBuffering();
        for (var repeats = 0; repeats <= MaxRepeats; repeats++)
        {
            if (await ReadyAsync(patience.Token) is not { } app) break;
            if (!await IsToBeRepeatedAsync(context, app)) return;
            log.Warning($"{context.Request.Method} {context.Request.Path} was not answered; it is sent again.");
            // The end of the process is noticed a little later than that of its connections.
            await Task.WhenAny(app.Exited, Task.Delay(RepeatPause));
            context.Response.Clear();
            context.Request.Body.Position = 0;
        }
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
    }

    private async Task<bool> IsToBeRepeatedAsync(HttpContext context, IRunningApp app)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(functionTimeout);
        var error = await forwarder.SendAsync(context, app.Address.ToString(), client, Http11, HostHeaders.Instance, limit.Token);
        if (limit.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            log.Error($"{context.Request.Method} {context.Request.Path} ran longer than functionTimeout ({functionTimeout:c}); the app is killed.");
            app.Kill();
            return false;
        }
        return error is ForwarderError.Request or ForwarderError.RequestBodyDestination && !context.Response.HasStarted;
    }

    private async Task<IRunningApp?> ReadyAsync(CancellationToken patience)
    {
        try
        {
            return await whenReady(patience);
        }
        catch (OperationCanceledException)
        {
            return null; // The caller answers 503.
        }
    }

    /// <summary>
    /// Changes headers as the real host does: Host becomes the app's, the original goes to X-Forwarded-Host, and what the client says it
    /// forwards is dropped.
    /// </summary>
    private sealed class HostHeaders : HttpTransformer
    {
        public static readonly HostHeaders Instance = new();

        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            var id = Guid.NewGuid().ToString();
            proxyRequest.Headers.Host = null;
            Set(proxyRequest, Invoker.HostVersionHeader, Invoker.HostVersion);
            Set(proxyRequest, Invoker.InvocationIdHeader, id);
            Set(proxyRequest, "x-ms-invocation-id", id);
            Set(proxyRequest, "X-Forwarded-For", httpContext.Connection.RemoteIpAddress?.ToString());
            Set(proxyRequest, "X-Forwarded-Host", httpContext.Request.Host.Value);
            Set(proxyRequest, "X-Forwarded-Proto", httpContext.Request.Scheme);
            Set(proxyRequest, "X-Forwarded-Prefix", null);
        }

        private static void Set(HttpRequestMessage request, string name, string? value)
        {
            request.Headers.Remove(name);
            if (!string.IsNullOrEmpty(value))
                request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
