namespace Winback.Customers.Import;

/// <summary>One record of the file.</summary>
/// <param name="Line">The physical line where it starts, from 1: empty lines and line breaks inside quotes count. In a workbook the row.</param>
/// <param name="Problem">Why its cells cannot be trusted; null when they can.</param>
/// <param name="IsNumber">Which cells are numbers by themselves, as only a workbook tells; null for none.</param>
public sealed record SourceRecord(long Line, string[] Cells, string? Problem, bool[]? IsNumber = null);

/// <summary>A file of records: finds out how it is written, and reads its records as often as asked, one at a time.</summary>
public abstract class RecordSource
{
    private readonly string _path;
    private readonly int? _columnsNamed;

    private protected RecordSource(ImportOptions options)
    {
        _path = options.Path;
        _columnsNamed = options.Columns?.Count;
    }

    /// <summary>The column names as the file has them; empty where <see cref="ImportOptions.Columns"/> names them.</summary>
    public IReadOnlyList<string> Header { get; private protected set; } = [];

    /// <summary>What separates the cells of the rejected file.</summary>
    public abstract char Separator { get; }

    /// <summary>How the file was understood, for the user: its separator and encoding, or its sheet.</summary>
    public abstract string Description { get; }

    public string FileName => Path.GetFileName(_path);

    private protected bool HasHeader => _columnsNamed is null;

    private int Width => _columnsNamed ?? Header.Count;

    /// <exception cref="ImportException">There is no such file, it cannot be read, it is no table or it is empty.</exception>
    public static RecordSource Open(ImportOptions options)
    {
        using var stream = OpenStream(options.Path);
        var start = new byte[8];
        stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return WorkbookSource.IsWorkbook(start) ? WorkbookSource.Open(options) : TextSource.Open(options);
    }

    /// <summary>The records below the header. Records without any text, as spreadsheets leave below a table, are passed over.</summary>
    /// <param name="sign">How the cells that are numbers by themselves are written.</param>
    /// <param name="position">Told how many bytes have been read, before each record.</param>
    /// <exception cref="ImportException">The file is broken somewhere.</exception>
    public abstract IEnumerable<SourceRecord> Records(DecimalSign sign = DecimalSign.Point, Action<long>? position = null);

    /// <summary>Empty cells that are too many at the end say nothing; a row with too few may have lost one in the middle.</summary>
    private protected string[] Trim(string[] cells)
    {
        var length = cells.Length;
        while (length > Width && string.IsNullOrWhiteSpace(cells[length - 1])) length--;
        return cells[..length];
    }

    private protected string? WidthProblem(string[] cells) => cells.Length == Width ? null
        : HasHeader ? $"the row has {cells.Length} cells, the header has {Width}" : $"the row has {cells.Length} cells, --columns names {Width}";

    private protected static FileStream OpenStream(string path)
    {
        if (Directory.Exists(path)) throw new ImportException($"{path} is a folder. Name the file in it.");
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
