using System.Text;
using System.Text.RegularExpressions;

namespace Winback.Campaigns.Rendering;

/// <summary>
/// Reads every placeholder of a text before it is ever used, both branches of each condition: only known names and the few known
/// blocks pass. What passes here cannot fail at sending for want of a name.
/// </summary>
internal sealed partial class PlaceholderCheck
{
    private readonly string _file;
    private readonly IReadOnlyList<MailPlaceholder> _known;
    private readonly MailPartials? _partials;
    private readonly Stack<Block> _open = new();
    private readonly Dictionary<string, int> _needs = [];
    private readonly HashSet<string> _used = [];
    private readonly StringBuilder _complete = new();
    private int _line;

    private PlaceholderCheck(string file, IReadOnlyList<MailPlaceholder> known, MailPartials? partials) =>
        (_file, _known, _partials) = (file, known, partials);

    /// <param name="firstLine">The line of the file on which the text starts.</param>
    /// <param name="partials">What {{> name}} may name; null where none may be used: so no partial can contain itself.</param>
    /// <exception cref="TemplateException">Something that is not a known placeholder or block, or a block that is not closed.</exception>
    public static Findings Read(string file, int firstLine, string text, IReadOnlyList<MailPlaceholder> known, MailPartials? partials)
    {
        var check = new PlaceholderCheck(file, known, partials);
        check.Walk(firstLine, text);
        return new Findings(check._used, check._needs, check._complete.ToString());
    }

    /// <param name="Used">The names that stand in the text.</param>
    /// <param name="Needs">The optional parts used outside an {{#if}} that makes sure of them, with the first line where.</param>
    /// <param name="Text">The text with its partials put in place.</param>
    public sealed record Findings(IReadOnlySet<string> Used, IReadOnlyDictionary<string, int> Needs, string Text);

    private sealed record Block(string Name, string Condition, string? Part, int Line, bool InElse = false)
    {
        public bool MakesSureOf(string part) => Part == part && InElse == (Name == "unless");
    }

    private void Walk(int firstLine, string text)
    {
        _line = firstLine;
        var (counted, copied) = (0, 0);
        for (var start = 0; (start = text.IndexOf("{{", start, StringComparison.Ordinal)) >= 0;)
        {
            _line += text.AsSpan(counted, start - counted).Count('\n');
            counted = start;
            var match = Braces().Match(text, start);
            if (!match.Success) throw Wrong("a placeholder starts with {{ but does not end with }}", "Add the closing }}");
            if (start > 0 && text[start - 1] == '\\') throw Wrong("a \\ stands before {{", "Leave it out");
            if (!match.Groups["comment"].Success
                && Expression(match.Groups["inside"].Value.Trim('~', ' ', '\r', '\n', '\t'), match.Groups["raw"].Success) is { } partial)
            {
                if (match.Value.Contains('~', StringComparison.Ordinal)) throw Wrong("a ~ has no meaning with a partial", "Leave it out");
                _complete.Append(text, copied, start - copied).Append(partial);
                copied = start + match.Length;
            }
            start += match.Length;
        }
        _complete.Append(text, copied, text.Length - copied);
        if (_open.TryPeek(out var block))
        {
            _line = block.Line;
            throw Wrong($"{{{{#{block.Name} {block.Condition}}}}} is not closed", $"Add {{{{/{block.Name}}}}} where it ends");
        }
    }

