using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Winback.Tests.Telemetry;

/// <summary>Takes what exporters send, on this machine: OTLP by HTTP, and what Application Insights takes.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Path, string Body)> _posts = new();
    private readonly WebApplication _app;

    private Collector(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public (string, string)[] OtlpSettings => [("OTEL_EXPORTER_OTLP_ENDPOINT", Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")];

    public (string, string)[] AzureSettings =>
        [("APPLICATIONINSIGHTS_CONNECTION_STRING", $"InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint={Address}/")];

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var collector = new Collector(builder.Build());
        collector._app.Run(collector.TakeAsync);
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>How often a text stands in what came to a path.</summary>
    public int Count(string path, string text) => _posts
        .Where(p => p.Path.EndsWith(path, StringComparison.Ordinal)).Sum(p => p.Body.Split(text).Length - 1);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        var isPacked = http.Request.Headers.ContentEncoding.ToString() == "gzip";
        await using var body = isPacked ? new GZipStream(http.Request.Body, CompressionMode.Decompress) : http.Request.Body;
        using var text = new MemoryStream();
        await body.CopyToAsync(text);
        _posts.Enqueue((http.Request.Path, Encoding.Latin1.GetString(text.ToArray())));
        // What Application Insights answers; OTLP heeds the status only.
        if (http.Request.Path.Value!.EndsWith("/track", StringComparison.Ordinal))
            await http.Response.WriteAsJsonAsync(new { itemsReceived = 1, itemsAccepted = 1, errors = Array.Empty<string>() });
    }
}
