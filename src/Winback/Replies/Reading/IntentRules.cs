using System.Collections.Immutable;

namespace Winback.Replies.Reading;

/// <summary>Which intents hold: the lexicon's weights, and what depends on the sentence they stand in.</summary>
internal sealed class IntentRules(Words words, Scores scores, Learned learned, Learning learning, Learning leaning)
{
    private const double Enough = 2;

    // What a pattern, a question mark, or what the words lean to is worth beside what is learned of the examples, and how much all must be: logarithms of odds.
    private const double PatternShare = 6;
    private const double MarkShare = 4.5;
    private const double LeaningShare = 0.1;
    private const double Least = 0.5;

    /// <summary>The weight of what no pattern gave.</summary>
    private const double Guessed = 0.3;

    /// <summary>What examples can speak for or against; what cannot be taken back, and what patterns say well, is left to patterns.</summary>
    private static readonly Intent[] Learnable = [Intent.Return, Intent.Refer, Intent.Question, Intent.Thanks, Intent.AlreadyCustomer, Intent.CallMe];

    /// <summary>A question mark after fewer words is a turn of phrase: "Honestly?"</summary>
    private const int ShortestQuestion = 3;

    public List<(Intent Intent, double Weight, ImmutableArray<string> Evidence)> Found()
    {
        RemoveDoubtful();
        var found = new List<(Intent, double, ImmutableArray<string>)>();
        foreach (var intent in Enum.GetValues<Intent>())
        {
            var (weight, evidence) = (scores[Labels.Of(intent)], scores.Evidence(Labels.Of(intent)));
            var said = weight >= Enough ? PatternShare : 0;
            if (intent == Intent.Question && said == 0 && Question() is { } question) (weight, evidence, said) = (3, [question], MarkShare);
            if (Learnable.Contains(intent) ? Inclination(intent) + said < Least : said == 0) continue;
            if (said == 0 && IsTakenBack(intent)) continue;
            if (said == 0) (weight, evidence) = (Guessed, learned.Telling(words, intent));
            found.Add((intent, weight, evidence));
        }
        return found;
    }

    private double Inclination(Intent intent) => learning.Intents[intent] + (LeaningShare * leaning.Intents[intent]);

    private bool IsTakenBack(Intent intent) =>
        (intent == Intent.Return && scores[LexiconLabels.Doubt] > 0) || (intent == Intent.Thanks && scores[LexiconLabels.Sarcasm] >= Enough);

    private void RemoveDoubtful()
    {
        // "Take me out of your systems" is erasure, and asks for no more.
        var erased = scores.Hits(Labels.Of(Intent.EraseData)).ToList();
        scores.Remove(Labels.Of(Intent.Unsubscribe), h => erased.Any(e => e.First < h.End && h.First < e.End));
        scores.Remove(Labels.Of(Intent.Return), h => scores.InSentence(LexiconLabels.Doubt, words[h.First].Sentence));
        if (scores[LexiconLabels.Stranger] >= Enough) scores.Remove(Labels.Of(Intent.Return), _ => true);
        if (scores[LexiconLabels.Sarcasm] >= Enough) scores.Remove(Labels.Of(Intent.Thanks), _ => true);
        if (scores[Labels.Of(Intent.Unsubscribe)] >= Enough)
            scores.Remove(Labels.Of(Intent.Return), h => scores.InSentence(Labels.Of(Intent.Unsubscribe), words[h.First].Sentence));
    }

    /// <summary>A sentence that asks for an answer: neither rhetorical nor a request that is an intent of its own.</summary>
    private string? Question()
    {
        for (var i = 0; i < words.Sentences.Count; i++)
        {
            var sentence = words.Sentences[i];
            if (!sentence.IsQuestion || sentence.End - sentence.First < ShortestQuestion) continue;
            if (scores.InSentence(LexiconLabels.Rhetorical, i) || Requests.Any(r => scores.InSentence(Labels.Of(r), i))) continue;
            return words.Written(sentence.First, sentence.End);
        }
        return null;
    }

    private static readonly Intent[] Requests = [Intent.CallMe, Intent.Unsubscribe, Intent.EraseData];
}
