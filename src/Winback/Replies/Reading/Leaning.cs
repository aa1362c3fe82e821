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
        var (subs, intents, either) = (new Counts(Subs.Length), new Counts(Intents.Length), new Counts(Intents.Length));
        foreach (var rule in rules)
            if (Labels.TryParse<SubReason>(rule.Label, out var sub)) subs.Add(rule.Pattern.Vocabulary.SelectMany(Forms).Distinct(), Array.IndexOf(Subs, sub));
        foreach (var example in examples)
        {
            var features = Features(example.Words).Distinct().ToList();
            subs.AddText(features, Array.IndexOf(Subs, example.Sub));
            for (var i = 0; i < Intents.Length; i++) (example.Intents.Contains(Intents[i]) ? intents : either).AddText(features, i);
        }
        (_subs, _subPriors) = (subs.Logarithms(Unseen), [.. subs.Texts.Select(n => Math.Log((n + 1) / (subs.Texts.Sum() + Subs.Length)))]);
        (_intents, _intentPriors) = (Odds(intents, either), [.. intents.Texts.Zip(either.Texts, (with, without) => Math.Log((with + 1) / (without + 1)))]);
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

    private static Dictionary<string, double[]> Odds(Counts with, Counts without)
    {
        var against = without.Logarithms(Unseen, with.Features);
        var odds = with.Logarithms(Unseen, without.Features);
        foreach (var (feature, logarithms) in odds)
            for (var i = 0; i < logarithms.Length; i++) logarithms[i] -= against[feature][i];
        return odds;
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
        private readonly Dictionary<string, double[]> _of = new(StringComparer.Ordinal);

        public double[] Texts { get; } = new double[classes];

        public IEnumerable<string> Features => _of.Keys;

        public void AddText(IEnumerable<string> features, int to)
        {
            Texts[to]++;
            Add(features, to);
        }

        public void Add(IEnumerable<string> features, int to)
        {
            foreach (var feature in features)
            {
                if (!_of.TryGetValue(feature, out var counts)) _of[feature] = counts = new double[classes];
                counts[to]++;
            }
        }

        /// <summary>Of the share that each feature has in its class; <paramref name="others"/> are features that may stand here not once.</summary>
        public Dictionary<string, double[]> Logarithms(double unseen, IEnumerable<string>? others = null)
        {
            var logarithms = _of.Keys.Union(others ?? [], StringComparer.Ordinal).ToDictionary(f => f, _ => new double[classes], StringComparer.Ordinal);
            for (var i = 0; i < classes; i++)
            {
                var total = _of.Values.Sum(c => c[i]) + (unseen * logarithms.Count);
                foreach (var (feature, values) in logarithms)
                    values[i] = Math.Log(((_of.TryGetValue(feature, out var counts) ? counts[i] : 0) + unseen) / total);
            }
            return logarithms;
        }
    }
}
