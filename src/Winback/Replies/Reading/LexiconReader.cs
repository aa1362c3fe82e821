using System.Collections.Immutable;
using System.Globalization;

namespace Winback.Replies.Reading;

/// <summary>
/// Reads a lexicon file: <c>[label]</c> begins a section, <c>[words name]</c> a word list, <c>[meaning name]</c> words that mean alike,
/// <c>[examples sub-reason intent intent]</c> whole replies, one a line, <c>#</c> a remark; any other line is a pattern, with its weight before it where that is not 3.
/// </summary>
internal sealed class LexiconReader
{
    private const int UsualWeight = 3;
    private const int MaxLines = 20_000;

    private readonly string _name;
    private readonly List<string> _problems;
    private readonly List<LexiconRule> _rules = [];
    private readonly Dictionary<string, ImmutableArray<string>> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<string>> _meanings = new(StringComparer.Ordinal);
    private readonly List<Example> _examples = [];
    private (SubReason Sub, ImmutableArray<Intent> Intents)? _example;
    private string? _label;
    private (Dictionary<string, ImmutableArray<string>> Lists, string Name)? _list;
    private int _line;

    private LexiconReader(string name, List<string> problems) => (_name, _problems) = (name, problems);

    /// <summary>Null where <paramref name="problems"/> were added.</summary>
    public static LexiconFile? Read(string name, string text, List<string> problems)
    {
        var before = problems.Count;
        var reader = new LexiconReader(name, problems);
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n', MaxLines)) reader.ReadLine(line);
        foreach (var missing in LexiconLabels.Lists.Where(l => !reader._lists.ContainsKey(l)))
            problems.Add($"{name}: has no word list [words {missing}]; copy it from the file that ships.");
        return problems.Count == before ? new LexiconFile(reader._rules, reader._examples, reader._lists.ToImmutableDictionary(), reader._meanings.ToImmutableDictionary()) : null;
    }

    private void ReadLine(string line)
    {
        _line++;
        var content = (line.IndexOf('#') is var remark and >= 0 ? line[..remark] : line).Trim();
        if (content.Length == 0) return;
        if (content.StartsWith('[')) BeginSection(content);
        else if (_list is { } list) AddWords(list.Lists, list.Name, content);
        else if (_example is { } example) _examples.Add(new Example(example.Sub, example.Intents, Words.Of(content)));
        else if (_label is not null) AddRule(_label, content);
        else Complain("stands before the first section; write a section such as [price] above it");
    }

    private void BeginSection(string content)
    {
        (_label, _list, _example) = (null, null, null);
        var name = content.TrimStart('[').TrimEnd(']').Trim();
        switch (name.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            case ["words", var list]:
                _list = (_lists, list);
                break;
            case ["meaning", var meaning]:
                _list = (_meanings, meaning);
                break;
            case ["examples", var label, .. var intents] when Labels.TryParse<SubReason>(label, out var sub) && intents.All(i => Labels.TryParse<Intent>(i, out _)):
                _example = (sub, [.. intents.Select(i => Labels.TryParse<Intent>(i, out var intent) ? intent : default)]);
                break;
            case [var label] when LexiconLabels.All.Contains(label):
                _label = label;
                break;
            default:
                Complain($"[{name}] is no section; write one of {string.Join(", ", LexiconLabels.All)}, [words NAME], [meaning NAME] or [examples SUB-REASON INTENTS]");
                break;
        }
        if (_list is { } begun) begun.Lists.TryAdd(begun.Name, []);
    }

    private void AddWords(Dictionary<string, ImmutableArray<string>> lists, string name, string content)
    {
        foreach (var word in content.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(w => w.Replace("'", "", StringComparison.Ordinal)))
        {
            if (word.Trim('*') is { Length: > 0 } bare && bare.All(char.IsLetterOrDigit)) lists[name] = lists[name].Add(word);
            else Complain($"\"{word}\" is no word; write letters and digits, with * for the rest of a word");
        }
    }

    private void AddRule(string label, string content)
    {
        var weight = UsualWeight;
        if (content.Split(' ', 2) is [var number, var rest] && number.Length == 1 && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var given))
            (weight, content) = (given, rest.Trim());
        if (weight is < 1 or > 9)
        {
            Complain("has a weight of 0; write 1 to 9");
            return;
        }
        try
        {
            var negation = _lists.GetValueOrDefault(LexiconLabels.Negation, []);
            foreach (var pattern in Variants(content).Select(v => Pattern.Parse(v, _lists)))
                _rules.Add(new LexiconRule(label, weight, pattern, pattern.Words.Any(w => negation.Contains(w))));
        }
        catch (FormatException e)
        {
            Complain($"\"{content}\" {e.Message}");
        }
    }

    /// <summary><c>thank_you|thanks for</c> is two patterns: a choice of several words makes one of its own.</summary>
    private static IEnumerable<string> Variants(string pattern)
    {
        var parts = pattern.Split(' ');
        var at = Array.FindIndex(parts, p => p.Contains('_', StringComparison.Ordinal));
        if (at < 0) return [pattern];
        var choices = parts[at].TrimEnd('?').Split('|').ToLookup(c => c.Contains('_', StringComparison.Ordinal));
        var variants = choices[true].Select(c => c.Replace('_', ' '));
        if (choices[false].Any()) variants = variants.Append(string.Join('|', choices[false]));
        return variants.SelectMany(v => Variants(string.Join(' ', [.. parts[..at], v, .. parts[(at + 1)..]])));
    }

    private void Complain(string problem) => _problems.Add($"{_name}, line {_line}: {problem}.");
}
