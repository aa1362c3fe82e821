using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Winback.Customers;
using Winback.Tests.Fakes;
using Winback.Tests.Hosting;
using Winback.Tests.MailEvents;

namespace Winback.Tests.Telemetry;

/// <summary>OpenTelemetry hears every app of the process, so while it listens no other test may run.</summary>
[CollectionDefinition(nameof(ExportTests), DisableParallelization = true)]
public sealed class AloneCollection;

/// <summary>What is told goes where the settings say, in the app as it is wired.</summary>
[Collection(nameof(ExportTests))]
public sealed class ExportTests
{
    /// <summary>The exporter's own figures go to its makers, not to the collector of a test.</summary>
    public ExportTests() => Environment.SetEnvironmentVariable("APPLICATIONINSIGHTS_STATSBEAT_DISABLED_ALL", "true");

    [Fact]
    public async Task Without_a_target_nothing_of_OpenTelemetry_is_there()
    {
        await using var app = await TestApp.StartAsync();

        Assert.Null(app.Services.GetService<TracerProvider>());
        Assert.Null(app.Services.GetService<MeterProvider>());
        Assert.DoesNotContain(
            app.Services.GetServices<IHostedService>(), s => s.GetType().Namespace!.StartsWith("OpenTelemetry", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_scan_is_at_the_collector_when_it_is_answered()
    {
        await using var collector = await Collector.StartAsync();
        await using var told = await HeardApp.StartAsync(collector.OtlpSettings);
        told.App.Parts.AddLapsed("k1");

        await told.ScanAndSendAsync();

        Assert.Equal(16, collector.Count("/v1/traces", "scan shard"));
        Assert.True(collector.Count("/v1/metrics", "winback.customers.due") > 0);
        Assert.True(collector.Count("/v1/metrics", "service.name\u0012\u0009\n\u0007winback") > 0);
    }

    [Fact]
    public async Task What_was_told_last_is_sent_when_the_app_stops()
    {
        await using var collector = await Collector.StartAsync();
        var told = await HeardApp.StartAsync([.. collector.OtlpSettings, .. collector.AzureSettings]);
        told.App.Parts.AddLapsed("k1");
        await told.ScanAndSendAsync();
        await EventPost.TakeAsync(told.App, EventPost.Event("delivered", told.App.Parts.Outreach.All.Single().Id.Value));

        await told.DisposeAsync();

        foreach (var (traces, figures) in new[] { ("/v1/traces", "/v1/metrics"), ("/track", "/track") })
        {
            Assert.Equal(1, collector.Count(traces, "mail event"));
            Assert.True(collector.Count(figures, "winback.mail.events") > 0);
        }
    }

    [Fact]
    public async Task The_command_line_which_has_no_host_tells_what_it_imported_when_it_is_done()
    {
        await using var collector = await Collector.StartAsync();
        var cancel = TestContext.Current.CancellationToken;
        using (var app = new InMemoryApp([.. collector.OtlpSettings]))
        {
            app.AddLapsed("k1");
            await app.ScanAndSendAsync(cancel);
            await app.Book.AddPurchasesAsync(
                CustomerId.Parse("k1"),
                [new Purchase(CustomerId.Parse("k1"), new DateOnly(2026, 10, 14), null, new Money(4200), "A", null, 0)],
                cancel);
        }

        Assert.Equal(1, collector.Count("/v1/traces", "win-back"));
        Assert.True(collector.Count("/v1/metrics", "winback.winbacks") > 0);
    }

    [Fact]
    public async Task Everything_is_traced_however_much_it_is_and_Application_Insights_gets_it_whole()
    {
        await using var collector = await Collector.StartAsync();
        var told = await HeardApp.StartAsync(collector.AzureSettings);
        told.Heard.Dispose(); // which would have them recorded whatever the sampler says
        for (var i = 0; i < 50; i++) told.App.Parts.AddLapsed(string.Create(CultureInfo.InvariantCulture, $"k{i}"));

        await told.ScanAndSendAsync();
        await told.DisposeAsync();

        Assert.Equal(50, collector.Count("/track", "\"name\":\"send step\""));
        Assert.True(collector.Count("/track", "\"winback.mails\"") > 0);
        Assert.True(collector.Count("/track", "\"ai.cloud.role\":\"winback\"") > 0);
    }

    [Fact]
    public async Task Sampling_leaves_traces_out_and_no_figure()
    {
        await using var collector = await Collector.StartAsync();
        var told = await HeardApp.StartAsync([("Telemetry:SampleRatio", "0"), .. collector.OtlpSettings, .. collector.AzureSettings]);
        told.Heard.Dispose();
        told.App.Parts.AddLapsed("k1");

        await told.ScanAndSendAsync();
        await told.DisposeAsync();

        Assert.Equal(0, collector.Count("/v1/traces", "scan"));
        Assert.Equal(0, collector.Count("/track", "\"send step\""));
        Assert.True(collector.Count("/v1/metrics", "winback.customers.due") > 0);
        Assert.True(collector.Count("/track", "winback.customers.due") > 0);
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task A_collector_that_is_away_disturbs_nothing(string protocol)
    {
        await using var told = await HeardApp.StartAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://127.0.0.1:{FreePort()}"), ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "1000"));
        told.App.Parts.AddLapsed("k1");

        await told.ScanAndSendAsync();
        await told.TimerAsync("check-cases");

        Assert.Single(told.App.Parts.Mail.Sent);
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
