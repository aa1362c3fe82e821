using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Winback.Customers;
using Winback.Tests.Campaigns.Rendering;

namespace Winback.Tests.Hosting;

/// <summary>What the Functions host was recorded to send, answered as it expects. Fixtures/host holds the recorded bodies.</summary>
public sealed class FunctionRoutesTests(UntouchedApp untouched) : IClassFixture<UntouchedApp>
{
    private const string Outreach = """{"customer":"K1","campaign":"restaurant-slow-evening","step":"invitation","queuedAt":"2026-10-13T10:00:00+00:00"}""";

    [Fact]
    public async Task The_timer_as_the_host_sends_it_queues_every_shard()
    {
        await using var app = await TestApp.StartAsync();

        await AssertAnsweredAsync(await PostAsync(app, "/scan", Recorded("timer.json")));

        Assert.Equal(16, app.Parts.ShardQueue.Messages.Select(m => m.Shard).Distinct().Count());
    }

    [Fact]
    public async Task Timer_and_queues_together_send_what_is_due()
    {
        await using var app = await TestApp.StartAsync();
        app.Parts.AddLapsed("K1");

        await AssertAnsweredAsync(await PostAsync(app, "/scan", Recorded("timer.json")));
        foreach (var shard in app.Parts.ShardQueue.Messages)
            await AssertAnsweredAsync(await PostAsync(app, "/scan-shard", AsRecorded($$"""{"scan":"{{shard.Scan}}","shard":"{{shard.Shard}}"}""")));
        var due = Assert.Single(app.Parts.OutreachQueue.Messages);
        await AssertAnsweredAsync(await PostAsync(app, "/send-outreach", AsRecorded(
            $$"""{"customer":"{{due.Customer}}","campaign":"{{due.Campaign}}","step":"{{due.Step}}","queuedAt":"{{due.QueuedAt:O}}"}""")));

        Assert.Single(app.Parts.Mail.Sent);
        Assert.Equal(StepState.HandedOver, app.Parts.Customers["K1"].Marketing?.State);
    }

    [Theory]
    [InlineData("send-outreach-poison", "send-outreach")]
    [InlineData("scan-shard-poison", "scan-shard")]
    public async Task What_failed_every_time_is_recorded_under_its_message_id(string function, string queue)
    {
        await using var app = await TestApp.StartAsync();

        await AssertAnsweredAsync(await PostAsync(app, $"/{function}", Recorded("queue-binary.json")));

        var failure = Assert.Single(app.Parts.Failures.All);
        Assert.Equal((queue, "c544a686-f306-4eb5-a54c-acc0dcb2e9be", """{"id":1,"kind":"object","nested":{"a":[1,2]}}"""), (failure.Queue, failure.Id, failure.Text));
    }

    [Fact]
    public async Task A_poisoned_message_that_is_no_text_is_recorded_too()
    {
        await using var app = await TestApp.StartAsync();

        await AssertAnsweredAsync(await PostAsync(app, "/send-outreach-poison", AsRecorded([0xff, 0x00, 0xfe])));

        Assert.Single(app.Parts.Failures.All);
    }

    [Theory]
    [InlineData("send-outreach", """{"id":1,"kind":"object","nested":{"a":[1,2]}}""")] // JSON, but not ours: queue-binary.json
    [InlineData("send-outreach", """{"kind":"fail"}""")]
    [InlineData("send-outreach", "null")]
    [InlineData("send-outreach", "")]
    [InlineData("send-outreach", "not JSON")]
    [InlineData("send-outreach", "[]")]
    [InlineData("send-outreach", """{"customer":" ","campaign":"c","step":"s"}""")]
    [InlineData("send-outreach", """{"customer":"K1","campaign":null,"step":"s"}""")]
    [InlineData("scan-shard", """{"scan":"1","shard":"g"}""")] // not a hex digit
    [InlineData("scan-shard", """{"scan":"1","shard":"00"}""")]
    [InlineData("scan-shard", """{"scan":"","shard":"0"}""")]
    [InlineData("scan-shard", """{}""")]
    public async Task A_malformed_message_fails_and_the_app_lives(string function, string message)
    {
        var app = untouched.App;

        await AssertFailedAsync(await PostAsync(app, $"/{function}", AsRecorded(message)));

        await AssertAnsweredAsync(await PostAsync(app, "/send-outreach", AsRecorded(Outreach)));
    }

