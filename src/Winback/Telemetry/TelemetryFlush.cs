using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Winback.Telemetry;

/// <summary>
/// Sends off what was told since the exporters last did, for who answers only then: an instance that is waited for is not stopped. Does nothing when
/// there is no target, and gives up in silence when it does not answer.
/// </summary>
public sealed class TelemetryFlush(TracerProvider? traces = null, MeterProvider? figures = null)
{
    /// <summary>Nobody waits for the answer of a timer, but the next message does for the place of this one.</summary>
    private const int LimitMilliseconds = 3000;

    public Task RunAsync() => traces is null && figures is null
        ? Task.CompletedTask
        : Task.WhenAll(Task.Run(() => traces?.ForceFlush(LimitMilliseconds)), Task.Run(() => figures?.ForceFlush(LimitMilliseconds)));
}
