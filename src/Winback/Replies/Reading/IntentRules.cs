using System.Collections.Immutable;

namespace Winback.Replies.Reading;

/// <summary>Which intents hold: the lexicon's weights, and what depends on the sentence they stand in.</summary>
internal sealed class IntentRules(Words words, Scores scores)
{
    private const double Enough = 2;

    /// <summary>A question mark after fewer words is a turn of phrase: "Honestly?"</summary>
    private const int ShortestQuestion = 3;

    public List<(Intent Intent, double Weight, ImmutableArray<string> Evidence)> Found()
    {
        RemoveDoubtful();
        var found = new List<(Intent, double, ImmutableArray<string>)>();
        foreach (var intent in Enum.GetValues<Intent>())
        {
            var label = Labels.Of(intent);
            var weight = scores[label];
            var evidence = scores.Evidence(label);
            if (intent == Intent.Question && weight < Enough && Question() is { } question) (weight, evidence) = (3, [question]);
            if (weight >= Enough) found.Add((intent, weight, evidence));
        }
        return found;
    }

    private void RemoveDoubtful()
    {
        // "Take me out of your systems" is erasure, and asks for no more.
        var erased = scores.Hits(Labels.Of(Intent.EraseData)).ToList();
        scores.Remove(Labels.Of(Intent.Unsubscribe), h => erased.Any(e => e.First < h.End && h.First < e.End));
        scores.Remove(Labels.Of(Intent.Return), h => scores.InSentence(LexiconLabels.Doubt, words[h.First].Sentence));
        if (scores[LexiconLabels.Stranger] >= Enough) scores.Remove(Labels.Of(Intent.Return), _ => true);
        if (scores[LexiconLabels.Sarcasm] >= Enough) scores.Remove(Labels.Of(Intent.Thanks), _ => true);
        if (scores[Labels.Of(Intent.Unsubscribe)] >= Enough) scores.Remove(Labels.Of(Intent.Return), h => scores.InSentence(Labels.Of(Intent.Unsubscribe), words[h.First].Sentence));
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
