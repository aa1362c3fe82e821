using System.Collections.Immutable;
using System.Globalization;

namespace Winback.Replies.Reading;

/// <summary>What one place of a pattern accepts.</summary>
internal enum PartKind
{
    /// <summary>One of some words or beginnings of words.</summary>
    Word,

    /// <summary>Up to so many words of any kind, as few as will do.</summary>
    Gap,
    SentenceStart,
    SentenceEnd,
}

/// <param name="Words">Whole words.</param>
/// <param name="Stems">Parts of words, with where they must be.</param>
/// <param name="Number">Accepts anything that begins with a digit.</param>
internal sealed record PatternPart(PartKind Kind, ImmutableHashSet<string> Words, ImmutableArray<Stem> Stems, bool Number, bool IsOptional, int MaxGap)
{
    public bool Accepts(string word)
    {
        if (Words.Contains(word) || (Number && char.IsDigit(word[0]))) return true;
        foreach (var stem in Stems)
            if (stem.Accepts(word)) return true;
        return false;
    }
}

/// <summary><c>duur*</c>, <c>*duur</c> or <c>*duur*</c>.</summary>
internal readonly record struct Stem(string Text, bool OpenStart, bool OpenEnd)
{
    public bool Accepts(string word) => OpenStart switch
    {
        true when OpenEnd => word.Contains(Text, StringComparison.Ordinal),
        true => word.EndsWith(Text, StringComparison.Ordinal),
        _ => word.StartsWith(Text, StringComparison.Ordinal),
    };
}

/// <summary>
/// Words in their order, as a lexicon line writes them. Matching takes at most <see cref="MaxGaps"/> gaps of <see cref="LongGap"/> words, so its
/// work per place in a text is bounded; there is no regular expression in it.
/// </summary>
internal sealed class Pattern
{
    public const int MaxGaps = 3;
    public const int LongGap = 6;
    private const int ShortGap = 2;
    private const int MaxParts = 16;

    private readonly ImmutableArray<PatternPart> _parts;

    private Pattern(string source, ImmutableArray<PatternPart> parts) => (Source, _parts) = (source, parts);

    public string Source { get; }

    /// <summary>What its first word must be.</summary>
    public PatternPart First => _parts[0].Kind == PartKind.SentenceStart ? _parts[1] : _parts[0];

    /// <summary>The words that any part names.</summary>
    public IEnumerable<string> Words => _parts.SelectMany(p => p.Words);

    /// <summary>Every word and part of a word in it.</summary>
    public IEnumerable<string> Vocabulary => _parts.SelectMany(p => p.Words.Concat(p.Stems.Select(s => s.Text)));

    /// <param name="classes">Word lists by name, for <c>@name</c>.</param>
    /// <exception cref="FormatException">Says what is wrong with it and what to write.</exception>
    public static Pattern Parse(string source, IReadOnlyDictionary<string, ImmutableArray<string>> classes)
    {
        var parts = source.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => Part(p, classes)).ToImmutableArray();
        if (parts.Length > MaxParts) throw new FormatException($"has {parts.Length} parts; write at most {MaxParts}");
        if (parts.Count(p => p.Kind == PartKind.Gap) > MaxGaps) throw new FormatException($"has too many gaps; write at most {MaxGaps}");
        var first = parts.FirstOrDefault(p => p.Kind != PartKind.SentenceStart);
        if (first is not { Kind: PartKind.Word, IsOptional: false }) throw new FormatException("must begin with a word (after ^, if it has one)");
        if (parts.Skip(1).Any(p => p.Kind == PartKind.SentenceStart) || parts.SkipLast(1).Any(p => p.Kind == PartKind.SentenceEnd))
            throw new FormatException("has ^ or $ inside; ^ comes first and $ last");
        if (parts[^1].Kind == PartKind.Gap) throw new FormatException("ends with a gap; end it with a word");
        return new Pattern(source, parts);
    }

    /// <summary>The word after the match whose first word is at <paramref name="at"/>, or -1.</summary>
    public int MatchEnd(Words words, Sentence sentence, int at)
    {
        if (_parts[0].Kind != PartKind.SentenceStart) return Match(words, sentence, at, 0);
        return at == sentence.First ? Match(words, sentence, at, 1) : -1;
    }

    private int Match(Words words, Sentence sentence, int at, int index)
    {
        words.Work++;
        for (; index < _parts.Length; index++)
        {
            var part = _parts[index];
            switch (part.Kind)
            {
                case PartKind.SentenceEnd:
                    return at == sentence.End ? at : -1;
                case PartKind.Gap:
                    for (var skip = 0; skip <= part.MaxGap && at + skip < sentence.End; skip++)
                        if (Match(words, sentence, at + skip, index + 1) is var end and >= 0) return end;
                    return -1;
                default:
                    if (at < sentence.End && part.Accepts(words[at].Folded)) at++;
                    else if (!part.IsOptional) return -1;
                    break;
            }
        }
        return at;
    }

    private static PatternPart Part(string text, IReadOnlyDictionary<string, ImmutableArray<string>> classes)
    {
        switch (text)
        {
            case "^": return Bare(PartKind.SentenceStart);
            case "$": return Bare(PartKind.SentenceEnd);
            case "..": return Bare(PartKind.Gap) with { MaxGap = ShortGap };
            case "...": return Bare(PartKind.Gap) with { MaxGap = LongGap };
        }
        var optional = text.EndsWith('?');
        var words = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        var stems = ImmutableArray.CreateBuilder<Stem>();
        var number = false;
        foreach (var choice in (optional ? text[..^1] : text).Split('|').SelectMany(c => Choices(c, classes)))
        {
            var bare = choice.Trim('*');
            if (bare == "N")
            {
                number = true;
                continue;
            }
            if (bare.Length == 0 || !bare.All(char.IsLetterOrDigit)) throw new FormatException($"\"{choice}\" is no word; write letters and digits, with * for the rest of a word");
            var folded = Reading.Words.Of(bare)[0].Folded;
            if (bare.Length == choice.Length) words.Add(folded);
            else if (folded.Length < 3) throw new FormatException($"\"{choice}\" matches too much; write 3 letters or more beside *");
            else stems.Add(new Stem(folded, choice.StartsWith('*'), choice.EndsWith('*')));
        }
        return new PatternPart(PartKind.Word, words.ToImmutable(), stems.ToImmutable(), number, optional, 0);
    }

    private static ImmutableArray<string> Choices(string choice, IReadOnlyDictionary<string, ImmutableArray<string>> classes)
    {
        if (!choice.StartsWith('@')) return [choice.Replace("'", "", StringComparison.Ordinal).Replace("’", "", StringComparison.Ordinal)];
        return classes.TryGetValue(choice[1..], out var words)
            ? words
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"names {choice}, and there is no such word list above it; write [words {choice[1..]}] and its words first"));
    }

    private static PatternPart Bare(PartKind kind) => new(kind, [], [], Number: false, IsOptional: false, 0);
}
