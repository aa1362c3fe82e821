using System.Collections.Immutable;

namespace Winback.Replies.Reading;

/// <summary>
/// Where a text leans to whose words match no pattern: the words of all patterns are taken one by one, and each speaks for the labels whose patterns
/// have it (naive Bayes over the lexicon itself, so that a line that is added counts here too). It is a guess, and told with low confidence.
/// </summary>
internal sealed class Leaning
{
    /// <summary>Fewer words are too few to guess from.</summary>
    private const int FewestWords = 5;

    /// <summary>How many letters words share when one is a form of the other.</summary>
    private const int Beginning = 5;
    private const double Unseen = 0.5;

    private readonly Func<string, bool> _isSmall;
    private readonly Dictionary<string, double[]> _weights = new(StringComparer.Ordinal);
    private readonly double[] _totals = new double[Subs.Length];

    private static readonly SubReason[] Subs = [.. Enum.GetValues<SubReason>().Where(s => s != SubReason.None)];
    private static readonly ImmutableArray<(Reason Reason, int[] Subs)> Reasons =
        [.. Subs.Select((s, i) => (Reason: SubReasons.ReasonOf(s), Index: i)).GroupBy(p => p.Reason, (reason, subs) => (reason, subs.Select(s => s.Index).ToArray()))];

    /// <param name="isSmall">Words that every text has.</param>
    public Leaning(IEnumerable<LexiconRule> rules, Func<string, bool> isSmall)
    {
        _isSmall = isSmall;
        foreach (var rule in rules)
        {
            if (!Labels.TryParse<SubReason>(rule.Label, out var sub)) continue;
            foreach (var feature in rule.Pattern.Vocabulary.SelectMany(Features).Distinct()) Count(feature, Array.IndexOf(Subs, sub));
        }
    }

    /// <returns>Null where nothing speaks for anything.</returns>
    public (SubReason Sub, ImmutableArray<string> Evidence)? Of(Words words)
    {
        if (words.Count < FewestWords) return null;
        var known = Enumerable.Range(0, words.Count).SelectMany(i => Features(words[i].Folded)).Distinct().Where(_weights.ContainsKey).ToList();
        if (known.Count == 0) return null;
        var best = Reasons.MaxBy(r => known.Sum(f => Log(f, r.Subs)));
        var sub = best.Subs.MaxBy(s => known.Sum(f => Log(f, [s])));
        return (Subs[sub], Telling(words, best.Subs));
    }

    /// <summary>The three words that speak most for these and least for the others.</summary>
    private ImmutableArray<string> Telling(Words words, int[] subs)
    {
        var others = Enumerable.Range(0, Subs.Length).Except(subs).ToArray();
        return
        [
            .. Enumerable.Range(0, words.Count)
                .Select(i => (Index: i, Weight: Features(words[i].Folded).Where(_weights.ContainsKey).Sum(f => Log(f, subs) - Log(f, others))))
                .Where(w => w.Weight > 0).OrderByDescending(w => w.Weight).Take(3).OrderBy(w => w.Index).Select(w => words.Written(w.Index, w.Index + 1)).Distinct(),
        ];
    }

    private double Log(string feature, int[] subs)
    {
        var weights = _weights[feature];
        double seen = Unseen, total = Unseen * _weights.Count;
        foreach (var sub in subs)
        {
            seen += weights[sub];
            total += _totals[sub];
        }
        return Math.Log(seen / total);
    }

    private void Count(string feature, int sub)
    {
        if (!_weights.TryGetValue(feature, out var weights)) _weights[feature] = weights = new double[Subs.Length];
        weights[sub]++;
        _totals[sub]++;
    }

    private IEnumerable<string> Features(string word)
    {
        if (_isSmall(word)) yield break;
        yield return word;
        if (word.Length >= Beginning) yield return word[..Beginning] + "*";
    }
}
