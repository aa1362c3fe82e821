using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Winback.Tests.Hosting;

public sealed class HealthEndpointTests
{
    [Fact]
    public async Task Health_is_ok_while_storage_answers()
    {
        await using var storage = await TableServiceAsync(http => http.Response.WriteAsJsonAsync(new { value = Array.Empty<string>() }));
        await using var app = await TestApp.StartAsync(("AzureWebJobsStorage", Connection(storage.Urls.First())));

        using var answer = await app.GetAsync("/api/health");

        using var health = JsonDocument.Parse(await TestApp.TextAsync(answer, HttpStatusCode.OK));
        Assert.Equal("ok", health.RootElement.GetProperty("status").GetString());
        Assert.Equal(2, health.RootElement.GetProperty("campaigns").GetInt32());
        Assert.NotEqual("", health.RootElement.GetProperty("version").GetString());
    }

    [Fact]
    public async Task Storage_that_refuses_us_is_503()
    {
        await using var storage = await TableServiceAsync(http =>
        {
            http.Response.StatusCode = 403;
            return Task.CompletedTask;
        });
        await using var app = await TestApp.StartAsync(("AzureWebJobsStorage", Connection(storage.Urls.First())));

        await AssertAwayAsync(await app.GetAsync("/api/health"));
    }

    [Fact]
    public async Task Storage_that_does_not_answer_is_503_after_five_seconds()
    {
        var asked = new TaskCompletionSource();
        await using var storage = await TableServiceAsync(http =>
        {
            asked.TrySetResult();
            return Task.Delay(Timeout.Infinite, http.RequestAborted);
        });
        await using var app = await TestApp.StartAsync(("AzureWebJobsStorage", Connection(storage.Urls.First())));

        var health = app.GetAsync("/api/health");
        await asked.Task;
        app.Parts.Time.Advance(TimeSpan.FromSeconds(5));

        await AssertAwayAsync(await health);
    }

    private static async Task AssertAwayAsync(HttpResponseMessage answer)
    {
        using var health = JsonDocument.Parse(await TestApp.TextAsync(answer, HttpStatusCode.ServiceUnavailable));
        Assert.Equal("storage-away", health.RootElement.GetProperty("status").GetString());
        answer.Dispose();
    }

    /// <summary>Table Storage, as far as being asked for a list of tables.</summary>
    private static async Task<WebApplication> TableServiceAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var service = builder.Build();
        service.Run(answer);
        await service.StartAsync();
        return service;
    }

    private static string Connection(string url) =>
        $"DefaultEndpointsProtocol=http;AccountName=test;AccountKey={Convert.ToBase64String(new byte[32])};TableEndpoint={url}/test;QueueEndpoint={url}/test;";
}
