using System.Collections.Immutable;

namespace Winback.Replies.Reading;

/// <summary>
/// Where a text leans to, word by word: naive Bayes over the examples and the words of the patterns of the lexicon itself, so that a line that is
/// added counts here too. Unlike what is <see cref="Learned"/>, it knows words that stand in patterns only.
/// </summary>
internal sealed class Leaning
{
    private const double Unseen = 0.3;

    /// <summary>A text with more features says no more by that: those of one thought are not independent.</summary>
    private const int FullFeatures = 60;

    private static readonly SubReason[] Subs = Enum.GetValues<SubReason>();
    private readonly Dictionary<string, double[]> _logs = new(StringComparer.Ordinal);
    private readonly double[] _priors = [.. Subs.Select(_ => 1.0)];

    public Leaning(IEnumerable<LexiconRule> rules, IEnumerable<Example> examples)
    {
        foreach (var rule in rules)
            if (Labels.TryParse<SubReason>(rule.Label, out var sub)) Count(rule.Pattern.Vocabulary.SelectMany(Forms), sub);
        foreach (var example in examples)
        {
            _priors[Array.IndexOf(Subs, example.Sub)]++;
            Count(Features(example.Words), example.Sub);
        }
        TakeLogarithms();
    }

    /// <returns>The logarithm of how probable each sub-reason, and none, is by the words alone.</returns>
    public ImmutableDictionary<SubReason, double> Of(Words words)
    {
        var known = Features(words).Distinct().Where(_logs.ContainsKey).ToList();
        var tempered = Math.Min(1, FullFeatures / (double)Math.Max(1, known.Count));
        var sums = Subs.Select((_, i) => _priors[i] + (tempered * known.Sum(f => _logs[f][i]))).ToArray();
        var most = sums.Max();
        var total = most + Math.Log(sums.Sum(s => Math.Exp(s - most)));
        return Subs.Select((sub, i) => (sub, sums[i] - total)).ToImmutableDictionary(p => p.sub, p => p.Item2);
    }

    private void Count(IEnumerable<string> features, SubReason sub)
    {
        foreach (var feature in features.Distinct())
        {
            if (!_logs.TryGetValue(feature, out var counts)) _logs[feature] = counts = new double[Subs.Length];
            counts[Array.IndexOf(Subs, sub)]++;
        }
    }

    private void TakeLogarithms()
    {
        var totals = Subs.Select((_, i) => _logs.Values.Sum(counts => counts[i] + Unseen)).ToArray();
        foreach (var counts in _logs.Values)
            for (var i = 0; i < counts.Length; i++) counts[i] = Math.Log((counts[i] + Unseen) / totals[i]);
        var examples = _priors.Sum();
        for (var i = 0; i < _priors.Length; i++) _priors[i] = Math.Log(_priors[i] / examples);
    }

    /// <summary>Words with their forms, and pairs of words.</summary>
    private static IEnumerable<string> Features(Words words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            foreach (var form in Forms(words[i].Folded)) yield return form;
            if (i > 0) yield return words[i - 1].Folded + " " + words[i].Folded;
        }
    }

    /// <summary>A word, its beginnings (for its inflections) and its end (for what it is a compound of).</summary>
    private static IEnumerable<string> Forms(string word)
    {
        yield return word;
        if (word.Length > 4) yield return word[..4] + "*";
        if (word.Length > 6) yield return word[..6] + "*";
        if (word.Length >= 8) yield return "*" + word[^5..];
    }
}
