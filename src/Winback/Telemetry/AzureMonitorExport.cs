using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Winback.Telemetry;

/// <summary>To Application Insights, with a token where it takes nothing else.</summary>
internal static class AzureMonitorExport
{
    public static TracerProviderBuilder AddAzureMonitor(this TracerProviderBuilder traces, TelemetryTargets targets) =>
        traces.AddAzureMonitorTraceExporter(o => Configure(o, targets));

    public static MeterProviderBuilder AddAzureMonitor(this MeterProviderBuilder figures, TelemetryTargets targets) =>
        figures.AddAzureMonitorMetricExporter(o => Configure(o, targets));

    private static void Configure(AzureMonitorExporterOptions options, TelemetryTargets targets)
    {
        options.ConnectionString = targets.AzureMonitor;
        // What the host sends of the same process already.
        options.EnableLiveMetrics = false;
        options.EnableStandardMetrics = false;
        options.EnablePerformanceCounters = false;
        if (!targets.ByIdentity) return;
        options.Credential = new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = targets.ClientId });
    }
}
