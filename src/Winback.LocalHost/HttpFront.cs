using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Yarp.ReverseProxy.Forwarder;

namespace Winback.LocalHost;

/// <summary>The host's face: the routes of the HTTP functions below the route prefix go to the app, everything else is 404.</summary>
internal sealed class HttpFront : IAsyncDisposable
{
    private const long MaxBody = 100 * 1024 * 1024;

    private readonly WebApplication _web;

    private HttpFront(WebApplication web) => _web = web;

    public Uri BaseUrl => new(_web.Urls.Single());

    /// <param name="address">Where it listens.</param>
    /// <param name="port">0 takes a free one.</param>
    /// <param name="forward">Builds the forwarding.</param>
    /// <exception cref="HostConfigurationException">The port is taken.</exception>
    public static async Task<HttpFront> StartAsync(
        IPAddress address,
        int port,
        string routePrefix,
        IEnumerable<HttpFunction> functions,
        Func<IHttpForwarder, HttpForwarding> forward,
        CancellationToken cancellationToken)
    {
        // Empty: neither this process's ASPNETCORE_ variables nor the app's appsettings.json are meant for the host.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
            kestrel.Listen(address, port);
        });
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.Services.AddRoutingCore();
        builder.Services.AddHttpForwarder();
        var web = builder.Build();
        var forwarding = forward(web.Services.GetRequiredService<IHttpForwarder>());
        var prefix = routePrefix.Length == 0 ? "" : $"/{routePrefix}";
        foreach (var function in functions.Where(f => !f.IsDisabled))
            web.Map($"{prefix}/{function.Route.TrimStart('/')}", context => AnswerAsync(function, forwarding, context));
        try
        {
            await web.StartAsync(cancellationToken);
            return new HttpFront(web);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            await web.DisposeAsync();
            throw new HostConfigurationException($"Port {port} is in use. Stop what listens there, or take another port (0 for any free one).", e);
        }
        catch
        {
            await web.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes no more requests and waits for those under way until the token is cancelled.</summary>
    public Task StopAsync(CancellationToken patience) => _web.StopAsync(patience);

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private static Task AnswerAsync(HttpFunction function, HttpForwarding forwarding, HttpContext context)
    {
        if (function.Methods.Count > 0 && !function.Methods.Contains(context.Request.Method, StringComparer.OrdinalIgnoreCase))
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        else if (context.Request.ContentLength > MaxBody)
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        else
            return forwarding.ForwardAsync(context);
        return Task.CompletedTask;
    }

    /// <summary>Ctrl+C belongs to the program that runs this host, not to its web server.</summary>
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
