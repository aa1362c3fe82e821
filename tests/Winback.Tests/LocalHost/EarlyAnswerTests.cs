using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Winback.LocalHost;

namespace Winback.Tests.LocalHost;

/// <summary>An app on a real connection that answers before the body has wholly reached it: over the limit, or not asked for.</summary>
public sealed class EarlyAnswerTests
{
    private const int Sent = 20_000_000;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_over_the_apps_limit_is_413_and_sent_once(bool isChunked)
    {
        var asked = 0;
        await using var app = await StartAppAsync(async http =>
        {
            Interlocked.Increment(ref asked);
            await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        });

        for (var i = 0; i < 10; i++) Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(new Uri(app.Urls.First()), isChunked));

        Assert.Equal(10, asked);
    }

    [Fact]
    public async Task What_the_app_refuses_unread_is_answered_as_it_says_and_sent_once()
    {
        var asked = 0;
        await using var app = await StartAppAsync(http =>
        {
            Interlocked.Increment(ref asked);
            return Results.Problem("Not yours.", statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(http);
        });

        for (var i = 0; i < 10; i++) Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(new Uri(app.Urls.First()), isChunked: false));

        Assert.Equal(10, asked);
    }

    private static async Task<WebApplication> StartAppAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 1_000_000);
        var app = builder.Build();
        app.Map("/api/{*path}", answer);
        await app.StartAsync(Cancelled);
        return app;
    }

    private static async Task<HttpStatusCode> PostAsync(Uri app, bool isChunked)
    {
        using var toApp = AppClient.Create();
        var running = new Running(app);
        await using var front = await HttpFront.StartAsync(
            IPAddress.Loopback, 0, "api", [Functions.Http()],
            forwarder => new HttpForwarding(forwarder, toApp, _ => Task.FromResult<IRunningApp>(running), TimeSpan.FromMinutes(1), new RunningInvocations(), new HostLog(_ => { })),
            Cancelled);
        using var client = new HttpClient { BaseAddress = front.BaseUrl };
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/large") { Content = new ByteArrayContent(new byte[Sent]) };
        request.Headers.TransferEncodingChunked = isChunked;
        using var answer = await client.SendAsync(request, Cancelled);
        return answer.StatusCode;
    }

    private sealed record Running(Uri Address) : IRunningApp
    {
        public Task Exited => Task.CompletedTask;

        public void Kill() => throw new InvalidOperationException("It did nothing that it should be killed for.");
    }
}
