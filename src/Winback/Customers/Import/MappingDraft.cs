using System.Globalization;

namespace Winback.Customers.Import;

/// <summary>Which field each column of a file holds, while a user decides it. Begins with what the options and the column names say. Immutable.</summary>
public sealed class MappingDraft
{
    private const int SampleRows = 3;

    private readonly ImportOptions _options;

    private MappingDraft(ImportOptions options, MappingDraft from, IReadOnlyList<ImportField?> fields)
        : this(options, from.Header, from.Samples, fields)
    {
    }

    private MappingDraft(ImportOptions options, IReadOnlyList<string> header, IReadOnlyList<string[]> samples, IReadOnlyList<ImportField?> fields)
    {
        _options = options;
        (Header, Samples, Fields) = (header, samples, fields);
    }

    /// <summary>The column names; "column 1" and so on where the file has none.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>The cells of the first rows.</summary>
    public IReadOnlyList<string[]> Samples { get; }

    /// <summary>The field of each column; null for one that is passed over.</summary>
    public IReadOnlyList<ImportField?> Fields { get; }

    public bool HasHeader => _options.Columns is null;

    /// <summary>What imports the file so; its maps are only those that the names do not say.</summary>
    public ImportOptions Options => HasHeader
        ? _options with { Maps = [.. KnownField.Of(_options.Kind).SelectMany(Maps)] }
        : _options with { Columns = [.. Fields.Select(NameOf)] };

    /// <exception cref="ImportException">The file cannot be read, or an option names what is not there.</exception>
    public static MappingDraft Of(ImportOptions options)
    {
        var source = RecordSource.Open(options);
        var samples = source.Records().Take(SampleRows).Select(record => record.Cells).ToList();
        if (options.Columns is { } named)
        {
            var header = named.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"column {i + 1}")).ToList();
            return new MappingDraft(options, header, samples, [.. named.Select(name => KnownField.Find(name.Trim(), options.Kind)?.Field)]);
        }
        var fields = new ImportField?[source.Header.Count];
        var maps = options.Maps.Select(map => ColumnMap.Read(map, source.Header, options.Kind)).ToList();
        foreach (var field in KnownField.Of(options.Kind).Where(f => !maps.Exists(m => m.Field == f.Field)))
        {
            foreach (var column in Columns.Known(source.Header, field).Take(field.Repeats ? int.MaxValue : 1)) fields[column] = field.Field;
        }
        foreach (var map in maps) fields[map.Column] = map.Field;
        return new MappingDraft(options, source.Header, samples, fields);
    }

    /// <param name="column">From 0.</param>
    /// <param name="field">Taken from the column that holds it, unless several may.</param>
    public MappingDraft With(int column, ImportField? field)
    {
        var repeats = KnownField.Of(_options.Kind).Any(f => f.Field == field && f.Repeats);
        var fields = Fields.Select(f => f == field && !repeats ? null : f).ToArray();
        fields[column] = field;
        return new MappingDraft(_options, this, fields);
    }

    public MappingDraft With(DecimalSign sign) => new(_options with { DecimalSign = sign }, this, Fields);

    /// <summary>The first line is data after all, or has names after all.</summary>
    /// <exception cref="ImportException">The file cannot be read so.</exception>
    public MappingDraft Turned() => Of(_options with { Maps = [], Columns = HasHeader ? [.. Header.Select(_ => ColumnMap.PassedOver)] : null });

    private IEnumerable<string> Maps(KnownField field)
    {
        var held = Enumerable.Range(0, Header.Count).Where(i => Fields[i] == field.Field).ToList();
        var known = Columns.Known(Header, field).ToList();
        if (held.Count == 0) return known.Where(i => Fields[i] is null).Select(i => $"{ColumnMap.NameOf(i, Header)}={ColumnMap.PassedOver}");
        return held.SequenceEqual(known) ? [] : held.Select(i => $"{ColumnMap.NameOf(i, Header)}={field.Name}");
    }

    private string NameOf(ImportField? field) => KnownField.Of(_options.Kind).FirstOrDefault(f => f.Field == field)?.Name ?? ColumnMap.PassedOver;
}
