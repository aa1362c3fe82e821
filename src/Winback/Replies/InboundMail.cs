using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using MimeKit;
using MimeKit.Utils;

namespace Winback.Replies;

/// <summary>
/// A mail as SendGrid's Inbound Parse posts it, in fields or whole ("raw")
/// (https://www.twilio.com/docs/sendgrid/for-developers/parsing-email/setting-up-the-inbound-parse-webhook).
/// </summary>
/// <param name="Recipients">From the envelope: the To header may name anybody.</param>
/// <param name="Sender">From the envelope; empty for what a machine sends.</param>
/// <param name="From">The address that the writer goes by; null when there is none.</param>
/// <param name="Headers">The raw header lines.</param>
/// <param name="Text">Plain, or HTML where there is nothing else; of a raw mail only the beginning when only the head was asked for.</param>
public sealed record InboundMail(IReadOnlyList<string> Recipients, string Sender, string? From, string Subject, string Headers, string Text, int Attachments)
{
    private const int MaxField = 2 * 1024 * 1024;

    /// <summary>What the head of a raw mail lies in.</summary>
    private const int MaxHead = 256 * 1024;

    private static readonly string[] ReferringHeaders = ["In-Reply-To", "References"];

    /// <summary>RFC 2046 5.1.1.</summary>
    private const int MaxBoundary = 70;

    private const int MaxContentType = 500;

    static InboundMail() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public string? MessageId => Header("Message-ID") is { } header ? MimeUtils.EnumerateReferences(header).FirstOrDefault() ?? header.Trim(' ', '<', '>') : null;

    public bool IsBulk => IsBulkBy(Headers);

    /// <summary>The mails that it answers, the latest first; at most 20.</summary>
    public IEnumerable<string> References => ReferringHeaders
        .SelectMany(name => Header(name) is { } header ? MimeUtils.EnumerateReferences(header).Reverse() : []).Distinct(StringComparer.Ordinal).Take(20);

    /// <summary>Reads the fields we need in the charset that the post names for each; attachments are passed over and counted.</summary>
    /// <param name="headOnly">Of a raw mail only what says whose it is.</param>
    /// <exception cref="FormatException">Not such a post.</exception>
    public static async Task<InboundMail> ReadAsync(string? contentType, Stream body, bool headOnly, CancellationToken cancel)
    {
        // It is kept with the post, where only so much can be kept.
        if (contentType is not { Length: <= MaxContentType } || !Ascii.IsValid(contentType) || !MediaTypeHeaderValue.TryParse(contentType, out var type)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= MaxBoundary } boundary)
        {
            throw new FormatException("The post must be multipart/form-data.");
        }
        var fields = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        MimeParts? mime = null;
        var files = 0;
        var reader = new MultipartReader(boundary, body);
        while (await ReadSectionAsync(reader, cancel) is { } section)
        {
            if (section.GetContentDispositionHeader() is not { } header) continue;
            var name = HeaderUtilities.RemoveQuotes(header.Name).Value;
            if (name == "email") mime = await ReadMimeAsync(section.Body, headOnly, cancel);
            else if (header.IsFileDisposition()) files++;
            else if (name is "headers" or "from" or "subject" or "text" or "html" or "envelope" or "charsets" or "attachments")
                fields[name] = await ReadFieldAsync(section.Body, MaxField, cancel);
        }
        var charsets = Charsets(fields.GetValueOrDefault("charsets"));
        var (recipients, sender) = Envelope(Field("envelope"));
        if (mime is not null) return new InboundMail(recipients, sender, mime.From, mime.Subject, mime.Headers, mime.Text, mime.Attachments);
        var (text, headers) = (Field("text"), Field("headers"));
        var from = Field("from") is { Length: > 0 } given ? given : Find(headers, "From");
        return new InboundMail(recipients, sender, AddressIn(from), Field("subject"), headers, string.IsNullOrWhiteSpace(text) ? Field("html") : text, files);

