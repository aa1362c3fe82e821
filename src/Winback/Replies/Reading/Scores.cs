using System.Collections.Immutable;

namespace Winback.Replies.Reading;

/// <summary>What the words of a reply weigh, label by label, with negation, speaker, doubt and contrast taken into account.</summary>
internal sealed class Scores
{
    /// <summary>How far "not" reaches forward, and how far a "not" at the end of its clause reaches back, in words.</summary>
    private const int NegationAhead = 5;
    private const int NegationBehind = 2;

    private static readonly string[] Complaints = Words(s => SubReasons.ReasonOf(s) == Reason.Dissatisfied);
    private static readonly string[] Circumstances = Words(s => SubReasons.ReasonOf(s) == Reason.SituationChanged);

    private readonly Dictionary<string, List<(double Weight, Hit Hit)>> _byLabel = new(StringComparer.Ordinal);
    private readonly Words _words;

    private Scores(Words words) => _words = words;

    public static Scores Of(Words words, IEnumerable<LexiconFile> files)
    {
        var scores = new Scores(words);
        foreach (var file in files)
            foreach (var hit in file.Hits(words)) scores.Add(file, hit);
        return scores;
    }

    /// <summary>The strongest hit counts in full, each further one half as much as the one before.</summary>
    public double this[string label]
    {
        get
        {
            if (!_byLabel.TryGetValue(label, out var hits)) return 0;
            var (sum, share) = (0.0, 1.0);
            foreach (var (weight, _) in hits.OrderByDescending(h => h.Weight))
            {
                sum += weight * share;
                share /= 2;
            }
            return sum;
        }
    }

    /// <summary>A reason was named and denied, or told of somebody else.</summary>
    public bool HasDenied { get; private set; }

    public IEnumerable<Hit> Hits(string label) => _byLabel.TryGetValue(label, out var hits) ? hits.Select(h => h.Hit) : [];

    public bool InSentence(string label, int sentence) => Hits(label).Any(h => _words[h.First].Sentence == sentence);

    public ImmutableArray<string> Evidence(string label) => [.. Hits(label).OrderBy(h => h.First).Select(h => _words.Written(h.First, h.End)).Distinct().Take(5)];

    public void Remove(string label, Func<Hit, bool> which)
    {
        if (_byLabel.TryGetValue(label, out var hits)) hits.RemoveAll(h => which(h.Hit));
    }

    /// <summary>Takes back complaints whose words are part of a request: "my brother wants another garage" is about no garage of the writer's.</summary>
    public void RemoveComplaintsWithin(IEnumerable<string> requests)
    {
        var asked = requests.SelectMany(Hits).ToList();
        foreach (var complaint in Complaints) Remove(complaint, h => asked.Any(a => a.First <= h.First && h.End <= a.End));
    }

    private void Add(LexiconFile file, Hit hit)
    {
        if ((!hit.Rule.HasNegation && IsNegated(file, hit)) || (Circumstances.Contains(hit.Rule.Label) && IsAboutYou(file, hit)))
        {
            HasDenied |= Labels.TryParse<SubReason>(hit.Rule.Label, out _);
            return;
        }
        var weight = hit.Rule.Weight * Emphasis(file, hit);
        if (!_byLabel.TryGetValue(hit.Rule.Label, out var hits)) _byLabel[hit.Rule.Label] = hits = [];
        // Of matches over the same words the strongest holds.
        var rival = hits.FindIndex(h => h.Hit.First < hit.End && hit.First < h.Hit.End);
        if (rival < 0) hits.Add((weight, hit));
        else if (hits[rival].Weight < weight) hits[rival] = (weight, hit);
    }

    private bool IsNegated(LexiconFile file, Hit hit)
    {
        for (var i = hit.First; i < hit.End; i++)
            if (file.Has(LexiconLabels.Negation, _words[i].Folded)) return true;
        var clause = _words[hit.First].Clause;
        for (var i = hit.First - 1; i >= 0 && i >= hit.First - NegationAhead && _words[i].Clause == clause; i--)
        {
            if (file.Has(LexiconLabels.Contrast, _words[i].Folded)) break;
            if (file.Has(LexiconLabels.Negation, _words[i].Folded)) return true;
        }
        var end = _words[hit.End - 1].Clause;
        for (var i = hit.End; i < _words.Count && i < hit.End + NegationBehind && _words[i].Clause == end; i++)
        {
            var isLast = i + 1 == _words.Count || _words[i + 1].Clause != end;
            if (isLast && file.Has(LexiconLabels.Negation, _words[i].Folded)) return true;
        }
        return false;
    }

    /// <summary>"You have moved" is nothing that happened to the writer.</summary>
    private bool IsAboutYou(LexiconFile file, Hit hit)
    {
        var clause = _words[hit.First].Clause;
        var you = false;
        for (var i = hit.First; i >= 0 && _words[i].Clause == clause; i--)
        {
            if (file.Has(LexiconLabels.Me, _words[i].Folded)) return false;
            you |= file.Has(LexiconLabels.You, _words[i].Folded) && i >= hit.First - 3;
        }
        for (var i = hit.First; i < hit.End; i++)
            if (file.Has(LexiconLabels.Me, _words[i].Folded)) return false;
        return you;
    }

    /// <summary>What comes after "but" is what the writer wants to say.</summary>
    private double Emphasis(LexiconFile file, Hit hit)
    {
        var sentence = _words[hit.First].Sentence;
        for (var i = hit.First - 1; i >= 0 && _words[i].Sentence == sentence; i--)
            if (file.Has(LexiconLabels.Contrast, _words[i].Folded)) return 1.2;
        return 1;
    }

    /// <summary>The weight of a sub-reason, less what speaks against it ("nothing to complain about"). Who is sarcastic complains.</summary>
    public double Net(string label)
    {
        var isComplaint = Complaints.Contains(label);
        var weight = isComplaint && this[LexiconLabels.Sarcasm] > 0 ? this[label] * 2 : this[label];
        return Math.Max(0, weight - this[LexiconLabels.Stranger] - (isComplaint ? this[LexiconLabels.Content] / 2 : 0));
    }

    private static string[] Words(Func<SubReason, bool> which) => [.. Enum.GetValues<SubReason>().Where(which).Select(s => Labels.Of(s))];
}
