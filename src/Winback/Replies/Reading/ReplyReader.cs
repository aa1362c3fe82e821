using System.Collections.Immutable;

namespace Winback.Replies.Reading;

/// <summary>Reads a reply: what was newly written, by a machine or not, why its writer stayed away and what is asked for. Pure; the same mail gives the same reading.</summary>
public sealed class ReplyReader(Lexicon lexicon)
{
    /// <summary>From here on there is a reason.</summary>
    private const double Enough = 3;

    /// <summary>Who asks for nothing and praises nothing wrote to say why: then hints will do.</summary>
    private const double Hint = 2;

    /// <summary>The confidence that a customer who says to be one gives no reason for staying away.</summary>
    private const double Customer = 0.8;

    /// <summary>The confidence of a reason that no pattern gave, see <see cref="Leaning"/>.</summary>
    private const double Guessed = 0.25;

    /// <summary>What the other sub-reasons of a reason add to its strongest.</summary>
    private const double OthersShare = 0.25;

    /// <summary>What follows a sign-off is names, titles and addresses, if it is no more than this many words.</summary>
    private const int MaxSignature = 40;

    private static readonly SubReason[] Subs = [.. Enum.GetValues<SubReason>().Where(s => s != SubReason.None)];

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
        var intents = new IntentRules(body, scores).Found();
        var isOpen = intents.Count == 0 && scores[LexiconLabels.Content] <= 0 && scores[LexiconLabels.Stranger] <= 0 && scores[LexiconLabels.Doubt] <= 0;
        // Who bought last week did not stay away.
        var (sub, certainty) = intents.Any(i => i.Intent == Intent.AlreadyCustomer) ? (SubReason.None, Customer) : MainReason(scores, isOpen ? Hint : Enough);
        var guess = sub == SubReason.None && isOpen && !scores.HasDenied ? lexicon.Leaning.Of(body) : null;
        if (guess is not null) (sub, certainty) = (guess.Value.Sub, Guessed);
        var confidence = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        var evidence = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        confidence["automatic"] = human;
        confidence["reason"] = certainty;
        if (sub != SubReason.None) evidence["reason"] = guess?.Evidence ?? scores.Evidence(Labels.Of(sub));
        foreach (var (intent, weight, why) in intents)
        {
            confidence[Labels.Of(intent)] = Math.Round(weight / (weight + 1), 2);
            evidence[Labels.Of(intent)] = why;
        }
        return new ReplyReading(reply, false, SubReasons.ReasonOf(sub), sub, [.. intents.Select(i => i.Intent).Order()], confidence.ToImmutable(), evidence.ToImmutable());
    }

    private static (SubReason Sub, double Confidence) MainReason(Scores scores, double enough)
    {
        var weights = Subs.ToDictionary(s => s, s => scores.Net(Labels.Of(s)));
        var ranked = weights.GroupBy(w => SubReasons.ReasonOf(w.Key)).Select(g =>
        {
            var best = g.MaxBy(w => w.Value);
            return (Sub: best.Key, Reason: g.Key, Best: best.Value, Weight: best.Value + OthersShare * (g.Sum(w => w.Value) - best.Value));
        }).OrderByDescending(r => r.Weight).ToList();
        var (first, second) = (ranked[0], ranked[1]);
        if (first.Weight < enough) return (SubReason.None, Math.Round(1 / (1 + first.Weight), 2));
        return (first.Sub, Math.Round(first.Weight / (first.Weight + second.Weight + 1), 2));
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
