namespace Winback.Replies.Reading;

/// <summary>Finds what its sender newly wrote in a mail: above, below or between what is quoted.</summary>
public static class ReplyText
{
    /// <summary>A quoted line that is as long may have been broken, and its rest have lost its mark.</summary>
    private const int WrappedFrom = 60;

    /// <summary>Between "wrote:" and the quote.</summary>
    private const int MaxBlankLines = 5;

    /// <param name="body">The whole body, plain or HTML. Beyond 200,000 characters or 5,000 lines nothing is read.</param>
    /// <returns>The new text, trimmed; greeting, sign-off and name stay in. Empty when there is none.</returns>
    public static string Extract(string body)
    {
        var lines = MailText.Lines(body);
        var kept = Written(lines);
        return string.Join('\n', WithoutBlankRuns(WithoutDisclaimers(kept))).Trim();
    }

    private static List<string> Written(List<string> lines)
    {
        var kept = new List<string>();
        var inSignature = false;
        for (var i = 0; i < lines.Count; i++)
        {
            if (QuoteMarks.IntroductionLines(lines, i) is var introduction and > 0)
            {
                if (IsMarkedBelow(lines, i + introduction) || QuoteMarks.IsQuoted(lines[i]))
                {
                    i += introduction - 1;
                    // What follows a quote is no part of the signature above it.
                    inSignature = false;
                    continue;
                }
                break;
            }
            if (QuoteMarks.BeginsHeaderBlock(lines, i)) break;
            if (QuoteMarks.IsQuoted(lines[i]))
            {
                inSignature = false;
                kept.Add("");
            }
            else if (IsRestOfQuoted(lines, i)) kept.Add("");
            else if (Footers.IsSignatureMark(lines[i])) inSignature = true;
            else if (!inSignature && !Footers.IsProgramLine(lines[i])) kept.Add(Footers.WithoutTail(lines[i]));
        }
        return kept;
    }

    private static bool IsMarkedBelow(List<string> lines, int at)
    {
        for (var blank = 0; blank < MaxBlankLines && at < lines.Count && lines[at].Trim().Length == 0; blank++) at++;
        return at < lines.Count && QuoteMarks.IsQuoted(lines[at]);
    }

    private static bool IsRestOfQuoted(List<string> lines, int at) =>
        at > 0 && at + 1 < lines.Count && lines[at - 1].Length >= WrappedFrom && QuoteMarks.IsQuoted(lines[at - 1]) && QuoteMarks.IsQuoted(lines[at + 1])
        && lines[at].Length is > 0 and < WrappedFrom && char.IsLower(lines[at][0]);

    /// <summary>A notice ends a letter: what comes after the first one is of the same kind. A letter that begins as one is a letter.</summary>
    private static List<string> WithoutDisclaimers(List<string> lines)
    {
        var start = 0;
        var hasText = false;
        while (start < lines.Count)
        {
            var end = start;
            while (end < lines.Count && lines[end].Trim().Length > 0) end++;
            if (end > start)
            {
                if (hasText && Footers.IsDisclaimer(string.Join(' ', lines[start..end]))) return lines[..start];
                hasText = true;
            }
            start = end + 1;
        }
        return lines;
    }

    private static IEnumerable<string> WithoutBlankRuns(List<string> lines)
    {
        var blank = false;
        foreach (var line in lines)
        {
            var isBlank = line.Trim().Length == 0;
            if (!isBlank || !blank) yield return isBlank ? "" : line;
            blank = isBlank;
        }
    }
}
