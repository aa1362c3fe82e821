using System.Text.Json.Serialization;

namespace Winback.Cli.Doctor;

[JsonConverter(typeof(JsonStringEnumConverter<FindingState>))]
public enum FindingState
{
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>Could not be looked at, or will do for a trial.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    [JsonStringEnumMemberName("problem")]
    Problem,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Remedy">What to do; null when nothing is to be done.</param>
internal sealed record Finding(string What, FindingState State, string Detail, string? Remedy = null)
{
    public static Finding Ok(string what, string detail) => new(what, FindingState.Ok, detail);

    public static Finding Warning(string what, string detail, string remedy) => new(what, FindingState.Warning, detail, remedy);

    public static Finding Problem(string what, string detail, string remedy) => new(what, FindingState.Problem, detail, remedy);
}

/// <summary>What <c>winback doctor --json</c> prints.</summary>
internal sealed record DoctorReport(bool Ok, IReadOnlyList<Finding> Findings);
