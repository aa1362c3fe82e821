using System.Globalization;
using System.Text;

namespace Winback.Tests.Replies;

/// <summary>
/// Posts as no mail server would make them: well-formed ones full of odd content, and those broken at random. The same seed and number always give the same post.
/// </summary>
internal sealed class InboundFuzzing(Random random, string replyAddress)
{
    public Random Random => random;

    public string ReplyAddress => replyAddress;

    private static readonly string[] Charsets =
        ["utf-8", "UTF-8", "iso-8859-1", "windows-1252", "us-ascii", "utf-16", "utf-16BE", "utf-32", "utf-7", "iso-2022-jp", "gb18030", "big5", "koi8-r", "x-made-up", "", "\0", "utf-8\r\nX: y"];

    private static readonly string[] Envelopes =
    [
        "{}", "[]", "null", "{", "", """{"to":[]}""", """{"to":[""],"from":""}""", """{"to":"x"}""", """{"to":[1]}""", """{"to":[null],"from":null}""", """{"to":["\ud800"]}""", """{"to":["a@b"],"from":1}""",
        """{"to":["a@b"],"from":"\u0000"}""",
    ];

    private static readonly string[] Texts =
    [
        "Helemaal vergeten, ik kom graag weer!", "Het eten was koud, ik ben ontevreden.", "Schrijf me uit.", "Mijn man is overleden.", "Verwijder al mijn gegevens.", "We zijn verhuisd naar Zwolle.",
        "<html><body><p>Dank u</p><blockquote>oud</blockquote></body></html>", "<b><i><u>", "> > > oud\n\nnieuw", "", " ", "\0", "\ufeff", "\u202ename\u202c", "&#xD800;&#xDC00;&#0;&bogus;", "=?utf-8?Q?=E9?=", "\r\n.\r\n",
        "{{customer.name}} {{#if x}}", "--\r\nSam\r\n06 12345678", "On Mon, Sam wrote:\r\n> x",
    ];

    private static readonly string[] HeaderNames =
        ["Message-ID", "In-Reply-To", "References", "From", "Subject", "Date", "Auto-Submitted", "Precedence", "List-Id", "X-Autoreply", "Return-Path", "Content-Type", "Content-Transfer-Encoding", "To", ""];

    public (byte[] Body, string ContentType) Next()
    {
        var boundary = random.Next(30) == 0 ? Odd() : InboundPost.Boundary;
        var type = $"multipart/form-data; boundary={boundary}";
        var body = Body(InboundPost.Boundary);
        if (random.Next(2) == 0) body = Mutated(body);
        if (random.Next(20) == 0) type = Encoding.Latin1.GetString(Mutated(Encoding.Latin1.GetBytes(type)));
        return (body, type.ReplaceLineEndings("").Replace("\0", "", StringComparison.Ordinal));
    }

    private byte[] Body(string boundary)
    {
        using var body = new MemoryStream();
        var isRaw = random.Next(3) == 0;
        var fields = new List<(string Name, byte[] Value)>
        {
            ("to", Bytes(Odd())), ("from", Bytes(random.Next(3) == 0 ? Odd() : $"Sam <sam{random.Next(1000)}@klant.example>")), ("subject", Bytes(random.Next(3) == 0 ? Odd() : "Re: Kom je weer eens?")),
            ("envelope", Bytes(Envelope())), ("SPF", Bytes("pass")), ("attachments", Bytes(random.Next(5) == 0 ? Odd() : "1")),
        };
        if (isRaw) fields.Add(("email", Mime(0)));
        else fields.AddRange([("headers", Bytes(Headers())), ("text", Bytes(Text())), ("charsets", Bytes(random.Next(5) == 0 ? Odd() : $$"""{"text":"{{Pick(Charsets)}}","subject":"{{Pick(Charsets)}}"}"""))]);
        if (random.Next(4) == 0) fields.Add(("html", Bytes(Text())));
        if (random.Next(8) == 0) fields.Add(fields[random.Next(fields.Count)]); // twice
        if (random.Next(8) == 0) fields.RemoveAt(random.Next(fields.Count));
        if (random.Next(200) == 0) fields.AddRange(Enumerable.Range(0, 2000).Select(i => ($"field{i}", Bytes("x"))));
        foreach (var (name, value) in fields.OrderBy(_ => random.Next()))
        {
            body.Write(Bytes($"--{boundary}\r\nContent-Disposition: form-data; name=\"{(random.Next(50) == 0 ? Odd() : name)}\"{(random.Next(20) == 0 ? $"; filename=\"{Odd()}\"" : "")}\r\n"));
            if (random.Next(20) == 0) body.Write(Bytes($"Content-Type: {Odd()}\r\n"));
            body.Write("\r\n"u8);
            body.Write(value);
            body.Write("\r\n"u8);
        }
        body.Write(Bytes($"--{boundary}--{(random.Next(10) == 0 ? Odd() : "\r\n")}"));
        return body.ToArray();
    }

    private string Envelope() => random.Next(12) switch
    {
        0 => Pick(Envelopes),
        1 => $$"""{"to":[{{string.Join(',', Enumerable.Range(0, 1000).Select(i => $"\"a{i}@delinde.example\""))}},"{{replyAddress}}"],"from":"sam@klant.example"}""",
        2 => $$"""{"to":["{{new string('é', random.Next(100_000))}}@{{new string('é', random.Next(100_000))}}"],"from":"{{new string('x', random.Next(100_000))}}"}""",
        3 => string.Concat(Enumerable.Repeat("""{"to":[""", random.Next(100))),
        4 => $$"""{"to":["r.{{Guid.NewGuid():n}}@delinde.example"],"from":""}""",
        _ => $$"""{"to":["{{replyAddress}}"],"from":"sam@klant.example"}""",
    };

