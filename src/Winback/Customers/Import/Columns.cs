using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Winback.Customers.Import;

/// <summary>Which column of a file holds which field.</summary>
public sealed partial class Columns
{
    // In the order in which they are looked at; several only where the field allows it.
    private readonly Dictionary<ImportField, int[]> _indexes;

    private Columns(IReadOnlyList<string> header, Dictionary<ImportField, int[]> indexes)
    {
        Header = header;
        _indexes = indexes;
    }

    /// <summary>The column names as the file has them, or names that mean the same where it has none.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>The columns that are no field: an import passes them over.</summary>
    public IEnumerable<string> Unused => Header.Where((name, i) => name.Length > 0 && !IsUsed(i));

    /// <summary>A column name without what may differ between exports: case, spaces, hyphens, other punctuation and accents.</summary>
    public static string Key(string name)
    {
        var letters = name.Normalize(NormalizationForm.FormD).Where(char.IsLetterOrDigit);
        return string.Concat(letters).ToLowerInvariant();
    }

    /// <param name="header">The column names of the file; not looked at when the options name the columns.</param>
    /// <exception cref="ImportException">The columns cannot be understood; the message says what to do.</exception>
    public static Columns Of(IReadOnlyList<string> header, ImportOptions options)
    {
        var columns = options.Columns is { } names ? Named(names, options) : Match(header, options.Kind, options.Maps);
        if (options.ByCustomerException && columns.Has(ImportField.Permission))
            throw new ImportException(
                $"The column \"{columns.Header[columns._indexes[ImportField.Permission][0]]}\" says who may be mailed, and what it says goes before the customer " +
                "exception. Leave out --permission.");
        return columns;
    }

    /// <exception cref="ImportException">The header cannot be understood; the message says what to do.</exception>
    public static Columns Match(IReadOnlyList<string> header, ImportKind kind, IReadOnlyList<string> maps)
    {
        var mapped = maps.Select(map => ColumnMap.Read(map, header, kind)).ToList();
        var indexes = new Dictionary<ImportField, int[]>();
        foreach (var field in KnownField.Of(kind))
        {
            var given = mapped.Where(m => m.Field == field.Field).Select(m => m.Column).Distinct().ToArray();
            var chosen = given.Length > 0 ? given : [.. Known(header, field).Where(i => !mapped.Exists(m => m.Column == i))];
            if (chosen.Length > 1 && !field.Repeats) throw TwoColumns(header, chosen, field);
            if (chosen.Length > 0) indexes[field.Field] = chosen;
        }
        RequireColumns(header, kind, indexes);
        return new Columns(header, indexes);
    }

    /// <summary>The columns whose name is known for a field.</summary>
    public static IEnumerable<int> Known(IReadOnlyList<string> header, KnownField field) =>
        Enumerable.Range(0, header.Count).Where(i => field.Synonyms.Contains(Key(header[i])));

    /// <summary>Column names for a message.</summary>
    public static string Names(IReadOnlyList<string> header)
    {
        var named = header.Where(name => name.Length > 0).ToList();
        return string.Join(", ", named.Take(30).Select(Shown)) + (named.Count > 30 ? string.Create(CultureInfo.InvariantCulture, $" and {named.Count - 30} more") : "");
    }

    public bool Has(ImportField field) => _indexes.ContainsKey(field);

    /// <summary>Whether the column, counted from 0, holds a field.</summary>
    public bool IsUsed(int column) => _indexes.Values.Any(columns => columns.Contains(column));

    /// <summary>The cell as text: trimmed, white space as single spaces, Unicode NFC; null where there is no such column or the cell is empty.</summary>
    public string? Cell(IReadOnlyList<string> cells, ImportField field) => _indexes.TryGetValue(field, out var columns) ? Text(cells[columns[0]]) : null;

    /// <summary>The cells that are not empty, where several columns hold the field.</summary>
    public IEnumerable<string> Cells(IReadOnlyList<string> cells, ImportField field) =>
        _indexes.TryGetValue(field, out var columns) ? columns.Select(i => Text(cells[i])).OfType<string>() : [];

    /// <summary>Whether the cell is a number by itself, so that its text needs no decision.</summary>
    public bool IsNumber(SourceRecord record, ImportField field) =>
        record.IsNumber is { } isNumber && _indexes.TryGetValue(field, out var columns) && columns[0] < isNumber.Length && isNumber[columns[0]];

