using System.Text;
using System.Text.RegularExpressions;
using MimeKit.Text;

namespace Winback.Replies.Reading;

/// <summary>The body of a mail as lines of plain text, whatever it came as.</summary>
internal static partial class MailText
{
    /// <summary>More is cut off: nobody writes that much, and what a program wrote is no reply.</summary>
    public const int MaxCharacters = 200_000;
    public const int MaxLines = 5000;

    /// <summary>Lines without white space at their end; what HTML quotes begins with "> ".</summary>
    public static List<string> Lines(string body)
    {
        var text = body.Length > MaxCharacters ? body[..MaxCharacters] : body;
        if (IsHtml(text)) text = FromHtml(text);
        return [.. text.ReplaceLineEndings("\n").Split('\n', MaxLines).Take(MaxLines - 1).Select(l => Plain(l))];
    }

    /// <summary>Plain text may end in a stray tag; its lines tell it from a page.</summary>
    private static bool IsHtml(string text) => Page().IsMatch(text) || (text.AsSpan().Trim().IndexOf('\n') < 0 && Markup().IsMatch(text));

    private static string Plain(string line)
    {
        var clean = line.Contains('<', StringComparison.Ordinal) ? Markup().Replace(line, "") : line;
        return Image().Replace(clean.Replace('\u00a0', ' ').Replace("\u200b", "", StringComparison.Ordinal), "").TrimEnd();
    }

    private static string FromHtml(string html)
    {
        var text = new StringBuilder(html.Length);
        var (quotes, quoteDepth, hidden) = (0, new Stack<string>(), 0);
        var tokenizer = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = true };
        while (tokenizer.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken tag)
            {
                if (tag.Id is HtmlTagId.Style or HtmlTagId.Script or HtmlTagId.Head or HtmlTagId.Title)
                    hidden = Math.Max(0, hidden + (tag.IsEndTag ? -1 : tag.IsEmptyElement ? 0 : 1));
                else if (tag.Id == HtmlTagId.BlockQuote) quotes = Math.Max(0, quotes + (tag.IsEndTag ? -1 : 1));
                if (tag.Id == HtmlTagId.Br || BreaksLine(tag.Id)) NewLine(text, quotes);
            }
            else if (token is HtmlDataToken data && hidden == 0 && token.Kind == HtmlTokenKind.Data) Append(text, data.Data);
        }
        return text.ToString();
    }

    private static bool BreaksLine(HtmlTagId id) => id is HtmlTagId.P or HtmlTagId.Div or HtmlTagId.TR or HtmlTagId.LI or HtmlTagId.BlockQuote or HtmlTagId.H1 or HtmlTagId.H2
        or HtmlTagId.H3 or HtmlTagId.HR or HtmlTagId.Table or HtmlTagId.UL or HtmlTagId.OL or HtmlTagId.Pre;

    private static void NewLine(StringBuilder text, int quotes)
    {
        text.Append('\n');
        if (quotes > 0) text.Append("> ");
    }

    /// <summary>White space in HTML is one space.</summary>
    private static void Append(StringBuilder text, string data)
    {
        foreach (var c in data)
        {
            if (!char.IsWhiteSpace(c) || c == '\u00a0') text.Append(c);
            else if (text.Length > 0 && text[^1] is not (' ' or '\n')) text.Append(' ');
        }
    }

    /// <summary>Starts as a page or holds one.</summary>
    [GeneratedRegex(@"^\s*<(!doctype|html|body|head|div|p|table|span|meta)[ >]|<(html|body)[ >]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Page();

    [GeneratedRegex(@"</?(div|br|p|span|b|i|u|font|a|table|tr|td|tbody|ul|ol|li|html|body|head|meta|img|hr|strong|em|o:p)( [^<>]*)?/?>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Markup();

    /// <summary>What stands for a picture.</summary>
    [GeneratedRegex(@"\[(cid:|image|afbeelding|logo)[^\[\]]*\](<[^<>]*>)?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Image();
}
