namespace Winback.Customers.Import;

/// <summary>One record as it was understood: either a row, or the reason why not.</summary>
public sealed record ReadRow(SourceRecord Record, ImportedRow? Row, string? Reason);

/// <summary>A file that has been read through and can be imported: its columns, its decimal sign and its repeated lines are known.</summary>
public sealed class ImportFile
{
    private readonly RecordSource _source;
    private readonly DecimalSign? _decimal;
    private readonly EqualLines _equalLines;

    private ImportFile(ImportOptions options, RecordSource source, Columns columns, DecimalSign? sign)
    {
        Options = options;
        _source = source;
        _decimal = sign;
        Columns = columns;
        _equalLines = new EqualLines(new FileInfo(options.Path).Length);
    }

    public ImportOptions Options { get; }

    public Columns Columns { get; }

    /// <inheritdoc cref="RecordSource.Separator"/>
    public char Separator => _source.Separator;

    /// <inheritdoc cref="RecordSource.Description"/>
    public string Description => _source.Description;

    /// <summary>
    /// How to import the rejected rows once they are mended: that file has column names, is separated by commas or the like, and may be too
    /// short to tell its decimal sign.
    /// </summary>
    public ImportOptions ForRejected => new(Options.Kind, Options.RejectedPath, Options.Zone)
    {
        Maps = Options.Maps,
        DecimalSign = _decimal,
        ByCustomerException = Options.ByCustomerException,
    };

    /// <exception cref="ImportException">The file as a whole cannot be imported; the message says why and what to do.</exception>
    public static ImportFile Open(ImportOptions options)
    {
        var source = RecordSource.Open(options);
        var columns = Columns.Of(source.Header, options);
        // Read to the end in any case: a quote that is never closed must be found before anything is applied.
        var amounts = new AmountColumn();
        var isFirst = true;
        foreach (var record in source.Records())
        {
            if (isFirst && options.Columns is { } named && record.Cells.Length != named.Count)
                throw new ImportException($"The first row of {source.FileName} has {record.Cells.Length} cells, --columns names {named.Count}. " +
                    "Name the field of each column in order, with - to pass one over.");
            isFirst = false;
            if (record.Problem is null && !columns.IsNumber(record, ImportField.Amount))
                amounts.Observe(record.Line, columns.Cell(record.Cells, ImportField.Amount));
        }
        var file = new ImportFile(options, source, columns, options.DecimalSign ?? amounts.Decide());
        if (options.Kind == ImportKind.Purchases)
        {
            foreach (var row in file.Read(null)) if (row.Row is PurchaseRow purchase) file._equalLines.Observe(purchase.Purchase);
        }
        return file;
    }

    /// <summary>All rows in file order, read while they are asked for. Equal purchase lines are numbered anew each time.</summary>
    /// <param name="position">Told how many bytes have been read.</param>
    public IEnumerable<ReadRow> Rows(Action<long>? position = null)
    {
        var numbered = _equalLines.Numbering();
        return Read(position).Select(row => row.Row is PurchaseRow purchase ? row with { Row = new PurchaseRow(numbered(purchase.Purchase)) } : row);
    }

    private IEnumerable<ReadRow> Read(Action<long>? position)
    {
        var reader = new RowReader(Options, Columns, _decimal);
        foreach (var record in _source.Records(_decimal ?? DecimalSign.Point, position))
        {
            var row = reader.Read(record, out var reason);
            yield return new ReadRow(record, row, reason);
        }
    }
}
