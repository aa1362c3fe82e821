using System.Text;
using CsvHelper;

namespace Winback.Customers.Import;

/// <summary>A text file: finds its encoding and separator.</summary>
public sealed class TextSource : RecordSource
{
    // A quote that is never closed must not read a large file into memory as one cell.
    private const int MaxRecordBytes = 1_000_000;

    private readonly string _path;
    private readonly Encoding _encoding;
    private readonly FieldSeparator? _given;
    private readonly char _separator;

    private TextSource(ImportOptions options, Encoding encoding)
        : base(options)
    {
        _path = options.Path;
        _encoding = encoding;
        _given = options.Separator;
        using var reader = Reader(OpenStream(_path), malformed: null);
        _separator = Guarded(() => reader.Separator);
        if (!HasHeader) return;
        Header = [.. Spaced(Guarded(() => reader.Headers)).Select(name => name.Replace("\uFFFE", "", StringComparison.Ordinal).Trim())];
        if (Header.Count == 0) throw new ImportException($"{FileName} is empty. The first line must hold the names of the columns.");
    }

    /// <remarks>Spaces do not separate the cells of the rejected file: the reasons have spaces.</remarks>
    public override char Separator => IsSpaced ? ';' : _separator;

    public override string Description =>
        $"text in {_encoding.WebName}, separated by {(FieldSeparators.Of(_separator) ?? FieldSeparator.Comma).ToString().ToLowerInvariant()}";

    private bool IsSpaced => _given == FieldSeparator.Space;

    /// <exception cref="ImportException">It cannot be read, it is no text or it is empty.</exception>
    public static new TextSource Open(ImportOptions options)
    {
        if (options.Sheet is not null) throw new ImportException($"{Path.GetFileName(options.Path)} is no Excel workbook, so it has no sheets: leave out --sheet.");
        if (options.Encoding is { } name) return new TextSource(options, FileEncoding.Named(name));
        using var stream = OpenStream(options.Path);
        return new TextSource(options, FileEncoding.Detect(stream, Path.GetFileName(options.Path)));
    }

    public override IEnumerable<SourceRecord> Records(DecimalSign sign = DecimalSign.Point, Action<long>? position = null)
    {
        var stream = OpenStream(_path);
        CsvMalformedRecord? malformed = null;
        using var reader = Reader(stream, found => malformed = found);
        while (Guarded(reader.Read))
        {
            var cells = Spaced(reader.Current.ToArray());
            if (cells.All(string.IsNullOrWhiteSpace)) continue;
            cells = Trim(cells);
            position?.Invoke(stream.Position);
            yield return new SourceRecord(reader.LineNumber, cells, Problem(cells, malformed?.LineNumber == reader.LineNumber ? malformed : null));
        }
    }

    private string? Problem(string[] cells, CsvMalformedRecord? malformed)
    {
        if (malformed is { Reason: CsvMalformedReason.UnterminatedQuote } open && open.RawRecord.AsSpan().ContainsAny('\r', '\n'))
            throw NeverClosed(open.LineNumber);
        return malformed?.Reason switch
        {
            CsvMalformedReason.UnterminatedQuote => "a quote is opened and not closed",
            CsvMalformedReason.TextAfterClosingQuote => "there is text after a closing quote; a quote inside a quoted cell must be doubled",
            _ => WidthProblem(cells), // A quote inside a cell that does not start with one is text: 3,5" disk.
        };
    }

    /// <summary>Columns that are padded with spaces have several of them between two cells.</summary>
    private string[] Spaced(IEnumerable<string> cells) => [.. cells.Where(cell => !IsSpaced || cell.Length > 0)];

    private CsvReader Reader(Stream stream, Action<CsvMalformedRecord>? malformed) => CsvReader.Create(stream, new CsvReaderOptions
    {
        Encoding = _encoding,
        Separator = _given is { } given ? FieldSeparators.CharOf(given) : null,
        Mode = IsSpaced ? CsvMode.NoEscape : CsvMode.Rfc4180,
        HasHeader = HasHeader,
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MaxRecordSize = MaxRecordBytes,
        IncludeValuesInExceptions = false,
        OnMalformedRecord = malformed,
    });

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CsvFormatException e)
        {
            throw NeverClosed(e.LineNumber, e);
        }
    }

    private ImportException NeverClosed(long line, Exception? inner = null) => new(
        $"{FileName}: the row that starts on line {line} does not end. Most likely a quote (\") is opened there and not closed: " +
        "close it, or double it where it is part of the text.",
        inner);
}
