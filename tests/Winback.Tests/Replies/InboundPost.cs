using System.Text;

namespace Winback.Tests.Replies;

/// <summary>A post as SendGrid's Inbound Parse makes it: fields in the charsets that the post itself names, and an attachment.</summary>
internal sealed class InboundPost
{
    public const string Boundary = "xYzZY";

    private readonly List<(string Name, byte[] Value)> _fields = [];

    public InboundPost(string recipient)
    {
        Set("headers", "Received: by mx.sendgrid.net\r\nMessage-ID: <reply-1@klant.example>\r\nFrom: Sam <sam@klant.example>\r\nSubject: Re: Kom je weer eens?");
        Set("dkim", "{@klant.example : pass}");
        Set("to", "\"Eetkamer De Linde\" <hallo@delinde.example>");
        Set("from", "Sam <sam@klant.example>");
        Set("subject", "Re: Kom je weer eens? ☕");
        Set("text", "Dank u, één keer was genoeg.", Encoding.Latin1);
        Set("envelope", $$"""{"to":["{{recipient}}"],"from":"sam@klant.example"}""");
        Set("charsets", """{"to":"UTF-8","from":"UTF-8","subject":"UTF-8","text":"iso-8859-1"}""");
        Set("SPF", "pass");
        Set("attachments", "1");
    }

    public string ContentType { get; set; } = $"multipart/form-data; boundary={Boundary}";

    public InboundPost Set(string name, string value, Encoding? encoding = null) => Set(name, (encoding ?? Encoding.UTF8).GetBytes(value));

    public InboundPost Set(string name, byte[] value)
    {
        Without(name)._fields.Add((name, value));
        return this;
    }

    public InboundPost Without(string name)
    {
        _fields.RemoveAll(f => f.Name == name);
        return this;
    }

    /// <summary>More header lines of the mail, on top.</summary>
    public InboundPost WithHeader(string line) =>
        Set("headers", line + "\r\n" + Encoding.UTF8.GetString(_fields.Single(f => f.Name == "headers").Value));

    public byte[] ToBytes()
    {
        using var body = new MemoryStream();
        foreach (var (name, value) in _fields) Part(body, $"name=\"{name}\"", value);
        Part(body, "name=\"attachment1\"; filename=\"foto.jpg\"\r\nContent-Type: image/jpeg", [0xff, 0xd8, 0x00, 0x0d, 0x0a, 0x2d, 0x2d]);
        body.Write(Encoding.ASCII.GetBytes($"--{Boundary}--\r\n"));
        return body.ToArray();
    }

    public HttpContent ToContent() => Content(ToBytes(), ContentType);

    public static HttpContent Content(byte[] body, string? type)
    {
        var content = new ByteArrayContent(body);
        if (type is not null) content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    private static void Part(MemoryStream body, string disposition, byte[] value)
    {
        body.Write(Encoding.ASCII.GetBytes($"--{Boundary}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n"));
        body.Write(value);
        body.Write("\r\n"u8);
    }
}
