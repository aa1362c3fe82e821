using System.Collections.Immutable;

namespace Winback.Replies.Reading;

/// <summary>
/// Where a text leans to, word by word: naive Bayes over the examples and the words of the patterns of the lexicon itself, so that a line that is
/// added counts here too. Unlike what is <see cref="Learned"/>, it knows words that stand in patterns only; the two err on different replies.
/// </summary>
internal sealed class Leaning
{
    private const double Unseen = 0.3;

    /// <summary>A text with more features says no more by that: those of one thought are not independent.</summary>
    private const int FullFeatures = 60;

    private static readonly SubReason[] Subs = Enum.GetValues<SubReason>();
    private static readonly Intent[] Intents = Enum.GetValues<Intent>();

    private readonly Dictionary<string, double[]> _subs;
    private readonly double[] _subPriors;
    private readonly Dictionary<string, double[]> _intents;
    private readonly double[] _intentPriors;

    public Leaning(IEnumerable<LexiconRule> rules, IEnumerable<Example> examples)
    {
        var (subs, intents, all) = (new Counts(Subs.Length), new Counts(Intents.Length), new Counts(1));
        foreach (var rule in rules)
            if (Labels.TryParse<SubReason>(rule.Label, out var sub)) subs.Add(rule.Pattern.Vocabulary.SelectMany(Forms).Distinct(), Array.IndexOf(Subs, sub));
        foreach (var example in examples)
        {
            var features = Features(example.Words).Distinct().ToList();
            subs.AddText(features, Array.IndexOf(Subs, example.Sub));
            foreach (var intent in example.Intents) intents.AddText(features, Array.IndexOf(Intents, intent));
            all.AddText(features, 0);
        }
        (_subs, _subPriors) = (Shares(subs), [.. subs.Texts.Select(n => Math.Log((n + 1) / (subs.Texts.Sum() + Subs.Length)))]);
        (_intents, _intentPriors) = (Odds(intents, all), [.. intents.Texts.Select(with => Math.Log((with + 1) / (all.Texts[0] - with + 1)))]);
    }

    public Learning Of(Words words)
    {
        var features = Features(words).Distinct().ToList();
        var subs = Sums(features, _subs, _subPriors);
        var most = subs.Max();
        var total = most + Math.Log(subs.Sum(s => Math.Exp(s - most)));
        var intents = Sums(features, _intents, _intentPriors);
        return new(
            Subs.Select((sub, i) => (sub, subs[i] - total)).ToImmutableDictionary(p => p.sub, p => p.Item2),
            Intents.Select((intent, i) => (intent, intents[i])).ToImmutableDictionary(p => p.intent, p => p.Item2));
    }

    private static double[] Sums(List<string> features, Dictionary<string, double[]> logarithms, double[] priors)
    {
        var known = features.Where(logarithms.ContainsKey).Select(f => logarithms[f]).ToList();
        var tempered = Math.Min(1, FullFeatures / (double)Math.Max(1, known.Count));
        return [.. priors.Select((prior, i) => prior + (tempered * known.Sum(l => l[i])))];
    }

    /// <summary>The logarithm of the share that a feature has of all in its class.</summary>
    private static Dictionary<string, double[]> Shares(Counts counts)
    {
        var totals = counts.Totals();
        return counts.Of.ToDictionary(
            f => f.Key, f => f.Value.Select((n, i) => Math.Log((n + Unseen) / (totals[i] + (Unseen * counts.Of.Count)))).ToArray(), StringComparer.Ordinal);
    }

    /// <summary>The logarithm of that share in the texts of a class against the one in all others.</summary>
    private static Dictionary<string, double[]> Odds(Counts with, Counts all)
    {
        var (totals, total, unseen) = (with.Totals(), all.Totals()[0], Unseen * all.Of.Count);
        var none = new double[totals.Length];
        return all.Of.ToDictionary(
            f => f.Key,
            f => with.Of.GetValueOrDefault(f.Key, none)
                .Select((n, i) => Math.Log((n + Unseen) / (totals[i] + unseen)) - Math.Log((f.Value[0] - n + Unseen) / (total - totals[i] + unseen))).ToArray(),
            StringComparer.Ordinal);
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

    /// <summary>In how many texts of each class a feature stands.</summary>
    private sealed class Counts(int classes)
    {
        public Dictionary<string, double[]> Of { get; } = new(StringComparer.Ordinal);

        public double[] Texts { get; } = new double[classes];

        public double[] Totals()
        {
            var totals = new double[classes];
            foreach (var counts in Of.Values)
                for (var i = 0; i < classes; i++) totals[i] += counts[i];
            return totals;
        }

        public void AddText(IEnumerable<string> features, int to)
        {
            Texts[to]++;
            Add(features, to);
        }

        public void Add(IEnumerable<string> features, int to)
        {
            foreach (var feature in features)
            {
                if (!Of.TryGetValue(feature, out var counts)) Of[feature] = counts = new double[classes];
                counts[to]++;
            }
        }
    }
}
