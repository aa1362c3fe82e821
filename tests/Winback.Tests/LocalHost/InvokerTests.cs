using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Winback.LocalHost;

namespace Winback.Tests.LocalHost;

public sealed class InvokerTests : IDisposable
{
    private static readonly TimeSpan FunctionTimeout = TimeSpan.FromMinutes(10);

    private readonly StandInApp _app = new();
    private readonly HttpMessageInvoker _client;
    private readonly FakeTimeProvider _time = new();
    private readonly List<LogLine> _log = [];

    public InvokerTests() => _client = new HttpMessageInvoker(_app);

    [Fact]
    public async Task Posts_as_the_real_host_does()
    {
        var result = await InvokeAsync();

        Assert.True(result.Succeeded);
        var (request, body) = Assert.Single(_app.Requests);
        Assert.Equal((HttpMethod.Post, "http://127.0.0.1:7071/scan"), (request.Method, request.RequestUri!.ToString()));
        Assert.Equal("""{"Data":{"timer":1}}""", body);
        Assert.Equal("application/json; charset=utf-8", request.Content!.Headers.ContentType!.ToString());
        Assert.True(request.Headers.TransferEncodingChunked);
        Assert.Equal("Azure-Functions-Host/4.1037.0.0", request.Headers.UserAgent.ToString());
        Assert.Equal("4.1037.0.0", Assert.Single(request.Headers.GetValues("X-Azure-Functions-HostVersion")));
        Assert.True(Guid.TryParse(Assert.Single(request.Headers.GetValues("X-Azure-Functions-InvocationId")), out _));
    }

    [Fact]
    public async Task Logs_of_the_answer_are_logged_as_the_apps()
    {
        _app.Answers = (_, _) => Task.FromResult(StandInApp.Json("""{"Logs":["3 customers"]}"""));

        await InvokeAsync();

        Assert.Contains(_log, line => line is { Source: LogLine.App, Text: "3 customers" });
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    public async Task No_answer_hangs_until_function_timeout_and_then_costs_the_process(string body)
    {
        _app.Answers = (_, _) => Task.FromResult(StandInApp.Json(body));

        var running = InvokeAsync();
        _time.Advance(FunctionTimeout - TimeSpan.FromSeconds(1));
        Assert.False(running.IsCompleted || _app.WasKilled);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Contains("functionTimeout", (await running).Failure);
        Assert.True(_app.WasKilled);
    }

    [Fact]
    public async Task A_handler_that_takes_too_long_costs_the_process()
    {
        _app.Answers = async (_, cancelled) => { await Task.Delay(Timeout.Infinite, cancelled); return StandInApp.Json("{}"); };

        var running = InvokeAsync();
        _time.Advance(FunctionTimeout);

        Assert.Contains("functionTimeout", (await running).Failure);
        Assert.True(_app.WasKilled);
    }

    [Fact]
    public async Task A_hanging_invocation_fails_when_the_app_crashes()
    {
        _app.Answers = (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.NoContent));

        var running = InvokeAsync();
        _app.Crash();

        Assert.Equal("it answered 204, and the app ended", (await running).Failure);
        Assert.False(_app.WasKilled);
    }

    [Fact]
    public async Task An_app_that_does_not_answer_is_a_failed_invocation()
    {
        _app.Answers = (_, _) => throw new HttpRequestException("Connection refused.");

        Assert.Equal("the app did not answer: Connection refused", (await InvokeAsync()).Failure);
    }

    public void Dispose()
    {
        _client.Dispose();
        _app.Dispose();
    }

    private Task<InvocationResult> InvokeAsync() =>
        new Invoker(_client, _app.WhenReady, FunctionTimeout, new HostLog(_log.Add), _time)
            .InvokeAsync(Functions.Timer("0 0 8 * * *"), new JsonObject { ["Data"] = new JsonObject { ["timer"] = 1 } }, TestContext.Current.CancellationToken);
}
