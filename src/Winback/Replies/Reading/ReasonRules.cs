using System.Collections.Immutable;

namespace Winback.Replies.Reading;

/// <param name="Confidence">0 to 1.</param>
internal sealed record ReasonVerdict(SubReason Sub, double Confidence, ImmutableArray<string> Evidence);

/// <summary>Which reason a reply gives: what its patterns weigh and where its words lean to, taken together, against there being none.</summary>
internal sealed class ReasonRules(Words words, Scores scores, Leaning leaning)
{
    private const double PatternShare = 1.4;
    private const double LeaningShare = 0.3;

    /// <summary>Patterns that are heavier than this together are no surer.</summary>
    private const double MostWeight = 9;

    /// <summary>What is asked for, and praise or doubt, speak for there being no reason.</summary>
    private const double Asking = 0.7;
    private const double Content = 0.5;
    private const double NoReason = 1;

    /// <summary>The highest confidence of a reason that no pattern gave.</summary>
    private const double Guessed = 0.25;

    private static readonly SubReason[] Subs = [.. Enum.GetValues<SubReason>().Where(s => s != SubReason.None)];

    public ReasonVerdict Found(bool asks)
    {
        var leans = leaning.Of(words);
        var weights = Subs.ToDictionary(s => s, s => Math.Min(MostWeight, scores.Net(Labels.Of(s))));
        // Nobody is taken for dead, and nothing that was denied for true, by a leaning.
        var open = Subs.Where(s => weights[s] > 0 || (s != SubReason.Deceased && !scores.HasDenied)).ToDictionary(s => s, s => Math.Exp((PatternShare * weights[s]) + (LeaningShare * leans[s])));
        var none = Math.Exp((LeaningShare * leans[SubReason.None]) + AgainstAny(asks));
        var reasons = open.GroupBy(s => SubReasons.ReasonOf(s.Key)).Select(g => (Sub: g.MaxBy(s => s.Value).Key, Share: g.Max(s => s.Value))).ToList();
        var all = none + reasons.Sum(r => r.Share);
        var (sub, share) = reasons.Append((Sub: SubReason.None, Share: none)).MaxBy(r => r.Share);
        var confidence = Math.Round(share / all, 2);
        if (sub == SubReason.None) return new(sub, confidence, []);
        return weights[sub] > 0 ? new(sub, confidence, scores.Evidence(Labels.Of(sub))) : new(sub, Math.Min(Guessed, confidence), leaning.Telling(words, sub));
    }

    private double AgainstAny(bool asks)
    {
        var against = NoReason + (asks ? Asking : 0);
        if (scores[LexiconLabels.Content] > 0 || scores[LexiconLabels.Stranger] > 0 || scores[LexiconLabels.Doubt] > 0) against += Content;
        // Who bought last week did not stay away.
        return against + (PatternShare * scores[Labels.Of(Intent.AlreadyCustomer)]);
    }
}
