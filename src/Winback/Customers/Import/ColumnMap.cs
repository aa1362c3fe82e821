using System.Globalization;

namespace Winback.Customers.Import;

/// <summary>
/// What one --map says: "Column=field". Of columns with the same name "Column#2" is the second, and "#3" is the third column of the file.
/// "Column=-" passes a column over that would be taken for a field.
/// </summary>
/// <param name="Column">From 0.</param>
/// <param name="Field">Null: passed over.</param>
public sealed record ColumnMap(int Column, ImportField? Field)
{
    /// <summary>In place of a field: the column is passed over.</summary>
    public const string PassedOver = "-";

    /// <exception cref="ImportException">There is no such column or field, or several; the message says what to do.</exception>
    public static ColumnMap Read(string map, IReadOnlyList<string> header, ImportKind kind)
    {
        var equals = map.LastIndexOf('=');
        if (equals < 1) throw new ImportException($"--map \"{map}\" is not of the form \"Column=field\". The fields are: {KnownField.Names(kind)}.");
        var (column, name) = (map[..equals].Trim(), map[(equals + 1)..].Trim());
        var field = name == PassedOver ? null : KnownField.Find(name, kind)
            ?? throw new ImportException($"--map \"{map}\": there is no field \"{name}\". The fields are: {KnownField.Names(kind)}.");
        return Find(column, header) switch
        {
            [var index] => new ColumnMap(index, field?.Field),
            [] => throw new ImportException($"--map \"{map}\": the file has no column \"{column}\". Its columns are: {Columns.Names(header)}."),
            var several => throw new ImportException(
                $"--map \"{map}\": the file has {several.Count} columns \"{column}\". Say which one: --map \"{column}#1={name}\" or \"{column}#2={name}\"."),
        };
    }

    /// <summary>How to name a column so that no other is meant.</summary>
    public static string NameOf(int column, IReadOnlyList<string> header)
    {
        var name = header[column];
        var position = string.Create(CultureInfo.InvariantCulture, $"#{column + 1}");
        if (Find(name, header) is [_]) return name;
        var same = string.Create(CultureInfo.InvariantCulture, $"{name}#{Matches(name, header).IndexOf(column) + 1}");
        return name.Length > 0 && Find(same, header) is [var found] && found == column ? same : position;
    }

    private static List<int> Find(string column, IReadOnlyList<string> header)
    {
        if (Matches(column, header) is { Count: > 0 } named) return named;
        var hash = column.LastIndexOf('#');
        if (hash < 0 || !int.TryParse(column.AsSpan(hash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return [];
        var among = hash == 0 ? [.. Enumerable.Range(0, header.Count)] : Matches(column[..hash].Trim(), header);
        return number >= 1 && number <= among.Count ? [among[number - 1]] : [];
    }

    private static List<int> Matches(string name, IReadOnlyList<string> header)
    {
        if (name.Length == 0) return [];
        var exact = Where(other => string.Equals(other, name, StringComparison.OrdinalIgnoreCase));
        // "#3" is letters and digits too, but no name.
        return exact.Count > 0 || name.Contains('#', StringComparison.Ordinal) || Columns.Key(name).Length == 0
            ? exact
            : Where(other => Columns.Key(other) == Columns.Key(name));

        List<int> Where(Func<string, bool> condition) => [.. Enumerable.Range(0, header.Count).Where(i => condition(header[i]))];
    }
}
