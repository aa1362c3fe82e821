using Winback.Hosting;

namespace Winback.Telemetry;

/// <summary>Settings under <c>Telemetry</c>. Where it goes is said by settings that others read too: <see cref="TelemetryTargets"/>.</summary>
public sealed class TelemetryOptions : ICheckedOptions
{
    /// <summary>
    /// Which part of the enrolments and of the scans is traced, each of them whole or not at all. 0 to 1, with a decimal point. Figures are never
    /// sampled. Default 1: all.
    /// </summary>
    public double SampleRatio { get; set; } = 1;

    public IEnumerable<string> Problems()
    {
        if (!(SampleRatio is >= 0 and <= 1)) yield return "Telemetry__SampleRatio: is out of range; 0 (nothing) to 1 (everything)";
    }
}
