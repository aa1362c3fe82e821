using System.Globalization;
using System.Text;
using Winback.Replies.Reading;

namespace Winback.MailEvents;

/// <summary>
/// Why somebody is gone, where a bounce says it in so many words. Most say only that a mailbox is not there, or is elsewhere, which tells nothing
/// of the person: then nothing is guessed. Pure.
/// </summary>
public static class BounceReason
{
    /// <summary>Folded: lower case, no accents, single spaces. The first that is found holds.</summary>
    private static readonly (SubReason Sub, string[] Words)[] Phrases =
    [
        (SubReason.Deceased, ["has passed away", "is deceased", "is overleden"]),
        (SubReason.BusinessClosed,
        [
            "out of business", "ceased trading", "ceased operations", "closed its doors", "closed our doors", "in liquidation", "bankrupt", "failliet",
            "company has closed", "company is closed", "company no longer exists", "company does not exist anymore", "business has closed", "business is closed",
            "bedrijf is gestopt", "bedrijf is gesloten", "bedrijf is opgeheven", "bedrijf bestaat niet meer", "onderneming bestaat niet meer", "onderneming is gestopt",
            "organisatie bestaat niet meer", "zaak is gesloten", "zaak is gestopt", "praktijk is gesloten", "praktijk is gestopt", "winkel is gesloten",
            "activiteiten zijn gestaakt", "activiteiten zijn beeindigd", "activiteiten gestaakt", "activiteiten beeindigd",
        ]),
        (SubReason.TakenOver,
        [
            "company has been acquired", "company was acquired", "company has been taken over", "company was taken over", "company has merged", "we have been acquired by",
            "bedrijf is overgenomen", "onderneming is overgenomen", "organisatie is overgenomen", "zaak is overgenomen", "praktijk is overgenomen", "wij zijn overgenomen door",
        ]),
        (SubReason.Job,
        [
            "no longer works", "no longer working at", "no longer working for", "no longer working here", "no longer employed", "no longer an employee", "no longer with the company",
            "left the company", "left our company", "left the organization", "left the organisation", "left the firm", "has retired",
            "werkt niet meer", "werkt hier niet meer", "werkt niet langer", "niet meer werkzaam", "niet langer werkzaam", "is uit dienst", "niet meer in dienst", "niet langer in dienst",
            "het bedrijf verlaten", "de organisatie verlaten", "onze organisatie verlaten", "is met pensioen",
        ]),
        (SubReason.Moved,
        [
            "has moved abroad", "moved house", "has emigrated", "he has moved away", "she has moved away", "they have moved away",
            "naar het buitenland verhuisd", "verhuisd naar het buitenland", "geemigreerd", "hij is verhuisd", "zij is verhuisd", "wij zijn verhuisd", "is onlangs verhuisd",
        ]),
    ];

    /// <summary>Of these it is said, and not of a person.</summary>
    private static readonly string[] Things = ["address", "adres", "mailbox", "postbus", "inbox", "account", "server", "domain", "domein", "system", "systeem", "process", "service", "host"];

    /// <param name="text">What the other side answered.</param>
    /// <returns>Null where it does not say.</returns>
    public static (Reason Reason, SubReason SubReason)? Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var folded = Fold(text);
        foreach (var (sub, words) in Phrases)
            if (words.Any(w => IsSaidOfSomebody(folded, w))) return (Reason.SituationChanged, sub);
        return null;
    }

    /// <summary>In the clause before it no thing is named: "this address no longer works" tells of nobody.</summary>
    private static bool IsSaidOfSomebody(string text, string words)
    {
        for (var at = text.IndexOf(words, StringComparison.Ordinal); at >= 0; at = text.IndexOf(words, at + 1, StringComparison.Ordinal))
        {
            var clause = text[(text.LastIndexOfAny(['.', ',', ';', ':', '!', '?', '(', ')'], at) + 1)..at];
            if (!Things.Any(t => clause.Contains(t, StringComparison.Ordinal))) return true;
        }
        return false;
    }

    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        // What is no text at all has no accents that could be taken off.
        foreach (var c in IsText(text) ? text.Normalize(NormalizationForm.FormD) : text)
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            if (!char.IsWhiteSpace(c)) folded.Append(char.ToLowerInvariant(c));
            else if (folded.Length > 0 && folded[^1] != ' ') folded.Append(' ');
        }
        return folded.ToString();
    }

    private static bool IsText(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[++i])) return false;
        }
        return true;
    }
}
