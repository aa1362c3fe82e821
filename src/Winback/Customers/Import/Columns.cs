using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Winback.Customers.Import;

/// <summary>Which column of a file holds which field.</summary>
public sealed partial class Columns
{
    private readonly Dictionary<ImportField, int> _indexes;

    private Columns(IReadOnlyList<string> header, Dictionary<ImportField, int> indexes)
    {
        Header = header;
        _indexes = indexes;
    }

    /// <summary>The column names as the file has them.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>The columns that are no field: an import passes them over.</summary>
    public IEnumerable<string> Unused => Header.Where((name, i) => name.Length > 0 && !_indexes.ContainsValue(i));

    /// <summary>A column name without what may differ between exports: case, spaces, hyphens, other punctuation and accents.</summary>
    public static string Key(string name)
    {
        var letters = name.Normalize(NormalizationForm.FormD).Where(char.IsLetterOrDigit);
        return string.Concat(letters).ToLowerInvariant();
    }

    /// <exception cref="ImportException">The header cannot be understood; the message says what to do.</exception>
    public static Columns Match(IReadOnlyList<string> header, ImportKind kind, IReadOnlyList<string> maps)
    {
        var fields = KnownField.Of(kind);
        var mapped = maps.Select(map => ReadMap(map, header, fields)).ToList();
        var keys = header.Select(Key).ToList();
        var indexes = new Dictionary<ImportField, int>();
        foreach (var field in fields)
        {
            var given = mapped.Where(m => m.Field == field.Field).Select(m => m.Column).Distinct().ToList();
            var known = Enumerable.Range(0, keys.Count)
                .Where(i => field.Synonyms.Contains(keys[i]) && !mapped.Exists(m => m.Column == i))
                .ToList();
            var chosen = given.Count > 0 ? given : known;
            if (chosen.Count > 1) throw TwoColumns(header, chosen, field);
            if (chosen.Count == 1) indexes[field.Field] = chosen[0];
        }
        RequireColumns(header, kind, fields, indexes);
        return new Columns(header, indexes);
    }

    public bool Has(ImportField field) => _indexes.ContainsKey(field);

    /// <summary>Whether the column, counted from 0, holds a field.</summary>
    public bool IsUsed(int column) => _indexes.ContainsValue(column);

    /// <summary>The cell as text: trimmed, white space as single spaces, Unicode NFC; null where there is no such column or the cell is empty.</summary>
    public string? Cell(IReadOnlyList<string> cells, ImportField field)
    {
        if (!_indexes.TryGetValue(field, out var index)) return null;
        var text = WhiteSpace().Replace(cells[index], " ").Trim();
        // U+FFFE is the one character that Normalize refuses in text that comes out of a decoder.
        return text.Length == 0 ? null : text.Contains('\uFFFE', StringComparison.Ordinal) ? text : text.Normalize(NormalizationForm.FormC);
    }

    private static (int Column, ImportField Field) ReadMap(string map, IReadOnlyList<string> header, IReadOnlyList<KnownField> fields)
    {
        var equals = map.LastIndexOf('=');
        if (equals < 1) throw new ImportException($"--map \"{map}\" is not of the form \"Column=field\". The fields are: {Names(fields)}.");
        var (column, name) = (map[..equals].Trim(), Key(map[(equals + 1)..]));
        var field = fields.FirstOrDefault(f => Key(f.Name) == name) ?? fields.FirstOrDefault(f => f.Synonyms.Contains(name))
            ?? throw new ImportException($"--map \"{map}\": there is no field \"{map[(equals + 1)..].Trim()}\". The fields are: {Names(fields)}.");
        var columns = Enumerable.Range(0, header.Count).Where(i => string.Equals(header[i], column, StringComparison.OrdinalIgnoreCase)).ToList();
        if (columns.Count == 0 && Key(column).Length > 0) columns = [.. Enumerable.Range(0, header.Count).Where(i => Key(header[i]) == Key(column))];
        return columns.Count switch
        {
            1 => (columns[0], field.Field),
            0 => throw new ImportException($"--map \"{map}\": the file has no column \"{column}\". Its columns are: {Names(header)}."),
            _ => throw new ImportException($"--map \"{map}\": the file has {columns.Count} columns \"{column}\". Give them different names in the file."),
        };
    }

    private static ImportException TwoColumns(IReadOnlyList<string> header, List<int> columns, KnownField field)
    {
        var names = columns.ConvertAll(i => $"\"{header[i]}\"");
        var advice = names.Distinct(StringComparer.OrdinalIgnoreCase).Count() < names.Count
            ? "Give them different names in the file and say which one counts"
            : "Say which one counts";
        return new ImportException(
            $"The columns {string.Join(" and ", names)} both mean {field.Name}. {advice}: --map \"{header[columns[0]]}={field.Name}\".");
    }

    private static void RequireColumns(
        IReadOnlyList<string> header, ImportKind kind, IReadOnlyList<KnownField> fields, Dictionary<ImportField, int> indexes)
    {
        // A file without a header starts with a customer: that is no column name and is not shown.
        if (indexes.Count == 0 && header.Any(name => name.Contains('@', StringComparison.Ordinal) || DateOrNumber().IsMatch(name)))
            throw new ImportException($"The first line of the file holds data, not column names. Put a line with the names above it. {Wanted(kind, fields)}");
        if (indexes.Count == 0)
            throw new ImportException($"None of the column names is known. The columns are: {Names(header)}. {Wanted(kind, fields)} " +
                $"Say what a column holds with --map, for example --map \"{Shown(header[0])}=customer\".");

        var missing = fields.Where(f => f.Required && !indexes.ContainsKey(f.Field)).Select(f => f.Name).ToList();
        if (kind == ImportKind.Subscriptions && !indexes.ContainsKey(ImportField.Plan) && !indexes.ContainsKey(ImportField.Subscription))
            missing.Add("plan (or subscription)");
        if (missing.Count > 0)
            throw new ImportException($"The file has no column for {string.Join(" and ", missing)}. Its columns are: {Names(header)}. " +
                $"Say which one it is: --map \"Column={missing[0].Split(' ')[0]}\".");
    }

    private static string Wanted(ImportKind kind, IReadOnlyList<KnownField> fields) =>
        $"A file of {kind.ToString().ToLowerInvariant()} has columns such as {string.Join(", ", fields.Where(f => f.Required).Select(f => f.Synonyms[0]))}.";

    private static string Names(IReadOnlyList<KnownField> fields) => string.Join(", ", fields.Select(f => f.Name));

    private static string Names(IReadOnlyList<string> header) =>
        string.Join(", ", header.Take(30).Select(Shown)) + (header.Count > 30 ? string.Create(CultureInfo.InvariantCulture, $" and {header.Count - 30} more") : "");

    private static string Shown(string name) => name.Length > 40 ? name[..40] + "..." : name;

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(@"^[-0-9.,:/ ]*[0-9][-0-9.,:/ ]*\z")]
    private static partial Regex DateOrNumber();
}
