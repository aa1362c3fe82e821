using System.Text;
using CsvHelper;

namespace Winback.Customers.Import;

/// <summary>One record of the file.</summary>
/// <param name="Line">The physical line where it starts, from 1: empty lines and line breaks inside quotes count.</param>
/// <param name="Problem">Why its cells cannot be trusted; null when they can.</param>
public sealed record CsvRecord(long Line, string[] Cells, string? Problem);

/// <summary>A CSV file: finds its encoding and separator, and reads its records as often as asked, one at a time.</summary>
public sealed class CsvSource
{
    // A quote that is never closed must not read a large file into memory as one cell.
    private const int MaxRecordBytes = 1_000_000;

    private readonly string _path;
    private readonly Encoding _encoding;

    private CsvSource(string path, Encoding encoding)
    {
        _path = path;
        _encoding = encoding;
        using var reader = Reader(OpenStream(path), malformed: null);
        Header = Guarded(() => reader.Headers).Select(name => name.Replace("\uFFFE", "", StringComparison.Ordinal).Trim()).ToArray();
        if (Header.Count == 0) throw new ImportException($"{FileName} is empty. The first line must hold the names of the columns.");
        Separator = reader.Separator;
    }

    public IReadOnlyList<string> Header { get; }

    public char Separator { get; }

    public string FileName => Path.GetFileName(_path);

    /// <exception cref="ImportException">There is no such file, it cannot be read, it is no text or it is empty.</exception>
    public static CsvSource Open(string path)
    {
        using var stream = OpenStream(path);
        return new CsvSource(path, FileEncoding.Detect(stream, Path.GetFileName(path)));
    }

    /// <summary>The records below the header. Records without any text, as spreadsheets leave below a table, are passed over.</summary>
    /// <param name="position">Told how many bytes have been read, before each record.</param>
    /// <exception cref="ImportException">A quote is opened and never closed.</exception>
    public IEnumerable<CsvRecord> Records(Action<long>? position = null)
    {
        var stream = OpenStream(_path);
        CsvMalformedRecord? malformed = null;
        using var reader = Reader(stream, found => malformed = found);
        while (Guarded(reader.Read))
        {
            var cells = reader.Current.ToArray();
            if (cells.All(string.IsNullOrWhiteSpace)) continue;
            position?.Invoke(stream.Position);
            yield return new CsvRecord(reader.LineNumber, cells, Problem(cells, malformed?.LineNumber == reader.LineNumber ? malformed : null));
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
            _ when cells.Length != Header.Count => $"the row has {cells.Length} cells, the header has {Header.Count}",
            _ => null, // A quote inside a cell that does not start with one is text: 3,5" disk.
        };
    }

    private CsvReader Reader(Stream stream, Action<CsvMalformedRecord>? malformed) => CsvReader.Create(stream, new CsvReaderOptions
    {
        Encoding = _encoding,
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

    private static FileStream OpenStream(string path)
    {
        if (Directory.Exists(path)) throw new ImportException($"{path} is a folder. Name the CSV file in it.");
        try
        {
            // Excel keeps the file it shows open for writing.
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ImportException($"There is no file {path}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ImportException($"{path} cannot be read: {e.Message}", e);
        }
    }
}
