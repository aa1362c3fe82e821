using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Winback.LocalHost;

/// <summary>What the host makes of the app's answer to a trigger.</summary>
internal abstract record Answer
{
    private static readonly JsonSerializerOptions AnyCase = new() { PropertyNameCaseInsensitive = true };

    private Answer() { }

    public sealed record Succeeded(IReadOnlyList<string> Logs, bool HasOutputs) : Answer;

    public sealed record Failed(string Reason) : Answer;

    /// <summary>The answer that the real host waits behind until functionTimeout.</summary>
    public sealed record Hangs(string Reason) : Answer;

    public static Answer Judge(HttpStatusCode status, MediaTypeHeaderValue? contentType, ReadOnlySpan<byte> body)
    {
        if ((int)status is < 200 or > 299)
            return new Failed($"it answered {(int)status}");
        if (body.IsEmpty)
            return new Hangs(status == HttpStatusCode.NoContent ? "it answered 204" : "it answered with an empty body");
        if (!"application/json".Equals(contentType?.MediaType, StringComparison.OrdinalIgnoreCase))
            return new Failed($"it answered {contentType?.MediaType ?? "without a content type"}, not application/json");
        try
        {
            return JsonSerializer.Deserialize<Body>(body, AnyCase) is { } answer
                ? new Succeeded(answer.Logs ?? [], answer.Outputs is { Count: > 0 })
                : new Hangs("it answered null");
        }
        catch (JsonException e)
        {
            // Not the exception's message: it may quote the answer.
            return new Failed(
                $"its answer is not a JSON object of Outputs, Logs and ReturnValue (byte {e.BytePositionInLine} of line {e.LineNumber + 1})");
        }
    }

    private sealed record Body(
        [property: JsonPropertyName("Outputs")] Dictionary<string, JsonElement>? Outputs,
        [property: JsonPropertyName("Logs")] IReadOnlyList<string>? Logs,
        [property: JsonPropertyName("ReturnValue")] JsonElement? ReturnValue);
}
