using System.Net;
using DnsClient;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Winback.Cli.Doctor;
using Winback.Tests.Fakes;

namespace Winback.Tests.Cli;

/// <summary><c>winback doctor</c>: every problem at once, each with what to do.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("winback-doctor-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once_with_a_remedy()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "file"), "in the way", Cancel);

        var report = await RunAsync(
            ("AzureWebJobsStorage", null), ("Business:Name", null), ("Secrets:MailboxKey", "short"), ("CampaignFolder", Path.Combine(_folder, "none")),
            ("Mail:PickupFolder", Path.Combine(_folder, "file", "pickup")));

        Assert.False(report.Ok);
        var problems = report.Findings.Where(f => f.State == FindingState.Problem).ToList();
        Assert.Equal(["AzureWebJobsStorage", "Business__Name", "Secrets__MailboxKey", "campaigns", "mail by Pickup"], problems.Select(p => p.What));
        Assert.All(problems, p => Assert.False(string.IsNullOrWhiteSpace(p.Remedy), p.What));
    }

    [Theory]
    [InlineData("AuthorizationPermissionMismatch", "Storage Table Data Contributor", "Storage Queue Data Contributor")]
    [InlineData("AuthorizationFailure", "Networking", "Networking")]
    [InlineData("AuthenticationFailed", "clock", "clock")]
    public async Task Storage_that_refuses_us_is_explained(string code, string tables, string queues)
    {
        await using var storage = await StorageAsync(code);

        var report = await RunAsync(("AzureWebJobsStorage", Connection(storage.Urls.First())));

        Assert.Contains(tables, report.Findings.Single(f => f.What == "storage tables").Remedy, StringComparison.Ordinal);
        Assert.Contains(queues, report.Findings.Single(f => f.What == "storage queues").Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_that_answers_and_one_that_does_not()
    {
        await using var app = await ServeAsync(http => http.Response.WriteAsync(http.Request.Path == "/api/health" ? """{"status":"ok"}""" : "no"));
        var there = new Uri(app.Urls.First());
        Assert.Equal("""{"status":"ok"}""", (await RunAsync(there)).Findings[^1].Detail);
        await app.StopAsync(Cancel);
        Assert.Equal(FindingState.Problem, (await RunAsync(there)).Findings[^1].State);
    }

    [Fact]
    public async Task A_trial_here_needs_no_records()
    {
        var report = await RunAsync(("Mail:PickupFolder", _folder), ("AzureWebJobsStorage", null));
        Assert.Contains(report.Findings, f => f is { What: "dns", State: FindingState.Ok });
        Assert.Contains(report.Findings, f => f is { What: "mail by Pickup", State: FindingState.Ok });
        Assert.Contains(report.Findings, f => f.What == "time zone" && f.Detail == "Europe/Amsterdam, where it is 2026-10-13 12:00");
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    private Task<DoctorReport> RunAsync(Uri app) => RunAsync(app, ("AzureWebJobsStorage", null), ("Mail:PickupFolder", _folder));

    private static Task<DoctorReport> RunAsync(params (string Name, string? Value)[] settings) => RunAsync(null, settings);

    private static Task<DoctorReport> RunAsync(Uri? app, params (string Name, string? Value)[] settings)
    {
        var all = new Dictionary<string, string?>(InMemoryApp.Settings, StringComparer.Ordinal);
        foreach (var (name, value) in settings) all[name] = value;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(all).Build();
        return new Checkup(configuration, app, new NoDns(), new FakeTimeProvider(InMemoryApp.Start)).RunAsync(Cancel);
    }

    /// <summary>Storage that refuses everything with that code.</summary>
    private static Task<WebApplication> StorageAsync(string code) => ServeAsync(http =>
    {
        http.Response.StatusCode = (int)HttpStatusCode.Forbidden;
        http.Response.Headers["x-ms-error-code"] = code;
        if (http.Request.Path.Value!.Contains("winback-doctor", StringComparison.Ordinal))
        {
            http.Response.ContentType = "application/xml";
            return http.Response.WriteAsync($"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>no</Message></Error>");
        }
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync("{\"odata.error\":{\"code\":\"" + code + "\",\"message\":{\"lang\":\"en-US\",\"value\":\"no\"}}}");
    });

    private static async Task<WebApplication> ServeAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var service = builder.Build();
        service.Run(answer);
        await service.StartAsync(Cancel);
        return service;
    }

    private static string Connection(string url) =>
        $"DefaultEndpointsProtocol=http;AccountName=test;AccountKey={Convert.ToBase64String(new byte[32])};TableEndpoint={url}/test;QueueEndpoint={url}/test;";

    private sealed class NoDns : IDnsReader
    {
        public Task<DnsRecords> ReadAsync(string name, QueryType type, CancellationToken cancel) => Task.FromResult(DnsRecords.Unread);
    }
}
