using System.Globalization;
using System.Text.Json;
using Winback.Customers;
using Winback.Outreach;

namespace Winback.MailEvents;

/// <summary>Reads a post of events. Pure.</summary>
public static class MailEventReader
{
    public const int MaxReason = 500;
    private const int MaxId = 200;

    /// <summary>No mail of ours was sent before; the provider's clock may be ahead.</summary>
    private static readonly DateTimeOffset Earliest = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    /// <returns>
    /// One per event, in the order in which they came; null for one that is not about a mail of ours, or that nothing can be made of: the others in
    /// the post must not be lost with it.
    /// </returns>
    /// <exception cref="FormatException">It is no JSON array.</exception>
    public static IReadOnlyList<IncomingMailEvent?> Read(ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Array) throw new FormatException("The body must be a JSON array of events.");
            return [.. json.RootElement.EnumerateArray().Select(e => TryRead(e, now))];
        }
        catch (JsonException e)
        {
            throw new FormatException("The body must be a JSON array of events.", e);
        }
    }

    private static IncomingMailEvent? TryRead(JsonElement json, DateTimeOffset now)
    {
        try
        {
            return Read(json, now);
        }
        catch (InvalidOperationException)
        {
            return null; // half a character in a name or a value, which JSON can write and nobody can read
        }
    }

    private static IncomingMailEvent? Read(JsonElement json, DateTimeOffset now)
    {
        if (json.ValueKind != JsonValueKind.Object) return null;
        if (Text(json, "outreach") is not { } outreach || !OutreachId.TryParse(outreach, out var id)) return null;
        if (Kind(json) is not { } kind || Time(json) is not { } at || at < Earliest || at > now + Ahead) return null;
        // The provider always names its events; without a name, the same of the same mail at the same time is the same.
        var name = Text(json, "sg_event_id") is { Length: > 0 and <= MaxId } given ? given : string.Create(CultureInfo.InvariantCulture, $"{kind}-{at:O}");
        var reason = Text(json, "reason") is { Length: > 0 } why ? why : Text(json, "response");
        return new IncomingMailEvent(
            name, id, EmailAddress.TryParse(Text(json, "email"), out var address, out _) ? address : null, kind, at,
            string.IsNullOrWhiteSpace(reason) || kind == MailEventKind.Delivered ? null : Cut(reason.Trim()));
    }

    private static MailEventKind? Kind(JsonElement json) => Text(json, "event") switch
    {
        "processed" => MailEventKind.Processed,
        "deferred" => MailEventKind.Deferred,
        "dropped" => MailEventKind.Dropped,
        "delivered" => MailEventKind.Delivered,
        "bounce" => IsForGood(json) ? MailEventKind.HardBounce : MailEventKind.SoftBounce,
        "open" => MailEventKind.Open,
        "click" => MailEventKind.Click,
        "spamreport" => MailEventKind.SpamReport,
        "unsubscribe" => MailEventKind.Unsubscribe,
        "group_unsubscribe" => MailEventKind.GroupUnsubscribe,
        "group_resubscribe" => MailEventKind.GroupResubscribe,
        _ => null,
    };

    /// <summary>The other side's code, which begins with 4 for now and with 5 for good, is in the status or begins the reason.</summary>
    private static bool IsForGood(JsonElement json) =>
        Text(json, "type") is null or "bounce" && (Text(json, "status") is { Length: > 0 } status ? status : Text(json, "reason") ?? "").TrimStart().StartsWith('5');

    private static DateTimeOffset? Time(JsonElement json)
    {
        if (!json.TryGetProperty("timestamp", out var value)) return null;
        var isNumber = value.ValueKind == JsonValueKind.Number
            ? value.TryGetInt64(out var seconds)
            : long.TryParse(Text(json, "timestamp"), NumberStyles.None, CultureInfo.InvariantCulture, out seconds);
        return isNumber && seconds is > 0 and < 253402300800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>No character cut in half: storage refuses that.</summary>
    private static string Cut(string text) =>
        text.Length <= MaxReason ? text : text[..(char.IsHighSurrogate(text[MaxReason - 1]) ? MaxReason - 1 : MaxReason)];
}