        string Field(string name) => fields.TryGetValue(name, out var bytes) ? Decode(bytes, charsets.GetValueOrDefault(name)) : "";
    }

    public string? Header(string name) => Find(Headers, name);

    /// <summary>Whether header lines bear the marks of a mailing list or bulk mail.</summary>
    public static bool IsBulkBy(string headers) => Find(headers, "List-Id") is not null || Find(headers, "Precedence")?.ToLowerInvariant() is "bulk" or "list" or "junk";

    /// <summary>A header's value, unfolded (RFC 5322 2.2.3).</summary>
    private static string? Find(string headers, string name)
    {
        var at = headers.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase) ? 0 : headers.IndexOf("\n" + name + ":", StringComparison.OrdinalIgnoreCase) + 1;
        if (at == 0 && !headers.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)) return null;
        var end = at;
        do end = headers.IndexOf('\n', end + 1); while (end >= 0 && end + 1 < headers.Length && headers[end + 1] is ' ' or '\t');
        return (end < 0 ? headers[at..] : headers[at..end])[(name.Length + 1)..].ReplaceLineEndings("").Trim();
    }

    private static string? AddressIn(string? header) =>
        header is not null && InternetAddressList.TryParse(Reply.Cut(header, 2000), out var list) ? list.Mailboxes.FirstOrDefault()?.Address : null;

    private static async Task<MultipartSection?> ReadSectionAsync(MultipartReader reader, CancellationToken cancel)
    {
        try
        {
            return await reader.ReadNextSectionAsync(cancel);
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw new FormatException("The multipart post is broken off or malformed.", e);
        }
    }

    private static bool IsMalformed(Exception e) => e is InvalidDataException || (e is IOException && e is not BadHttpRequestException);

    /// <summary>The whole field is read; more than the limit is not kept.</summary>
    private static async Task<byte[]> ReadFieldAsync(Stream body, int limit, CancellationToken cancel)
    {
        using var kept = new MemoryStream();
        await CopyAsync(body, kept, limit, cancel);
        return kept.ToArray();
    }

    private static async Task CopyAsync(Stream body, Stream kept, long limit, CancellationToken cancel)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await body.ReadAsync(buffer, cancel)) > 0)
                if (kept.Length < limit) await kept.WriteAsync(buffer.AsMemory(0, (int)Math.Min(read, limit - kept.Length)), cancel);
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw new FormatException("The multipart post is broken off or malformed.", e);
        }
    }

    private sealed record MimeParts(string? From, string Subject, string Headers, string Text, int Attachments);

    /// <summary>A whole mail may be as large as a post, so its parts stay on disk while it is read.</summary>
    private static async Task<MimeParts> ReadMimeAsync(Stream body, bool headOnly, CancellationToken cancel)
    {
        using Stream kept = headOnly ? new MemoryStream()
            : new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await CopyAsync(body, kept, headOnly ? MaxHead : long.MaxValue, cancel);
        kept.Position = 0;
        try
        {
            using var message = await MimeMessage.LoadAsync(ParserOptions.Default, kept, persistent: true, cancel);
            var headers = string.Concat(message.Headers.Select(h => $"{h.Field}: {h.Value.ReplaceLineEndings(" ")}\n"));
            return new MimeParts(
                message.From.Mailboxes.FirstOrDefault()?.Address, Clean(message.Subject ?? ""), Clean(headers),
                Clean((string.IsNullOrWhiteSpace(message.TextBody) ? message.HtmlBody : message.TextBody) ?? ""), message.Attachments.Count());
        }
        catch (Exception e) when (e is FormatException or ArgumentException or NotSupportedException or InvalidOperationException)
        {
            return new MimeParts(null, "", "", "", 0);
        }
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
            return Clean((charset is null ? Encoding.UTF8 : Encoding.GetEncoding(charset)).GetString(bytes));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            // Unknown, or one like UTF-7 that .NET refuses.
            return Clean(Encoding.Latin1.GetString(bytes));
        }
    }

    private static string Clean(string text) => text.Replace("\0", "", StringComparison.Ordinal);
}
