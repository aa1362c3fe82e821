using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Winback.Replies;

/// <summary>A post of SendGrid's Inbound Parse (https://www.twilio.com/docs/sendgrid/for-developers/parsing-email/setting-up-the-inbound-parse-webhook).</summary>
/// <param name="Recipients">From the envelope: the To header may name anybody.</param>
/// <param name="Headers">The raw header lines.</param>
public sealed record InboundMail(IReadOnlyList<string> Recipients, string Sender, string Subject, string Headers, string Text)
{
    private const int MaxField = 2 * 1024 * 1024;

    /// <summary>RFC 2046 5.1.1.</summary>
    private const int MaxBoundary = 70;

    static InboundMail() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Reads the fields we need in the charset that the post names for each; attachments are passed over.</summary>
    /// <exception cref="FormatException">Not such a post.</exception>
    public static async Task<InboundMail> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= MaxBoundary } boundary)
            throw new FormatException("The post must be multipart/form-data.");
        var fields = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var reader = new MultipartReader(boundary, request.Body);
        while (await ReadSectionAsync(reader, cancel) is { } section)
        {
            if (section.GetContentDispositionHeader() is not { } header || header.IsFileDisposition()) continue;
            var name = HeaderUtilities.RemoveQuotes(header.Name).Value;
            if (name is "headers" or "subject" or "text" or "html" or "envelope" or "charsets") fields[name] = await ReadFieldAsync(section.Body, cancel);
        }
        var charsets = Charsets(fields.GetValueOrDefault("charsets"));
        var (recipients, sender) = Envelope(Field("envelope"));
        var text = Field("text");
        return new InboundMail(recipients, sender, Field("subject"), Field("headers"), text.Length > 0 ? text : Field("html"));

        string Field(string name) => fields.TryGetValue(name, out var bytes) ? Decode(bytes, charsets.GetValueOrDefault(name)) : "";
    }

    /// <summary>Whether a machine sent it (RFC 3834 2, 5).</summary>
    public bool IsAutomatic => Header("Auto-Submitted") is { } auto && !auto.StartsWith("no", StringComparison.OrdinalIgnoreCase)
        || Header("Precedence") is { } precedence && precedence.Trim().ToLowerInvariant() is "bulk" or "list" or "junk" or "auto_reply"
        || Header("X-Autoreply") is not null || Header("X-Autorespond") is not null || Header("List-Id") is not null
        || Sender.Length == 0 && Headers.Length > 0;

    public string? Header(string name)
    {
        foreach (var line in Headers.Split('\n'))
            if (line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)) return line[(name.Length + 1)..].Trim();
        return null;
    }

    private static async Task<MultipartSection?> ReadSectionAsync(MultipartReader reader, CancellationToken cancel)
    {
        try
        {
            return await reader.ReadNextSectionAsync(cancel);
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException && e is not BadHttpRequestException))
        {
            throw new FormatException("The multipart post is broken off or malformed.", e);
        }
    }

    private static async Task<byte[]> ReadFieldAsync(Stream body, CancellationToken cancel)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await body.ReadAsync(buffer, cancel)) > 0)
                if (kept.Length < MaxField) kept.Write(buffer, 0, (int)Math.Min(read, MaxField - kept.Length));
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException && e is not BadHttpRequestException))
        {
            throw new FormatException("The multipart post is broken off or malformed.", e);
        }
        return kept.ToArray();
    }

    private static (IReadOnlyList<string> To, string From) Envelope(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var to = document.RootElement.GetProperty("to").EnumerateArray().Select(e => e.GetString() ?? "").ToList();
            return (to, document.RootElement.TryGetProperty("from", out var from) ? from.GetString() ?? "" : "");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("The post has no usable envelope.", e);
        }
    }

    private static Dictionary<string, string> Charsets(byte[]? json)
    {
        try
        {
            return json is null ? [] : JsonSerializer.Deserialize(json, ReplyJson.Default.DictionaryStringString) ?? [];
        }
        catch (JsonException)
        {
            // Without it every field is read as UTF-8, the default.
            return [];
        }
    }

    private static string Decode(byte[] bytes, string? charset)
    {
        try
        {
            return (charset is null ? Encoding.UTF8 : Encoding.GetEncoding(charset)).GetString(bytes).Replace("\0", "", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            // Unknown, or one like UTF-7 that .NET refuses.
            return Encoding.Latin1.GetString(bytes).Replace("\0", "", StringComparison.Ordinal);
        }
    }
}
