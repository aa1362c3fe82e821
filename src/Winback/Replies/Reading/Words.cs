using System.Globalization;
using System.Text;

namespace Winback.Replies.Reading;

/// <summary>One word of a text, folded: lower case, without accents and apostrophes (<c>zo'n</c> is <c>zon</c>, <c>don't</c> is <c>dont</c>).</summary>
/// <param name="Start">Where it is in the text.</param>
/// <param name="Sentence">Number of its sentence.</param>
/// <param name="Clause">Number of its clause, counted over the whole text.</param>
internal readonly record struct Word(string Folded, int Start, int End, int Sentence, int Clause);

/// <param name="First">Its first word.</param>
/// <param name="End">After its last word.</param>
internal readonly record struct Sentence(int First, int End, bool IsQuestion);

/// <summary>A text as words, sentences and clauses. At most <see cref="MaxWords"/> words are kept: who writes more has said it by then.</summary>
internal sealed class Words
{
    public const int MaxWords = 600;

    /// <summary>A word that is longer is none.</summary>
    private const int MaxLetters = 40;

    /// <summary>A line that is shorter ends by its writer's wish; a longer one may have been wrapped.</summary>
    private const int WrappedFrom = 50;

    private static readonly HashSet<string> Abbreviations = new(["mr", "mrs", "ms", "dr", "st", "dhr", "mevr", "mw", "drs", "ir", "nr", "no", "tel", "bv", "vd", "incl", "excl"], StringComparer.Ordinal);

    private readonly List<Word> _words = [];
    private readonly List<Sentence> _sentences = [];
    private int _sentenceStart;
    private int _clause;

    private Words(string text) => Text = text;

    public string Text { get; }

    public IReadOnlyList<Sentence> Sentences => _sentences;

    /// <summary>How often a pattern was tried on it: what reading it costs, without a clock.</summary>
    public long Work { get; set; }

    public int Count => _words.Count;

    public Word this[int index] => _words[index];

    public static Words Of(string text)
    {
        var words = new Words(text);
        words.Read();
        return words;
    }

    /// <summary>As written, from one word up to another.</summary>
    public string Written(int first, int end) => Text[_words[first].Start.._words[end - 1].End].ReplaceLineEndings(" ");

    private void Read()
    {
        var folded = new StringBuilder(MaxLetters);
        var lineStart = 0;
        for (var i = 0; i < Text.Length && _words.Count < MaxWords;)
        {
            if (char.IsLetterOrDigit(Text[i]))
            {
                i = ReadWord(i, folded);
                continue;
            }
            if (Currency(Text[i]) is { } currency) Add(currency, i, i + 1);
            else if (Text[i] is '.' or '!' or '?' or '…') EndsHere(i);
            else if (Text[i] == '\n')
            {
                if (i - lineStart < WrappedFrom) EndSentence(isQuestion: false);
                lineStart = i + 1;
            }
            else if (Text[i] is ',' or ';' or ':' or '(' or ')' or '–' or '—' || (Text[i] == '-' && i > 0 && Text[i - 1] == ' ')) _clause++;
            i++;
        }
        EndSentence(isQuestion: false);
    }

    private static string? Currency(char c) => c switch { '€' => "euro", '£' => "pound", '$' => "dollar", '%' => "percent", _ => null };

    private void EndsHere(int at)
    {
        var next = at + 1 < Text.Length ? Text[at + 1] : ' ';
        if (Text[at] == '.' && (char.IsLetterOrDigit(next) || (_words.Count > 0 && _words[^1].End == at && Abbreviations.Contains(_words[^1].Folded)))) return;
        // "really?!" is one end, and a question.
        if (_words.Count == _sentenceStart && _sentences.Count > 0)
        {
            if (Text[at] == '?') _sentences[^1] = _sentences[^1] with { IsQuestion = true };
            return;
        }
        EndSentence(Text[at] == '?');
    }

    private void EndSentence(bool isQuestion)
    {
        _clause++;
        if (_words.Count == _sentenceStart) return;
        _sentences.Add(new Sentence(_sentenceStart, _words.Count, isQuestion));
        _sentenceStart = _words.Count;
    }

    private int ReadWord(int start, StringBuilder folded)
    {
        folded.Clear();
        var i = start;
        for (; i < Text.Length; i++)
        {
            var c = Text[i];
            if (char.IsLetterOrDigit(c))
            {
                if (folded.Length < MaxLetters) Fold(c, folded);
            }
            else if (!(IsApostrophe(c) && i + 1 < Text.Length && char.IsLetter(Text[i + 1])) && char.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark) break;
        }
        // Taken apart, some ideographs are two halves, and neither is a letter.
        if (folded.Length > 0) Add(folded.ToString(), start, i);
        return i;
    }

    private void Add(string folded, int start, int end) => _words.Add(new Word(folded, start, end, _sentences.Count, _clause));

    private static bool IsApostrophe(char c) => c is '\'' or '’' or '‘' or '`' or '´';

    private static void Fold(char c, StringBuilder folded)
    {
        if (char.IsAscii(c)) folded.Append(char.ToLowerInvariant(c));
        else if (c is 'ß') folded.Append("ss");
        else if (c is 'ĳ') folded.Append("ij");
        else
        {
            foreach (var part in c.ToString().Normalize(NormalizationForm.FormD))
                if (char.IsLetterOrDigit(part)) folded.Append(char.ToLowerInvariant(part));
        }
    }
}
