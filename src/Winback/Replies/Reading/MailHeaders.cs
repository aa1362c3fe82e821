namespace Winback.Replies.Reading;

/// <summary>Raw header lines, unfolded (RFC 5322 2.2.3).</summary>
internal sealed class MailHeaders
{
    /// <summary>More is cut off.</summary>
    private const int MaxCharacters = 100_000;

    private readonly List<(string Name, string Value)> _fields = [];

    public MailHeaders(string raw)
    {
        var text = (raw.Length > MaxCharacters ? raw[..MaxCharacters] : raw).ReplaceLineEndings("\n");
        foreach (var line in text.Split('\n'))
        {
            if (line.Length > 0 && line[0] is ' ' or '\t' && _fields.Count > 0) _fields[^1] = (_fields[^1].Name, _fields[^1].Value + " " + line.Trim());
            else if (line.IndexOf(':') is var colon and > 0) _fields.Add((line[..colon].Trim(), line[(colon + 1)..].Trim()));
        }
    }

    public IReadOnlyList<(string Name, string Value)> Fields => _fields;
}