    private static string? Text(string cell)
    {
        var text = WhiteSpace().Replace(cell, " ").Trim();
        // What databases write for no value.
        if (text.Length == 0 || text == "\\N") return null;
        // U+FFFE is the one character that Normalize refuses in text that comes out of a decoder.
        return text.Contains('\uFFFE', StringComparison.Ordinal) ? text : text.Normalize(NormalizationForm.FormC);
    }

    private static Columns Named(IReadOnlyList<string> names, ImportOptions options)
    {
        if (options.Maps.Count > 0) throw new ImportException("--map names columns by the first line of the file, which --columns says it does not have. Use one of them.");
        var fields = names.Select(name => name.Trim() is "" or ColumnMap.PassedOver ? null : KnownField.Find(name, options.Kind)
            ?? throw new ImportException($"--columns: there is no field \"{name.Trim()}\". The fields are: {KnownField.Names(options.Kind)}.")).ToList();
        List<string> header = [.. fields.Select((field, i) => field?.Heading ?? string.Create(CultureInfo.InvariantCulture, $"column {i + 1}"))];
        var indexes = new Dictionary<ImportField, int[]>();
        foreach (var group in fields.Index().Where(f => f.Item is not null).GroupBy(f => f.Item!, f => f.Index))
        {
            if (group.Count() > 1 && !group.Key.Repeats) throw new ImportException($"--columns names {group.Key.Name} more than once. Pass a column over with -.");
            indexes[group.Key.Field] = [.. group];
        }
        if (Missing(options.Kind, indexes) is { Count: > 0 } missing)
            throw new ImportException($"--columns lacks {string.Join(" and ", missing)}. Name the field of each column in order, with - to pass one over.");
        return new Columns(header, indexes);
    }

    private static ImportException TwoColumns(IReadOnlyList<string> header, int[] columns, KnownField field)
    {
        var names = columns.Select(i => $"\"{header[i]}\"");
        return new ImportException($"The columns {string.Join(" and ", names)} both mean {field.Name}. Say which one counts: " +
            $"--map \"{ColumnMap.NameOf(columns[0], header)}={field.Name}\" or --map \"{ColumnMap.NameOf(columns[1], header)}={field.Name}\".");
    }

    private static void RequireColumns(IReadOnlyList<string> header, ImportKind kind, Dictionary<ImportField, int[]> indexes)
    {
        var fields = KnownField.Of(kind);
        // A file without a header starts with a customer: that is no column name and is not shown.
        if (indexes.Count == 0 && header.Any(name => name.Contains('@', StringComparison.Ordinal) || DateOrNumber().IsMatch(name)))
            throw new ImportException("The first line of the file holds data, not column names. Name the field of each column in order, with - to pass one over: " +
                $"--columns {string.Join(',', fields.Where(f => f.Required).Select(f => f.Name))}.");
        if (indexes.Count == 0)
            throw new ImportException($"None of the column names is known. The columns are: {Names(header)}. " +
                $"A file of {kind.ToString().ToLowerInvariant()} has columns such as {string.Join(", ", fields.Where(f => f.Required).Select(f => f.Synonyms[0]))}. " +
                "Where titles stand above the column names, remove those lines. " +
                $"Else say what a column holds with --map, for example --map \"{Shown(header[0])}=customer\".");
        if (Missing(kind, indexes) is { Count: > 0 } missing)
            throw new ImportException($"The file has no column for {string.Join(" and ", missing)}. Its columns are: {Names(header)}. " +
                $"Say which one it is: --map \"Column={missing[0].Split(' ')[0]}\".");
    }

    private static List<string> Missing(ImportKind kind, Dictionary<ImportField, int[]> indexes)
    {
        var missing = KnownField.Of(kind).Where(f => f.Required && !indexes.ContainsKey(f.Field)).Select(f => f.Name).ToList();
        if (kind == ImportKind.Subscriptions && !indexes.ContainsKey(ImportField.Plan) && !indexes.ContainsKey(ImportField.Subscription))
            missing.Add("plan (or subscription)");
        return missing;
    }

    private static string Shown(string name) => name.Length > 40 ? name[..40] + "..." : name;

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(@"^[-0-9.,:/ ]*[0-9][-0-9.,:/ ]*\z")]
    private static partial Regex DateOrNumber();
}