    /// <returns>What stands in its place, where that is another text.</returns>
    private string? Expression(string inside, bool raw)
    {
        var words = Words().Matches(inside).Select(match => match.Value).ToArray();
        switch (words)
        {
            case ["#if" or "#unless", var condition]:
                _open.Push(new Block(words[0][1..], condition, PartOf(condition), _line));
                break;
            case ["else"]:
                if (!_open.TryPop(out var opened) || opened.InElse)
                    throw Wrong("{{else}} has no {{#if}} before it", "Put it between {{#if ...}} and {{/if}}, once");
                _open.Push(opened with { InElse = true });
                break;
            case ["/if" or "/unless"]:
                if (!_open.TryPop(out var closed) || closed.Name != words[0][1..])
                    throw Wrong($"{{{{{inside}}}}} closes a block that is not open", "Close blocks in the reverse order of opening, each once");
                break;
            case [">", var partial]:
                return Include(partial);
            case [['>', _, ..] partial]:
                return Include(partial[1..]);
            case ["plural" or "date" or "money", ..]:
                Written(words, inside);
                break;
            case [var name] when !"#/>&^*@".Contains(name[0], StringComparison.Ordinal):
                if (Named(name).IsHtml != raw)
                    throw raw
                        ? Wrong($"three braces stand around {name}", $"Write {{{{{name}}}}}")
                        : Wrong($"two braces stand around {name}", $"Write {{{{{{{name}}}}}}}");
                Use(name);
                break;
            default:
                throw Wrong($"{{{{{inside}}}}} is not understood",
                    "Besides placeholders there are only {{#if x}}, {{#unless x}}, {{else}}, {{> partial}}, {{plural x \"one\" \"more\"}}, {{date x}} and {{money 25}}");
        }
        return null;
    }

    // What has a form of its own per language.
    private void Written(string[] words, string inside)
    {
        switch (words)
        {
            case ["plural", var number, ['"' or '\'', ..], ['"' or '\'', ..]]:
                if (!Named(number).IsNumber)
                    throw Wrong($"{number} is not a number", "Give {{plural}} one of " + NamesOf(placeholder => placeholder.IsNumber));
                Use(number);
                break;
            case ["plural", ..]:
                throw Wrong($"{{{{{inside}}}}} is not complete", """Write it as {{plural subscription.days_left "dag" "dagen"}}""");
            case ["date", var date, .. var form] when form is [] or ["\"short\"" or "'short'" or "\"month\"" or "'month'"]:
                if (!Named(date).IsDate)
                    throw Wrong($"{date} is not a date", "Give {{date}} one of " + NamesOf(placeholder => placeholder.IsDate));
                Use(date);
                break;
            case ["date", ..]:
                throw Wrong($"{{{{{inside}}}}} is not a way to write a date",
                    """Write {{date last_visit}}, {{date last_visit "short"}} or {{date last_visit "month"}}""");
            case ["money", var amount] when Amount().IsMatch(amount):
                break;
            default:
                throw Wrong($"{{{{{inside}}}}} is not an amount", "Write it as {{money 25}} or {{money 37.50}}, with a point");
        }
    }

    private string Include(string name)
    {
        if (_partials is null) throw Wrong($"{{{{> {name}}}}} stands in a partial or the layout; only a mail may use a partial", "Put its text here");
        var partial = _partials.Find(name) ?? throw Wrong($"unknown partial {{{{> {name}}}}}", _partials.Remedy(name));
        foreach (var used in partial.Findings.Used) _used.Add(used);
        foreach (var part in partial.Findings.Needs.Keys) Need(part);
        return partial.Text;
    }

    private void Use(string name)
    {
        _used.Add(name);
        if (Named(name).OptionalPart is { } part) Need(part);
    }

    private void Need(string part)
    {
        if (!_open.Any(block => block.MakesSureOf(part))) _needs.TryAdd(part, _line);
    }

    // A condition may also name a whole optional part: {{#if offer}}.
    private string? PartOf(string condition) =>
        _known.Any(placeholder => placeholder.OptionalPart == condition) ? condition : Named(condition).OptionalPart;

    private MailPlaceholder Named(string name) =>
        _known.FirstOrDefault(placeholder => placeholder.Name == name)
        ?? throw Wrong($"unknown placeholder {{{{{name}}}}}", Spelling.Suggest(name, [.. _known.Select(placeholder => placeholder.Name)]));

    private string NamesOf(Func<MailPlaceholder, bool> which) => string.Join(", ", _known.Where(which).Select(placeholder => placeholder.Name));

    private TemplateException Wrong(string problem, string remedy) => new(_file, _line, problem, remedy);

    [GeneratedRegex(@"^\d{1,9}(\.\d{1,2})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Amount();

    [GeneratedRegex("""\G\{\{(?:(?<comment>!--.*?--|!(?!--)[^}]*)|(?<raw>\{)(?<inside>[^{}]*)\}|(?<inside>[^{}]*))\}\}""", RegexOptions.Singleline)]
    private static partial Regex Braces();

    [GeneratedRegex("""
        "[^"]*"|'[^']*'|\S+
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Words();
}
