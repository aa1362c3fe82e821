using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Winback.Cli.Local;

namespace Winback.EndToEnd;

/// <summary>Answers a mail of the inbox as SendGrid's Inbound Parse posts it.</summary>
internal static class InboundPosting
{
    public const string Path = "api/replies/inbound?secret=demo-inbound-secret";

    /// <summary>Field by field.</summary>
    public static MultipartFormDataContent Parsed(InboxMail mail, string messageId, string text, byte[]? attachment = null)
    {
        var post = Of(
            mail,
            ("headers", Encoding.UTF8.GetBytes($"Message-ID: <{messageId}>\nFrom: {mail.Recipient}\nIn-Reply-To: {mail.Header("message-id")}\nMIME-Version: 1.0\n")),
            ("from", Encoding.UTF8.GetBytes(mail.Recipient)), ("subject", Encoding.UTF8.GetBytes($"Re: {mail.Subject}")), ("text", Encoding.UTF8.GetBytes(text)),
            ("charsets", """{"to":"UTF-8","subject":"UTF-8","from":"UTF-8","text":"utf-8"}"""u8.ToArray()));
        if (attachment is not null) post.Add(new ByteArrayContent(attachment), "attachment1", "foto.jpg");
        return post;
    }

    /// <summary>The whole mail in one field.</summary>
    public static MultipartFormDataContent Raw(InboxMail mail, string messageId, string text, byte[]? attachment = null)
    {
        var mime = new StringBuilder()
            .Append(System.Globalization.CultureInfo.InvariantCulture, $"Message-ID: <{messageId}>\r\nFrom: {mail.Recipient}\r\nSubject: Re: {mail.Subject}\r\nMIME-Version: 1.0\r\n")
            .Append("Content-Type: multipart/mixed; boundary=part\r\n\r\n--part\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n")
            .Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(text), Base64FormattingOptions.InsertLineBreaks)).Append("\r\n");
        if (attachment is not null)
        {
            mime.Append("--part\r\nContent-Type: image/jpeg\r\nContent-Disposition: attachment; filename=foto.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\n")
                .Append(Convert.ToBase64String(attachment, Base64FormattingOptions.InsertLineBreaks)).Append("\r\n");
        }
        return Of(mail, ("email", Encoding.UTF8.GetBytes(mime.Append("--part--\r\n").ToString())));
    }

    private static MultipartFormDataContent Of(InboxMail mail, params (string Name, byte[] Value)[] fields)
    {
        var replyTo = Assert.Single(mail.ReplyTo!).Address;
        var post = new MultipartFormDataContent("xYzZY");
        foreach (var (name, value) in fields.Append(("envelope", JsonSerializer.SerializeToUtf8Bytes(new { to = new[] { replyTo }, from = mail.Recipient }))))
        {
            var field = new ByteArrayContent(value);
            field.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = $"\"{name}\"" };
            post.Add(field);
        }
        return post;
    }
}
