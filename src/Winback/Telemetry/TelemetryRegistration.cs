using System.Diagnostics.Metrics;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Winback.Customers;

namespace Winback.Telemetry;

public static class TelemetryRegistration
{
    private const string ServiceName = "winback";

    private static string? Version =>
        typeof(TelemetryRegistration).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    /// <summary>The app's signals, and where they go. Without a target nothing of OpenTelemetry is registered.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration, TelemetryOptions options)
    {
        services.AddMetrics();
        services.AddSingleton<IQueueLevels, StorageQueueLevels>().AddSingleton<QueueWatch>();
        services.AddSingleton<TelemetryFlush>();
        services.AddSingleton(p =>
        {
            // The listeners first, also for the command line, which has no host that starts them.
            p.GetRequiredService<TelemetryFlush>();
            return new Signals(p.GetRequiredService<IMeterFactory>(), p.GetRequiredService<BusinessOptions>());
        });
        var targets = TelemetryTargets.From(configuration);
        if (!targets.IsAny) return services;

        // The exporters read OTEL_... themselves.
        services.TryAddSingleton(configuration);
        services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService(ServiceName, serviceVersion: Version))
            .WithTracing(traces =>
            {
                traces.AddSource(Signals.Name);
                if (targets.Otlp) traces.AddOtlpExporter();
                if (targets.AzureMonitor is not null) traces.AddAzureMonitor(targets);
                // By the trace alone: an enrolment is whole or not there, on every machine and day. After the exporters, of which one brings a
                // sampler of its own.
                traces.SetSampler(new TraceIdRatioBasedSampler(options.SampleRatio));
            })
            .WithMetrics(figures =>
            {
                figures.AddMeter(Signals.Name);
                if (targets.Otlp) figures.AddOtlpExporter();
                if (targets.AzureMonitor is not null) figures.AddAzureMonitor(targets);
            });
        return services;
    }
}
