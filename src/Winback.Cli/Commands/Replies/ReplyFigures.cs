using System.Text.RegularExpressions;
using Winback.Replies.Reading;

namespace Winback.Cli.Commands.Replies;

/// <param name="Label">What should have come out.</param>
/// <param name="Read">What came out.</param>
internal sealed record Confusion(string Label, string Read, IReadOnlyList<string> Ids);

/// <param name="Automatic">Share of all replies.</param>
/// <param name="Reason">Share of the replies by people; so are <paramref name="SubReason"/> and <paramref name="Text"/>.</param>
/// <param name="Text">The extracted text, compared without tags and with white space collapsed.</param>
/// <param name="IntentsF1">Micro-F1 over the replies by people.</param>
/// <param name="Bad">Lines that could not be used.</param>
internal sealed record ReplyFigures(
    int Replies, int Human, double Automatic, double Reason, double SubReason, double Text, double IntentsF1, int Bad, IReadOnlyList<Confusion> Confusions);

/// <summary>Counts how well readings agree with labels.</summary>
internal sealed partial class ReplyScore
{
    private readonly Dictionary<(string Label, string Read), List<string>> _confusions = [];
    private int _replies, _human, _automatic, _reason, _subReason, _text, _hits, _missed, _invented;

    public void Add(LabelledLine label, ReplyReading read)
    {
        var id = label.Id!;
        _replies++;
        if (Same("automatic", label.Automatic == true ? "yes" : "no", read.Automatic ? "yes" : "no", id)) _automatic++;
        if (label.Automatic == true) return;
        _human++;
        if (Same("reason", Labels.Of(label.Reason!.Value), Labels.Of(read.Reason), id)) _reason++;
        if (Same("subReason", Labels.Of(label.SubReason ?? Winback.Replies.Reading.SubReason.None), Labels.Of(read.SubReason), id)) _subReason++;
        if (Same("reply", Plain(label.Reply!), Plain(read.Reply), id)) _text++;
        foreach (var intent in label.Intents!.Union(read.Intents).Order())
        {
            var (labelled, found) = (label.Intents!.Contains(intent), read.Intents.Contains(intent));
            if (labelled && found) _hits++;
            else if (labelled) _missed++;
            else _invented++;
            Same("intents", labelled ? Labels.Of(intent) : "", found ? Labels.Of(intent) : "", id);
        }
    }

    public ReplyFigures Figures(int bad) => new(
        _replies, _human, Share(_automatic, _replies), Share(_reason, _human), Share(_subReason, _human), Share(_text, _human),
        Share(2 * _hits, 2 * _hits + _missed + _invented), bad,
        [.. _confusions.OrderByDescending(c => c.Value.Count).ThenBy(c => c.Key).Select(c => new Confusion(c.Key.Label, c.Key.Read, c.Value))]);

    private bool Same(string what, string label, string read, string id)
    {
        if (label == read) return true;
        // Texts are long, and each is a case of its own.
        var pair = what == "reply" ? ($"{what} as labelled", $"{what} otherwise") : ($"{what} {(label.Length > 0 ? label : "(no)")}", read.Length > 0 ? read : "(no)");
        if (!_confusions.TryGetValue(pair, out var ids)) _confusions[pair] = ids = [];
        ids.Add(id);
        return false;
    }

    private static double Share(int part, int whole) => whole == 0 ? 1 : Math.Round((double)part / whole, 4);

    private static string Plain(string text) => Space().Replace(Tag().Replace(text, " "), " ").Trim();

    [GeneratedRegex("<[^<>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Space();
}