    [Theory]
    [InlineData("send-outreach", "")]
    [InlineData("send-outreach", "null")]
    [InlineData("send-outreach", "[]")]
    [InlineData("send-outreach", "\"text\"")]
    [InlineData("send-outreach", "{\"Data\":")]
    [InlineData("send-outreach", "{}")]
    [InlineData("send-outreach", """{"Data":null,"Metadata":{}}""")]
    [InlineData("send-outreach", """{"Data":{},"Metadata":{}}""")]
    [InlineData("send-outreach", """{"Data":{"message":"{\"not\":\"base64\"}"},"Metadata":{}}""")]
    [InlineData("send-outreach-poison", """{"Data":{"message":"e30="},"Metadata":[]}""")]
    [InlineData("scan", "{\"Data\":")]
    public async Task What_is_no_envelope_fails_and_the_app_lives(string function, string body)
    {
        var app = untouched.App;

        await AssertFailedAsync(await PostAsync(app, $"/{function}", body));
    }

    [Fact]
    public async Task A_storage_that_is_away_fails_the_invocation_with_an_answer()
    {
        await using var app = await TestApp.StartAsync();
        app.Parts.ShardQueue.BeforeNextWrite(() => throw new IOException("storage is away"));

        await AssertFailedAsync(await PostAsync(app, "/scan", Recorded("timer.json")));
    }

    [Fact] // A short schedule's timer without status, messages that are not ours, what came through the proxy.
    public async Task Everything_that_a_host_was_recorded_to_send_is_answered()
    {
        await using var app = await TestApp.StartAsync();

        foreach (var line in Recorded("requests.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var request = JsonNode.Parse(line)!;
            var url = request["url"]!.GetValue<string>();
            var headers = request["headers"]!.AsArray().Select(h => (Name: h![0]!.GetValue<string>(), Value: h[1]!.GetValue<string>())).ToList();
            using var content = new StringContent(request["body"]!.GetValue<string>(), Encoding.UTF8);
            content.Headers.ContentType = headers.Where(h => h.Name == "Content-Type").Select(h => MediaTypeHeaderValue.Parse(h.Value)).FirstOrDefault();
            var answer = await app.SendAsync(
                new HttpMethod(request["method"]!.GetValue<string>()), url, content, [.. headers.Where(h => !h.Name.StartsWith("Content-", StringComparison.Ordinal))]);
            if (url == "/scan") await AssertAnsweredAsync(answer);
            else if (url == "/send-outreach") await AssertFailedAsync(answer); // {"kind":"ok"} and the like
            else Assert.InRange((int)answer.StatusCode, 200, 499);
        }

        Assert.NotEmpty(app.Parts.ShardQueue.Messages);
    }

    [Fact]
    public async Task The_readiness_probe_gets_an_answer()
    {
        var app = untouched.App;

        using var answer = await app.GetAsync("/");

        Assert.True((int)answer.StatusCode < 500);
    }

    [Theory]
    [InlineData("GET", "/api/nothing-here")]
    [InlineData("POST", "/no-such-function")]
    [InlineData("POST", "/api/scan")] // what the internet can reach
    [InlineData("POST", "/api/send-outreach")]
    [InlineData("POST", "/api/scan-shard-poison")]
    public async Task What_is_not_there_is_404(string method, string path)
    {
        var app = untouched.App;

        using var answer = await app.SendAsync(new HttpMethod(method), path, null);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Every_function_has_a_route_outside_api_and_every_other_route_is_under_it()
    {
        var app = untouched.App;
        var routes = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText!).ToList();
        var functions = Directory.EnumerateFiles(Path.Combine(SampleMails.Repository, "src/Winback"), "*.function.json", SearchOption.AllDirectories)
            .Select(f => Path.GetFileName(f)[..^".function.json".Length]).Where(f => f != "api");

        Assert.Equal(functions.Select(f => "/" + f).Order(), routes.Where(r => !r.StartsWith("/api/", StringComparison.Ordinal)).Order());
    }

    private static string Recorded(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "host", file));

    /// <summary>The recorded envelope with another message in it.</summary>
    private static string AsRecorded(string message) => AsRecorded(Encoding.UTF8.GetBytes(message));

    private static string AsRecorded(byte[] message)
    {
        var envelope = JsonNode.Parse(Recorded("queue-binary.json"))!;
        envelope["Data"]!["message"] = Convert.ToBase64String(message);
        return envelope.ToJsonString();
    }

    private static Task<HttpResponseMessage> PostAsync(TestApp app, string path, string body) =>
        app.SendAsync(HttpMethod.Post, path, new StringContent(body, Encoding.UTF8, "application/json"));

    /// <summary>An empty body, another type or <c>null</c> would hang the invocation.</summary>
    private static Task AssertAnsweredAsync(HttpResponseMessage answer) => AssertAsync(answer, HttpStatusCode.OK);

    private static Task AssertFailedAsync(HttpResponseMessage answer) => AssertAsync(answer, HttpStatusCode.InternalServerError);

    private static async Task AssertAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        Assert.Equal("{}", await TestApp.TextAsync(answer, status));
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        answer.Dispose();
    }
}
