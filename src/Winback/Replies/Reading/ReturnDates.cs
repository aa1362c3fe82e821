using System.Collections.Immutable;

namespace Winback.Replies.Reading;

/// <summary>The day on which the sender of an absence notice is back, where the notice names day, month and year.</summary>
internal static class ReturnDates
{
    private static readonly ImmutableDictionary<string, int> Months = new[]
    {
        "januari january jan janvier", "februari february feb", "maart march mrt mar", "april apr", "mei may", "juni june jun", "juli july jul", "augustus august aug",
        "september sep sept", "oktober october okt oct", "november nov", "december dec",
    }.SelectMany((names, index) => names.Split(' ').Select(n => (n, index + 1))).ToImmutableDictionary(p => p.n, p => p.Item2, StringComparer.Ordinal);

    /// <summary>The last date of the first sentence that has one: "from 9 to 27 November 2026" ends on the 27th.</summary>
    public static DateOnly? Find(Words words)
    {
        DateOnly? last = null;
        var sentence = -1;
        for (var i = 0; i + 2 < words.Count; i++)
        {
            if (last is not null && words[i].Sentence != sentence) break;
            if (Date(words[i].Folded, words[i + 1].Folded, words[i + 2].Folded) is not { } date) continue;
            (last, sentence) = (date, words[i].Sentence);
        }
        return last;
    }

    private static DateOnly? Date(string day, string month, string year)
    {
        if (!int.TryParse(day, out var d) || !int.TryParse(year, out var y) || y is < 2000 or > 2099) return null;
        var m = Months.TryGetValue(month, out var named) ? named : int.TryParse(month, out var number) ? number : 0;
        return m is >= 1 and <= 12 && d >= 1 && d <= DateTime.DaysInMonth(y, m) ? new DateOnly(y, m, d) : null;
    }
}
