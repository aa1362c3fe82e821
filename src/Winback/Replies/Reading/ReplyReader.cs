using System.Collections.Immutable;

namespace Winback.Replies.Reading;

/// <summary>Reads a reply: what was newly written, by a machine or not, why its writer stayed away and what is asked for. Pure; the same mail gives the same reading.</summary>
public sealed class ReplyReader(Lexicon lexicon)
{
    private static readonly string[] Requests = [.. new[] { Intent.Refer, Intent.CallMe, Intent.Unsubscribe, Intent.EraseData }.Select(i => Labels.Of(i))];

    /// <summary>What follows a sign-off is names, titles and addresses, if it is no more than this many words.</summary>
    private const int MaxSignature = 40;

    /// <summary>Learns what is learned at the first reply, so that it need not wait for it.</summary>
    public void Prepare() => _ = (lexicon.Learned, lexicon.Leaning);

    public ReplyReading Read(IncomingReply mail)
    {
        var reply = ReplyText.Extract(mail.Text);
        var words = Words.Of(reply);
        var machine = AutomaticReply.Judge(mail, Words.Of(mail.Subject), words, lexicon);
        if (machine.IsAutomatic) return Automatic(reply, machine, ReturnDates.Find(words));
        var body = WithoutSignature(words, reply);
        return Human(reply, body, machine.Confidence);
    }

    private static ReplyReading Automatic(string reply, AutomaticVerdict machine, DateOnly? returnDate) => new(
        reply, true, Reason.None, SubReason.None, [], Single("automatic", machine.Confidence), Single("automatic", machine.Evidence))
    { ReturnDate = returnDate };

    private static ImmutableSortedDictionary<string, T> Single<T>(string label, T value) =>
        ImmutableSortedDictionary<string, T>.Empty.WithComparers(StringComparer.Ordinal).Add(label, value);

    private ReplyReading Human(string reply, Words body, double human)
    {
        var scores = Scores.Of(body, lexicon.For(body));
        // "I don't want to receive your mail" is about no parcel.
        scores.Remove(Labels.Of(SubReason.Delivery), h => scores.InSentence(Labels.Of(Intent.Unsubscribe), body[h.First].Sentence));
        scores.RemoveComplaintsWithin(Requests);
        var (learning, leaning) = (lexicon.Learned.Of(body), lexicon.Leaning.Of(body));
        var intents = new IntentRules(body, scores, lexicon.Learned, learning, leaning).Found();
        var (sub, certainty, because) = new ReasonRules(body, scores, lexicon, learning, leaning).Found(asks: intents.Count > 0);
        var confidence = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        var evidence = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        confidence["automatic"] = human;
        confidence["reason"] = certainty;
        if (sub != SubReason.None) evidence["reason"] = because;
        foreach (var (intent, weight, why) in intents)
        {
            confidence[Labels.Of(intent)] = Math.Round(weight / (weight + 1), 2);
            evidence[Labels.Of(intent)] = why;
        }
        return new ReplyReading(reply, false, SubReasons.ReasonOf(sub), sub, [.. intents.Select(i => i.Intent).Order()], confidence.ToImmutable(), evidence.ToImmutable());
    }

    private Words WithoutSignature(Words words, string reply)
    {
        foreach (var file in lexicon.All)
        {
            foreach (var hit in file.Hits(words).Where(h => h.Rule.Label == LexiconLabels.SignOff))
                if (words.Count - hit.End <= MaxSignature && hit.First > 0) return Words.Of(reply[..words[hit.First].Start]);
        }
        return words;
    }
}
