using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Winback.Hosting;
using Winback.Outreach;
using Winback.Tests.Fakes;

namespace Winback.Tests.Hosting;

/// <summary>The app with all its routes, on <see cref="InMemoryApp"/>'s stores and clock, called by HTTP without a network.</summary>
public sealed class TestApp : IAsyncDisposable
{
    public const string ApiKey = "key-of-the-till";

    public const string InboundSecret = "inbound-secret-of-tests";

    private readonly WebApplication _app;

    private TestApp(InMemoryApp parts, WebApplication app)
    {
        (Parts, _app, Client) = (parts, app, app.GetTestClient());
    }

    public InMemoryApp Parts { get; }

    public HttpClient Client { get; }

    /// <summary>The app's own services; those of <see cref="Parts"/> would be made anew, from the same stores.</summary>
    public IServiceProvider Services => _app.Services;

    /// <param name="settings">Beyond or instead of the usual ones, such as <c>("Business:Language", "en")</c>.</param>
    public static async Task<TestApp> StartAsync(params (string Name, string Value)[] settings)
    {
        (string Name, string Value)[] usual = [("Api:Keys:till", ApiKeys.Hash(ApiKey)), ("Replies:InboundSecrets:0", InboundSecret)];
        var parts = new InMemoryApp([.. settings.UnionBy(usual, s => s.Name)]);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        parts.AddTo(builder.Services);
        var app = WinbackApp.Map(builder);
        await app.StartAsync();
        return new TestApp(parts, app);
    }

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Posts JSON, by default with the till's key.</summary>
    public Task<HttpResponseMessage> PostJsonAsync(string path, string json, string? key = ApiKey)
    {
        var content = new StringContent(json, null, "application/json");
        return key is null ? SendAsync(HttpMethod.Post, path, content) : SendAsync(HttpMethod.Post, path, content, (ApiKeys.Header, key));
    }

    /// <summary>Handles a queued step of the restaurant's campaign.</summary>
    public Task<OutreachOutcome> HandleAsync(string customer, string step) => Services.GetRequiredService<OutreachSender>().HandleAsync(
        new OutreachMessage(customer, InMemoryApp.Restaurant, step, Parts.Time.GetUtcNow()), TestContext.Current.CancellationToken);

    /// <summary>The text of an answer with that status; fails with the text when the status is another.</summary>
    public static async Task<string> TextAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode} instead of {(int)status}: {text}");
        return text;
    }

    /// <summary>The <c>result</c> of an answer.</summary>
    public static async Task<string?> ResultAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        using var json = JsonDocument.Parse(await TextAsync(answer, status));
        return json.RootElement.GetProperty("result").GetString();
    }

    /// <summary>The names of the fields that a 400 complains about.</summary>
    public static async Task<string[]> WrongFieldsAsync(HttpResponseMessage answer)
    {
        using var json = JsonDocument.Parse(await TextAsync(answer, HttpStatusCode.BadRequest));
        return [.. json.RootElement.GetProperty("errors").EnumerateObject().Select(e => e.Name)];
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        Parts.Dispose();
    }
}
