namespace Winback.Telemetry;

/// <summary>Where spans and figures go, by the settings that the Functions host and OpenTelemetry have for it. Nowhere when neither is set.</summary>
/// <param name="AzureMonitor">Connection string of Application Insights; null for none.</param>
/// <param name="ByIdentity">Application Insights takes tokens only.</param>
/// <param name="ClientId">By identity: which user-assigned one; null for the system's, or whoever is logged in.</param>
/// <param name="Otlp">Also to the collector at <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>; the exporter reads that and its other settings itself.</param>
public sealed record TelemetryTargets(string? AzureMonitor, bool ByIdentity, string? ClientId, bool Otlp)
{
    public bool IsAny => AzureMonitor is not null || Otlp;

    /// <summary>The targets whose settings can be used.</summary>
    public static TelemetryTargets From(IConfiguration configuration)
    {
        var problems = Problems(configuration).Select(p => p.Split(':')[0]).ToHashSet(StringComparer.Ordinal);
        var connection = configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"];
        var authentication = configuration["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"];
        var isUsable = connection is { Length: > 0 } && !problems.Any(p => p.StartsWith("APPLICATIONINSIGHTS", StringComparison.Ordinal));
        return new TelemetryTargets(
            isUsable ? connection : null, authentication is { Length: > 0 }, Parts(authentication).GetValueOrDefault("ClientId"),
            configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 } && !problems.Contains("OTEL_EXPORTER_OTLP_ENDPOINT"));
    }

    /// <returns>What is wrong, each beginning with the setting's name and a colon.</returns>
    public static IEnumerable<string> Problems(IConfiguration configuration)
    {
        if (configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] is { Length: > 0 } connection && !IsConnectionString(connection))
        {
            yield return "APPLICATIONINSIGHTS_CONNECTION_STRING: is not a connection string of Application Insights; "
                + "copy it whole from its Overview page, or remove it";
        }
        if (configuration["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"] is { Length: > 0 } authentication
            && !string.Equals(Parts(authentication).GetValueOrDefault("Authorization"), "AAD", StringComparison.OrdinalIgnoreCase))
        {
            yield return "APPLICATIONINSIGHTS_AUTHENTICATION_STRING: is not understood; write Authorization=AAD, "
                + "or ClientId=<client id>;Authorization=AAD for a user-assigned identity";
        }
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 } endpoint && !IsWebAddress(endpoint))
            yield return "OTEL_EXPORTER_OTLP_ENDPOINT: is not a web address; write for instance http://localhost:4317, or remove it";
    }

    private static bool IsConnectionString(string text)
    {
        var parts = Parts(text);
        return Guid.TryParse(parts.GetValueOrDefault("InstrumentationKey"), out _)
            && (!parts.TryGetValue("IngestionEndpoint", out var endpoint) || IsWebAddress(endpoint));
    }

    private static bool IsWebAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http";

    /// <summary>Names and values of <c>name=value;name=value</c>.</summary>
    private static Dictionary<string, string> Parts(string? text)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0) parts[part[..equals].Trim()] = part[(equals + 1)..].Trim();
        }
        return parts;
    }
}
