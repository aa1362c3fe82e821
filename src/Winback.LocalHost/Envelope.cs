using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Queues.Models;

namespace Winback.LocalHost;

/// <summary>The body {"Data":{...},"Metadata":{...}} that the host posts for a trigger, in the words of host 4.1037.</summary>
internal static class Envelope
{
    private static readonly JsonSerializerOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="lastRun">When it ran last; null on the first run, which is told as year 1.</param>
    /// <param name="next">The occurrence that this run is for.</param>
    public static JsonObject ForTimer(TimerFunction function, DateTimeOffset? lastRun, DateTimeOffset next, DateTimeOffset now)
    {
        var last = lastRun ?? DateTimeOffset.MinValue;
        var timer = new JsonObject
        {
            ["Schedule"] = new JsonObject { ["AdjustForDST"] = true },
            ["ScheduleStatus"] = RunsOftenerThanEveryMinute(function, now)
                ? null
                : new JsonObject { ["Last"] = last, ["Next"] = next, ["LastUpdated"] = last },
            ["IsPastDue"] = false,
        };
        return Wrap(function, function.Binding, timer, [], now);
    }

    /// <param name="content">The message's bytes, decoded.</param>
    public static JsonObject ForQueue(QueueFunction function, QueueMessage message, ReadOnlySpan<byte> content, DateTimeOffset now)
    {
        var metadata = new JsonObject
        {
            ["DequeueCount"] = message.DequeueCount.ToString(CultureInfo.InvariantCulture),
            ["ExpirationTime"] = message.ExpiresOn,
            ["Id"] = Quoted(message.MessageId),
            ["InsertionTime"] = message.InsertedOn,
            ["NextVisibleTime"] = message.NextVisibleOn,
            ["PopReceipt"] = Quoted(message.PopReceipt),
        };
        if (function.IsBinary) return Wrap(function, function.Binding, Convert.ToBase64String(content), metadata, now);
        var text = Encoding.UTF8.GetString(content);
        CopyProperties(text, metadata);
        return Wrap(function, function.Binding, Quoted(text), metadata, now);
    }

    public static string Serialize(JsonObject envelope) => envelope.ToJsonString(Unescaped);

    private static JsonObject Wrap(FunctionJson function, string binding, JsonNode data, JsonObject metadata, DateTimeOffset now)
    {
        metadata["sys"] = new JsonObject
        {
            ["MethodName"] = function.Name,
            ["UtcNow"] = now.UtcDateTime,
            ["RandGuid"] = Guid.NewGuid(),
        };
        return new JsonObject { ["Data"] = new JsonObject { [binding] = data }, ["Metadata"] = metadata };
    }

    /// <summary>The host's trap for text messages: top-level properties of a JSON object take the place of Id, DequeueCount and so on.</summary>
    private static void CopyProperties(string text, JsonObject metadata)
    {
        JsonObject? message;
        try
        {
            message = JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return; // Text that is not JSON has nothing to copy.
        }
        foreach (var (name, value) in message ?? [])
        {
            if (value is null or JsonArray) continue;
            var known = metadata.Select(p => p.Key).FirstOrDefault(key => key.Equals(name, StringComparison.OrdinalIgnoreCase));
            metadata[known ?? name] = value switch
            {
                JsonObject nested => nested.DeepClone(),
                _ when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => Quoted(value.GetValue<bool>() ? "True" : "False"),
                _ => Quoted(value.ToString()),
            };
        }
    }

    /// <summary>JSON inside JSON: text values are handed over with their quotes.</summary>
    private static string Quoted(string text) => JsonSerializer.Serialize(text, Unescaped);

    private static bool RunsOftenerThanEveryMinute(TimerFunction function, DateTimeOffset now)
    {
        var first = function.Schedule.GetNextOccurrence(now.UtcDateTime);
        return function.Schedule.GetNextOccurrence(first) - first < TimeSpan.FromMinutes(1);
    }
}
