using System.Text.RegularExpressions;

namespace Winback.Replies.Reading;

/// <summary>How mail programs mark what they quote: "> ", the line above it, a block of headers, a line of dashes.</summary>
internal static partial class QuoteMarks
{
    /// <summary>A wrapped line above a quote has so many lines at most.</summary>
    private const int MaxIntroductionLines = 4;
    private const int MaxIntroduction = 400;
    private const int MaxBlockLines = 8;

    public static bool IsQuoted(string line)
    {
        var start = 0;
        while (start < line.Length && start < 3 && line[start] == ' ') start++;
        return start < line.Length && line[start] is '>' or '|' && (line[start] == '>' || (line.Length > start + 1 && line[start + 1] == ' '));
    }

    /// <summary>How many lines "On ... wrote:" takes here; 0 when it is none. It may stand inside the quote.</summary>
    public static int IntroductionLines(IReadOnlyList<string> lines, int at)
    {
        var joined = "";
        for (var n = 0; n < MaxIntroductionLines && at + n < lines.Count; n++)
        {
            var part = lines[at + n].TrimStart(' ', '>', '\t', '*').TrimEnd(' ', '*', '\u00a0');
            if (n == 0 && !MayIntroduce().IsMatch(part)) return 0;
            if (n > 0 && part.Length == 0) return 0;
            joined = n == 0 ? part : joined + " " + part;
            if (joined.Length > MaxIntroduction) return 0;
            if (Introduction().IsMatch(joined)) return n + 1;
        }
        return 0;
    }

    /// <summary>Whether "From: ... Sent: ... To: ..." begins here, be it after a line of dashes or underscores.</summary>
    public static bool BeginsHeaderBlock(IReadOnlyList<string> lines, int at)
    {
        if (Divider().IsMatch(lines[at]))
        {
            var next = at + 1;
            while (next < lines.Count && next <= at + 2 && lines[next].Length == 0) next++;
            return OriginalMessage().IsMatch(lines[at]) || (next < lines.Count && IsHeaderBlock(lines, next));
        }
        return IsHeaderBlock(lines, at);
    }

    private static bool IsHeaderBlock(IReadOnlyList<string> lines, int at)
    {
        if (!FirstHeader().IsMatch(Bare(lines[at]))) return false;
        var headers = 0;
        for (var i = at + 1; i < lines.Count && i < at + MaxBlockLines && headers < 2; i++)
            if (NextHeader().IsMatch(Bare(lines[i]))) headers++;
        return headers >= 2;
    }

    private static string Bare(string line) => line.TrimStart(' ', '>', '*').Replace("*", "", StringComparison.Ordinal);

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    /// <summary>A look at the first line: does it begin with "On" or name a sender?</summary>
    [GeneratedRegex(@"^(On|Op|Le|Am|Den|El|Il|Em) \S|<[^<>\s]+@[^<>\s]+>|\bschreef\b|\bwrote\b|\d{4}-\d\d-\d\d \d", Options)]
    private static partial Regex MayIntroduce();

    [GeneratedRegex(
        @"^On .*\d.*\bwrote ?:$|^(Op|Am|Le|Den) .*\d.*\b(schreef\b.*|geschreven|schrieb\b.*|a écrit) ?:$|^Op .*\d.*\bheeft .*geschreven ?:?$"
        + @"|^.{1,120}\b(wrote|schreef|a écrit|schrieb)( (on|op|le|am) .*\d.*| het volgende)? ?:$|^\d{4}-\d\d-\d\d \d{1,2}:\d\d.*<[^<>]+>:$",
        Options)]
    private static partial Regex Introduction();

    [GeneratedRegex(@"^(\s*[-_=]{5,}.*|\s*-{2,} ?\S.* ?-{2,}|_{3,})\s*$", Options)]
    private static partial Regex Divider();

    [GeneratedRegex(
        @"-+ ?(oorspronkelijk bericht|origineel bericht|original message|message d'origine|message transféré|ursprüngliche nachricht|doorgestuurd bericht|forwarded message|original appointment)",
        Options)]
    private static partial Regex OriginalMessage();

    [GeneratedRegex(@"^(van|from|de|von|expéditeur|afzender) ?: ?\S", Options)]
    private static partial Regex FirstHeader();

    [GeneratedRegex(
        @"^(verzonden|verzonden op|verstuurd|sent|envoyé|gesendet|datum|date|aan|to|à|an|cc|kopie|onderwerp|subject|objet|betreff|antwoord aan|reply-to|beantwoorden) ?: ?",
        Options)]
    private static partial Regex NextHeader();
}
