using System.Collections.Immutable;

namespace Winback.Replies.Reading;

/// <summary>A line of a lexicon: what the words of a pattern say, and how strongly.</summary>
/// <param name="Weight">1 (a hint: two of them make a reason) to 9.</param>
/// <param name="HasNegation">The pattern itself says "not", so that the words before it turn nothing round.</param>
internal sealed record LexiconRule(string Label, int Weight, Pattern Pattern, bool HasNegation);

/// <param name="First">The first word of the match.</param>
/// <param name="End">The word after it.</param>
internal readonly record struct Hit(LexiconRule Rule, int First, int End);

/// <summary>The words of one language and what they say, as one file writes them.</summary>
internal sealed class LexiconFile
{
    private readonly ImmutableDictionary<string, ImmutableArray<string>> _lists;
    private readonly Dictionary<string, List<LexiconRule>> _byWord = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<LexiconRule>> _byBeginning = new(StringComparer.Ordinal);
    private readonly List<LexiconRule> _others = [];
    private readonly ImmutableDictionary<string, ImmutableHashSet<string>> _sets;

    public LexiconFile(
        IEnumerable<LexiconRule> rules, IEnumerable<Example> examples, ImmutableDictionary<string, ImmutableArray<string>> lists,
        ImmutableDictionary<string, ImmutableArray<string>> meanings)
    {
        _lists = lists;
        Meanings = meanings;
        _sets = LexiconLabels.Lists.ToImmutableDictionary(n => n, n => _lists[n].Select(w => Words.Of(w)[0].Folded).ToImmutableHashSet(StringComparer.Ordinal));
        Rules = [.. rules];
        Examples = [.. examples];
        foreach (var rule in Rules) Index(rule);
    }

    public ImmutableArray<LexiconRule> Rules { get; }

    public ImmutableArray<Example> Examples { get; }

    public ImmutableDictionary<string, ImmutableArray<string>> Meanings { get; }

    public bool Has(string list, string word) => _sets[list].Contains(word);

    /// <summary>Every match of every rule, in the order of the text.</summary>
    public IEnumerable<Hit> Hits(Words words)
    {
        foreach (var sentence in words.Sentences)
        {
            for (var at = sentence.First; at < sentence.End; at++)
            {
                foreach (var rule in Candidates(words[at].Folded))
                    if (rule.Pattern.MatchEnd(words, sentence, at) is var end and >= 0) yield return new Hit(rule, at, end);
            }
        }
    }

    private IEnumerable<LexiconRule> Candidates(string word)
    {
        if (_byWord.TryGetValue(word, out var exact))
            foreach (var rule in exact) yield return rule;
        if (word.Length >= 3 && _byBeginning.TryGetValue(word[..3], out var beginning))
            foreach (var rule in beginning) yield return rule;
        foreach (var rule in _others) yield return rule;
    }

    private void Index(LexiconRule rule)
    {
        var first = rule.Pattern.First;
        if (first.Number || first.Stems.Any(s => s.OpenStart))
        {
            _others.Add(rule);
            return;
        }
        var beginnings = first.Stems.Select(s => s.Text[..3]).ToHashSet(StringComparer.Ordinal);
        foreach (var beginning in beginnings) Add(_byBeginning, beginning, rule);
        // A word that also has one of the beginnings is found by that.
        foreach (var word in first.Words.Where(w => w.Length < 3 || !beginnings.Contains(w[..3]))) Add(_byWord, word, rule);
    }

    private static void Add(Dictionary<string, List<LexiconRule>> index, string key, LexiconRule rule)
    {
        if (!index.TryGetValue(key, out var rules)) index[key] = rules = [];
        rules.Add(rule);
    }
}

/// <summary>All that is known about words: a file per language, <c>nl.txt</c> and <c>en.txt</c>, which an owner may extend (docs/replies.md).</summary>
public sealed class Lexicon
{
    /// <summary>So many small words tell a language.</summary>
    private const int Telling = 3;

    private readonly ImmutableArray<LexiconFile> _files;

    // Learning takes most of a second: only whoever reads a reply waits for it, not every cold start.
    private readonly Lazy<Learned> _learned;
    private readonly Lazy<Leaning> _leaning;

    private Lexicon(ImmutableArray<LexiconFile> files)
    {
        _files = files;
        _leaning = new(() => new Leaning(files.SelectMany(f => f.Rules), files.SelectMany(f => f.Examples)));
        _learned = new(Learn);
    }

    /// <summary>The folder that comes with the app.</summary>
    public static string ShippedFolder => Path.Combine(AppContext.BaseDirectory, "replies");

    /// <param name="folder">Every <c>*.txt</c> in it is one language.</param>
    /// <exception cref="LexiconException">Lists every problem with file, line and remedy.</exception>
    public static Lexicon Load(string folder)
    {
        var paths = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal).ToList() : [];
        if (paths.Count == 0) throw new LexiconException($"{folder}: there is no lexicon here; copy nl.txt and en.txt into it from the app's folder replies.");
        return Parse(paths.Select(p => (p, File.ReadAllText(p))));
    }

    /// <exception cref="LexiconException">Lists every problem with file, line and remedy.</exception>
    public static Lexicon Parse(IEnumerable<(string Name, string Text)> files)
    {
        var problems = new List<string>();
        var read = files.Select(f => LexiconReader.Read(f.Name, f.Text, problems)).ToList();
        return problems.Count == 0 ? new Lexicon([.. read.OfType<LexiconFile>()]) : throw new LexiconException(string.Join('\n', problems));
    }

    /// <summary>The files to read a text by: of its language where its small words tell it, else all.</summary>
    internal ImmutableArray<LexiconFile> For(Words words)
    {
        var counts = new int[_files.Length];
        for (var i = 0; i < words.Count; i++)
            for (var f = 0; f < _files.Length; f++)
                if (_files[f].Has(LexiconLabels.Language, words[i].Folded)) counts[f]++;
        var most = counts.Max();
        return most < Telling ? _files : [.. _files.Where((_, f) => counts[f] * 2 >= most)];
    }

    internal ImmutableArray<LexiconFile> All => _files;

    internal Leaning Leaning => _leaning.Value;

    internal Learned Learned => _learned.Value;

    private Learned Learn()
    {
        var all = new Meanings(_files.SelectMany(f => f.Meanings));
        var each = _files.ToDictionary(f => f, f => new Meanings(f.Meanings));
        return new Learned(words => For(words) is [var one] ? each[one] : all, [.. _files.SelectMany(f => f.Examples)]);
    }
}
