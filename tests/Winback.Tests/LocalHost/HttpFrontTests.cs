using System.Net;
using System.Text;
using Winback.LocalHost;

namespace Winback.Tests.LocalHost;

/// <summary>The front listens on this machine's loopback; what it sends to the app stays in memory.</summary>
public sealed class HttpFrontTests : IAsyncDisposable
{
    private readonly StandInApp _app = new();
    private readonly HttpMessageInvoker _toApp;
    private readonly HttpClient _client = new(new SocketsHttpHandler { ActivityHeadersPropagator = null });
    private HttpFront? _front;

    public HttpFrontTests()
    {
        _toApp = new HttpMessageInvoker(_app);
        _app.Answers = (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("hello") });
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_reaches_the_app_with_the_headers_that_were_recorded()
    {
        await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/r/abc?x=1&x=2");
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        request.Headers.TryAddWithoutValidation("User-Agent", "curl/7.88.1");
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", "6.6.6.6");
        request.Headers.TryAddWithoutValidation("X-Forwarded-Host", "evil.example");

        using var answer = await _client.SendAsync(request, Cancelled);

        Assert.Equal("hello", await answer.Content.ReadAsStringAsync(Cancelled));
        var sent = Assert.Single(_app.Requests).Request;
        Assert.Equal("http://127.0.0.1:7071/api/r/abc?x=1&x=2", sent.RequestUri!.AbsoluteUri);
        Assert.Null(sent.Headers.Host); // So it becomes the app's.
        var headers = sent.Headers.ToDictionary(h => h.Key, h => string.Join(",", h.Value));
        var id = headers["X-Azure-Functions-InvocationId"];
        Assert.True(Guid.TryParse(id, out _));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["Accept"] = "*/*",
                ["User-Agent"] = "curl/7.88.1",
                ["X-Azure-Functions-HostVersion"] = "4.1037.0.0",
                ["X-Azure-Functions-InvocationId"] = id,
                ["x-ms-invocation-id"] = id,
                ["X-Forwarded-For"] = "127.0.0.1",
                ["X-Forwarded-Host"] = _client.BaseAddress!.Authority,
                ["X-Forwarded-Proto"] = "http",
            }.OrderBy(h => h.Key),
            headers.OrderBy(h => h.Key));
    }

    [Fact]
    public async Task An_encoded_slash_is_encoded_again()
    {
        await StartAsync();
        using var answer = await _client.PutAsync("api/a%2Fb/c%20d", null, Cancelled);

        Assert.Equal("/api/a%252Fb/c%20d", Assert.Single(_app.Requests).Request.RequestUri!.AbsolutePath);
    }

    [Fact]
    public async Task The_answer_comes_back_unchanged()
    {
        _app.Answers = (_, _) =>
        {
            var answer = new HttpResponseMessage((HttpStatusCode)418) { Content = new StringContent("short and stout", Encoding.UTF8, "text/x-tea") };
            answer.Headers.TryAddWithoutValidation("Set-Cookie", ["a=1", "b=2"]);
            return Task.FromResult(answer);
        };
        await StartAsync();

        using var answer = await _client.GetAsync("api/teapot", Cancelled);

        Assert.Equal(418, (int)answer.StatusCode);
        Assert.Equal("text/x-tea; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(["a=1", "b=2"], answer.Headers.GetValues("Set-Cookie"));
        Assert.Equal("short and stout", await answer.Content.ReadAsStringAsync(Cancelled));
    }

    [Theory]
    [InlineData("")]
    [InlineData("scan")]
    [InlineData("send-outreach")]
    [InlineData("api/%2e%2e/scan")] // The way out of /api.
    [InlineData("apical")]
    public async Task Nothing_outside_the_route_prefix_reaches_the_app(string path)
    {
        await StartAsync();
        using var answer = await _client.PostAsync(path, null, Cancelled);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(_app.Requests);
    }

    [Fact]
    public async Task Without_an_http_function_everything_is_404()
    {
        await StartAsync([]);
        using var answer = await _client.GetAsync("api/health", Cancelled);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("GET", "api/reports/2026", 200)]
    [InlineData("POST", "api/reports/2026", 404)] // Not one of its methods.
    [InlineData("GET", "api/other", 404)]
    public async Task Only_the_functions_route_and_methods_are_open(string method, string path, int expected)
    {
        await StartAsync([Functions.Http("reports/{year}", "get")]);
        using var answer = await _client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancelled);

        Assert.Equal(expected, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_request_is_sent_again_whole_when_the_app_ends_before_it_answers()
    {
        _app.Answers = (_, _) => _app.Requests.Count < 3
            ? throw new HttpRequestException("The response ended prematurely.")
            : Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        _app.Crash(); // So that its end is not waited for.
        await StartAsync();

        using var answer = await _client.PostAsync("api/purchases", new StringContent("one, two, three"), Cancelled);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["one, two, three", "one, two, three", "one, two, three"], _app.Requests.Select(r => r.Body));
    }

    [Fact]
    public async Task After_ten_repeats_the_answer_is_503()
    {
        _app.Answers = (_, _) => throw new HttpRequestException("The response ended prematurely.");
        _app.Crash();
        await StartAsync();

        using var answer = await _client.GetAsync("api/health", Cancelled);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(11, _app.Requests.Count);
    }

    [Fact]
    public async Task A_request_beyond_function_timeout_costs_the_process()
    {
        _app.Answers = async (_, cancelled) => { await Task.Delay(Timeout.Infinite, cancelled); return new HttpResponseMessage(); };
        await StartAsync(functionTimeout: TimeSpan.FromMilliseconds(200));

        using var answer = await _client.GetAsync("api/slow", Cancelled);

        Assert.False(answer.IsSuccessStatusCode);
        Assert.True(_app.WasKilled);
    }

    [Fact]
    public async Task A_taken_port_is_named()
    {
        await StartAsync();

        var e = await Assert.ThrowsAsync<HostConfigurationException>(() => HttpFront.StartAsync(IPAddress.Loopback, _front!.BaseUrl.Port, "api", [], _ => null!, Cancelled));

        Assert.Contains($"Port {_front!.BaseUrl.Port} is in use", e.Message);
    }

    public async ValueTask DisposeAsync()
    {
        if (_front is not null)
            await _front.DisposeAsync();
        _client.Dispose();
        _toApp.Dispose();
        _app.Dispose();
    }

    private async Task StartAsync(IReadOnlyList<HttpFunction>? functions = null, TimeSpan? functionTimeout = null)
    {
        _front = await HttpFront.StartAsync(
            IPAddress.Loopback,
            0,
            "api",
            functions ?? [Functions.Http()],
            forwarder => new HttpForwarding(
                forwarder, _toApp, _app.WhenReady, functionTimeout ?? TimeSpan.FromMinutes(10), new RunningInvocations(), new HostLog(_ => { })),
            Cancelled);
        _client.BaseAddress = _front.BaseUrl;
    }
}
