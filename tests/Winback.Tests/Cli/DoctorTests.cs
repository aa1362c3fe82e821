using System.Globalization;
using System.Net;
using DnsClient;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Winback.Cli.Cloud;
using Winback.Cli.Doctor;
using Winback.Customers;
using Winback.Hosting;
using Winback.Scan;
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
    [InlineData("AuthorizationPermissionMismatch", "Storage Table Data Contributor", "Storage Queue Data Contributor", "Storage Blob Data Contributor")]
    [InlineData("AuthorizationFailure", "Networking", "Networking", "Networking")]
    [InlineData("AuthenticationFailed", "clock", "clock", "clock")]
    public async Task Storage_that_refuses_us_is_explained(string code, string tables, string queues, string blobs)
    {
        await using var storage = await StorageAsync(code);

        var report = await RunAsync(("AzureWebJobsStorage", Connection(storage.Urls.First())));

        Assert.Contains(tables, report.Findings.Single(f => f.What == "storage tables").Remedy, StringComparison.Ordinal);
        Assert.Contains(queues, report.Findings.Single(f => f.What == "storage queues").Remedy, StringComparison.Ordinal);
        Assert.Contains(blobs, report.Findings.Single(f => f.What == "storage blobs").Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_cannot_be_had_is_a_problem_of_its_own_and_no_other()
    {
        var report = await RunAsync(
            null, ["Secrets__MailboxKey: its secret mailbox-key cannot be read: the vault kv-linde does not let us; give the role Key Vault Secrets User"],
            ("AzureWebJobsStorage", null), ("Mail:PickupFolder", _folder), ("Secrets:MailboxKey", null));

        var problem = Assert.Single(report.Findings, f => f.What == "Secrets__MailboxKey");
        Assert.Equal(FindingState.Problem, problem.State);
        Assert.Equal("give the role Key Vault Secrets User", problem.Remedy);
    }

    [Fact]
    public async Task An_app_that_answers_and_one_that_does_not()
    {
        await using var app = await ServeAsync(http => http.Response.WriteAsync(http.Request.Path == "/api/health" ? Health(HealthEndpoint.Version) : "no"));
        var there = new Uri(app.Urls.First());
        Assert.Equal((FindingState.Ok, $"ok, 2 campaigns switched on, version {HealthEndpoint.Version}"), await AskAsync(there));
        await app.StopAsync(Cancel);
        Assert.Equal(FindingState.Problem, (await AskAsync(there)).State);
    }

    [Theory]
    [InlineData("""{"status":"ok","version":"0.1.0+old","campaigns":2}""", FindingState.Warning, "it is version 0.1.0+old")] // deployed is not what is here
    [InlineData("""{"hello":"world"}""", FindingState.Problem, "not Winback")]
    [InlineData("<html></html>", FindingState.Problem, "not Winback")]
    public async Task An_app_that_answers_otherwise(string answer, FindingState state, string detail)
    {
        await using var app = await ServeAsync(http => http.Response.WriteAsync(answer));
        var (found, said) = await AskAsync(new Uri(app.Urls.First()));
        Assert.Equal(state, found);
        Assert.Contains(detail, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_that_starts_is_given_time()
    {
        var asked = 0;
        await using var app = await ServeAsync(http =>
        {
            if (++asked < 3) http.Response.StatusCode = StatusCodes.Status502BadGateway;
            return http.Response.WriteAsync(Health(HealthEndpoint.Version));
        });
        var time = new FakeTimeProvider();

        var asking = new AppHealth(new Uri(app.Urls.First()), TimeSpan.FromSeconds(120), time).AskAsync(HealthEndpoint.Version, Cancel);
        while (!asking.IsCompleted)
        {
            await Task.Delay(10, Cancel);
            if (asked < 3) time.Advance(TimeSpan.FromSeconds(3));
        }

        Assert.Equal(FindingState.Ok, (await asking).State);
    }

    [Fact]
    public void Right_after_the_first_deployment_nothing_is_wrong() => Assert.All(
        [StoredState.Published([], []), StoredState.Scan([], Now), StoredState.Poison(new Dictionary<string, int> { ["scan-shard-poison"] = 0, ["scan-shard"] = 7 }, 0)],
        f => Assert.Equal(FindingState.Ok, f.State));

    [Theory]
    //          hours ago that a scan began, and how many of its parts are done; the newest first
    [InlineData("0:16", FindingState.Ok, "2026-10-13 12:00 is finished")]
    [InlineData("0:3 1:16", FindingState.Ok, "2026-10-13 11:00 is finished")] // one runs
    [InlineData("0:3", FindingState.Ok, "none is finished; that of 2026-10-13 12:00 is at 3 of 16 parts")] // the first runs
    [InlineData("3:16", FindingState.Ok, "2026-10-13 09:00 is finished")]
    [InlineData("4:16", FindingState.Warning, "2026-10-13 08:00 is finished")] // seldom, or the timer stands still
    [InlineData("0:3 1:5 4:16", FindingState.Warning, "2026-10-13 08:00 is finished")] // they begin and do not end
    [InlineData("0:3 1:5 4:7", FindingState.Warning, "none is finished")]
    public void The_last_scan(string scans, FindingState state, string detail)
    {
        var latest = scans.Split(' ').Select(s => s.Split(':')).Select(s => new ScanSummary(
            "", InMemoryApp.Start - TimeSpan.FromHours(int.Parse(s[0], CultureInfo.InvariantCulture)), int.Parse(s[1], CultureInfo.InvariantCulture), ScanCounts.None));
        var finding = StoredState.Scan([.. latest], Now);
        Assert.Equal(state, finding.State);
        Assert.Contains(detail, finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void What_nobody_could_do_anything_with_wants_a_look()
    {
        var filled = StoredState.Poison(new Dictionary<string, int> { ["scan-shard-poison"] = 2, ["scan-shard"] = 7 }, 0);
        var recorded = StoredState.Poison(new Dictionary<string, int> { ["scan-shard-poison"] = 0 }, 3);
        Assert.Equal((FindingState.Warning, "hold messages: 2 in scan-shard-poison"), (filled.State, filled.Detail));
        Assert.Equal(FindingState.Warning, recorded.State);
        Assert.Contains("winback retry --poison", recorded.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_published_and_cannot_be_used_is_a_problem() =>
        Assert.Equal(FindingState.Problem, StoredState.Published(["renewal-reminder", "spring-menu"], ["spring-menu"]).State);

    [Fact]
    public async Task A_trial_here_needs_no_records()
    {
        var report = await RunAsync(("Mail:PickupFolder", _folder), ("AzureWebJobsStorage", null));
        Assert.Contains(report.Findings, f => f is { What: "dns", State: FindingState.Ok });
        Assert.Contains(report.Findings, f => f is { What: "mail by Pickup", State: FindingState.Ok });
        Assert.Contains(report.Findings, f => f.What == "time zone" && f.Detail == "Europe/Amsterdam, where it is 2026-10-13 12:00");
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    private static Moment Now => new(InMemoryApp.Start, TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam"));

    private static string Health(string version) => "{\"status\":\"ok\",\"version\":\"" + version + "\",\"campaigns\":2}";

    private async Task<(FindingState State, string Detail)> AskAsync(Uri app)
    {
        var health = new AppHealth(app, TimeSpan.Zero, new FakeTimeProvider());
        var finding = (await RunAsync(health, [], ("AzureWebJobsStorage", null), ("Mail:PickupFolder", _folder))).Findings[^1];
        return (finding.State, finding.Detail);
    }

    private static Task<DoctorReport> RunAsync(params (string Name, string? Value)[] settings) => RunAsync(null, [], settings);

    private static Task<DoctorReport> RunAsync(AppHealth? app, IReadOnlyList<string> problems, params (string Name, string? Value)[] settings)
    {
        var all = new Dictionary<string, string?>(InMemoryApp.Settings, StringComparer.Ordinal);
        foreach (var (name, value) in settings) all[name] = value;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(all).Build();
        return new Checkup(new ResolvedSettings(configuration, problems), app, new NoDns(), new FakeTimeProvider(InMemoryApp.Start)).RunAsync(Cancel);
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
        $"DefaultEndpointsProtocol=http;AccountName=test;AccountKey={Convert.ToBase64String(new byte[32])};TableEndpoint={url}/test;QueueEndpoint={url}/test;BlobEndpoint={url}/test;";

    private sealed class NoDns : IDnsReader
    {
        public Task<DnsRecords> ReadAsync(string name, QueryType type, CancellationToken cancel) => Task.FromResult(DnsRecords.Unread);
    }
}