    private string Headers()
    {
        var lines = new StringBuilder();
        if (random.Next(10) > 0) lines.Append(CultureInfo.InvariantCulture, $"Message-ID: <{random.NextInt64()}@klant.example>\r\n");
        for (var i = random.Next(random.Next(50) == 0 ? 3000 : 8); i > 0; i--)
            lines.Append(Pick(HeaderNames)).Append(random.Next(10) == 0 ? "" : ": ").Append(random.Next(3) == 0 ? Odd() : "x").Append(random.Next(10) == 0 ? "\n\t" : "\r\n");
        return lines.ToString();
    }

    /// <summary>A whole mail, with parts in parts.</summary>
    private byte[] Mime(int depth)
    {
        using var mail = new MemoryStream();
        mail.Write(Bytes(depth == 0 ? $"{Headers()}Subject: {(random.Next(3) == 0 ? Odd() : "=?iso-8859-1?Q?caf=E9?=")}\r\nFrom: {(random.Next(3) == 0 ? Odd() : "Sam <sam@klant.example>")}\r\nMIME-Version: 1.0\r\n" : ""));
        var limit = random.Next(300) == 0 ? 1500 : 6;
        if (depth < limit && random.Next(3) > 0)
        {
            var boundary = random.Next(10) == 0 ? "same" : $"part{depth}";
            var type = random.Next(6) == 0 ? "message/rfc822" : $"multipart/{Pick("mixed", "alternative", "related", "report", "signed", "digest", "x-odd")}; boundary=\"{boundary}\"";
            mail.Write(Bytes($"Content-Type: {type}\r\n\r\n"));
            if (limit > 6)
            {
                // As deep as it goes, without recursion here.
                for (var i = 0; i < limit; i++) mail.Write(Bytes($"--{(i == 0 ? boundary : $"deep{i - 1}")}\r\nContent-Type: multipart/mixed; boundary=deep{i}\r\n\r\n"));
                return mail.ToArray();
            }
            for (var i = random.Next(4); i >= 0; i--)
            {
                mail.Write(Bytes($"--{boundary}\r\n"));
                mail.Write(Mime(depth + 1));
                mail.Write("\r\n"u8);
            }
            if (random.Next(4) > 0) mail.Write(Bytes($"--{boundary}--\r\n"));
        }
        else
        {
            mail.Write(Bytes($"Content-Type: {Pick("text/plain", "text/html", "image/png; name=x", "application/ms-tnef", "text/calendar", Odd())}; charset={Pick(Charsets)}\r\n"
                + $"Content-Transfer-Encoding: {Pick("7bit", "8bit", "base64", "quoted-printable", "x-uuencode", Odd())}\r\n\r\n"));
            mail.Write(Bytes(random.Next(4) == 0 ? Convert.ToBase64String(Bytes(Text())) : Text()));
        }
        return mail.ToArray();
    }

    private string Text() => random.Next(40) == 0 ? string.Concat(Enumerable.Repeat(Pick(Texts) + "\n", random.Next(3000))) : random.Next(4) == 0 ? Odd() : Pick(Texts);

    /// <summary>Something that nobody expects there.</summary>
    public string Odd() => random.Next(10) switch
    {
        0 => "",
        1 => new string(Pick("x", "é", "(", "<", "\"", ",", " ", "\t", ">", "@", "=", "\\")[0], random.Next(random.Next(40) == 0 ? 100_000 : 300)),
        2 => string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => (char)random.Next(0x20))),
        3 => string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => (char)random.Next(0x10000))),
        4 => "x\r\nX-Injected: yes\r\n\r\n<script>alert(1)</script>",
        5 => "=?utf-8?B?" + Convert.ToBase64String(Bytes(Pick(Texts))) + (random.Next(2) == 0 ? "?=" : ""),
        6 => string.Concat(Enumerable.Repeat(Pick("a:", "(", "<a@b", "\"", "=?q?", "&#", "<div>", ">", "-- \n"), random.Next(500))),
        7 => random.NextInt64().ToString(CultureInfo.InvariantCulture),
        8 => $"\"{new string('\\', random.Next(20))}\" <{replyAddress}>, <a@b>, ;:",
        _ => Pick(Texts),
    };

    /// <summary>One to four times: some bytes flipped, a piece cut out, cut off, doubled or moved.</summary>
    public byte[] Mutated(byte[] bytes)
    {
        for (var times = random.Next(1, 5); times > 0 && bytes.Length > 1; times--)
        {
            var from = random.Next(bytes.Length);
            var to = random.Next(from, Math.Min(bytes.Length, from + 200) + 1);
            bytes = random.Next(12) switch
            {
                0 => bytes[..from], // broken off
                1 => [.. bytes[..from], .. bytes[to..]],
                2 => [.. bytes[..to], .. bytes[from..]],
                3 => [.. bytes[to..], .. bytes[..to]],
                4 => [.. bytes[..from], (byte)random.Next(256), .. bytes[from..]],
                _ => [.. bytes[..from], (byte)(bytes[from] ^ (1 << random.Next(8))), .. bytes[(from + 1)..]],
            };
        }
        return bytes;
    }

    private T Pick<T>(params T[] from) => from[random.Next(from.Length)];

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
