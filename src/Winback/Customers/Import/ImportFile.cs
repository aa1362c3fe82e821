namespace Winback.Customers.Import;

/// <summary>One record as it was understood: either a row, or the reason why not.</summary>
public sealed record ReadRow(CsvRecord Record, ImportedRow? Row, string? Reason);

/// <summary>A file that has been read through once and can be imported: its columns and its decimal sign are known.</summary>
public sealed class ImportFile
{
    private readonly CsvSource _source;
    private readonly DecimalSign? _decimal;

    private ImportFile(ImportOptions options, CsvSource source, Columns columns, DecimalSign? sign)
    {
        Options = options;
        _source = source;
        _decimal = sign;
        Columns = columns;
    }

    public ImportOptions Options { get; }

    public Columns Columns { get; }

    public char Separator => _source.Separator;

    /// <exception cref="ImportException">The file as a whole cannot be imported; the message says why and what to do.</exception>
    public static ImportFile Open(ImportOptions options)
    {
        var source = CsvSource.Open(options.Path);
        var columns = Columns.Match(source.Header, options.Kind, options.Maps);
        // Read to the end in any case: a quote that is never closed must be found before anything is applied.
        var amounts = new AmountColumn();
        foreach (var record in source.Records())
        {
            if (record.Problem is null) amounts.Observe(record.Line, columns.Cell(record.Cells, ImportField.Amount));
        }
        return new ImportFile(options, source, columns, options.DecimalSign ?? amounts.Decide());
    }

    /// <summary>All rows in file order, read while they are asked for. Equal purchase lines are numbered anew each time.</summary>
    /// <param name="position">Told how many bytes have been read.</param>
    public IEnumerable<ReadRow> Rows(Action<long>? position = null)
    {
        var reader = new RowReader(Options.Kind, Columns, Options.Zone, _decimal);
        var equalLines = new EqualLines();
        foreach (var record in _source.Records(position))
        {
            var row = reader.Read(record, out var reason);
            if (row is PurchaseRow purchase) row = new PurchaseRow(equalLines.Number(purchase.Purchase));
            yield return new ReadRow(record, row, reason);
        }
    }
}
