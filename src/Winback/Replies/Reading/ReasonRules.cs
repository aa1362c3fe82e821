using System.Collections.Immutable;

namespace Winback.Replies.Reading;

/// <param name="Confidence">0 to 1.</param>
internal sealed record ReasonVerdict(SubReason Sub, double Confidence, ImmutableArray<string> Evidence);

/// <summary>Which reason a reply gives: what its patterns weigh and what the examples make of its words, taken together, against there being none.</summary>
internal sealed class ReasonRules(Words words, Scores scores, Lexicon lexicon, Learning learning, Learning leaning)
{
    // Found by measuring replies that neither patterns nor examples were made from (docs/replies.md).
    private const double PatternShare = 0.75;
    private const double LearnedShare = 0.7;
    private const double LeaningShare = 0.1;

    /// <summary>Patterns that are heavier than this together are no surer.</summary>
    private const double MostWeight = 9;

    /// <summary>A reply that is neither, and what speaks for there being no reason: what is asked for, praise or doubt, another addressee, having bought recently.</summary>
    private const double NoReason = -0.8;
    private const double Asking = 1.4;
    private const double Content = 1.7;
    private const double Stranger = 5;
    private const double Customer = 0.8;

    /// <summary>What patterns of a death must weigh at least: hints are not enough to take anybody for dead.</summary>
    private const double LeastForDeath = 3;

    /// <summary>The highest confidence of a reason that no pattern gave.</summary>
    private const double Guessed = 0.25;

    private static readonly SubReason[] Subs = [.. Enum.GetValues<SubReason>().Where(s => s != SubReason.None)];

    public ReasonVerdict Found(bool asks)
    {
        var weights = Subs.ToDictionary(s => s, s => Math.Min(MostWeight, scores.Net(Labels.Of(s))));
        // Nothing that was denied is true by what its words are like.
        var shares = Subs.Where(s => weights[s] > 0 || !scores.HasDenied).ToDictionary(s => s, s => Math.Exp((PatternShare * weights[s]) + Inclination(s)));
        var none = Math.Exp(Inclination(SubReason.None) + AgainstAny(asks));
        var reasons = shares.GroupBy(s => SubReasons.ReasonOf(s.Key)).Select(g => (Reason: g.Key, Share: g.Sum(s => s.Value))).ToList();
        var (reason, share) = reasons.Append((Reason: Reason.None, Share: none)).MaxBy(r => r.Share);
        var confidence = Math.Round(share / (none + reasons.Sum(r => r.Share)), 2);
        if (reason == Reason.None) return new(SubReason.None, confidence, []);
        var possible = shares.Where(s => SubReasons.ReasonOf(s.Key) == reason && (s.Key != SubReason.Deceased || weights[s.Key] >= LeastForDeath)).ToList();
        // A hint of a death, and all else was denied: a human being should read it.
        if (possible.Count == 0) return new(SubReason.None, Guessed, []);
        var sub = possible.MaxBy(s => s.Value).Key;
        return weights[sub] > 0 ? new(sub, confidence, scores.Evidence(Labels.Of(sub))) : new(sub, Math.Min(Guessed, confidence), lexicon.Learned.Telling(words, sub));
    }

    private double Inclination(SubReason sub) => (LearnedShare * learning.Subs[sub]) + (LeaningShare * leaning.Subs[sub]);

    private double AgainstAny(bool asks)
    {
        var against = NoReason + (asks ? Asking : 0);
        if (scores[LexiconLabels.Content] > 0 || scores[LexiconLabels.Doubt] > 0) against += Content;
        if (scores[LexiconLabels.Stranger] > 0) against += Stranger;
        // Who bought last week did not stay away.
        return against + (Customer * Math.Min(MostWeight, scores[Labels.Of(Intent.AlreadyCustomer)]));
    }
}
