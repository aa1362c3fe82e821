using System.Globalization;
using CsvHelper;

namespace Winback.Customers.Import;

/// <summary>
/// The rows that could not be read, with the line where each starts and the reason: correct them and import the file as it is.
/// A row with too few cells gets empty ones; what a row has too many follows after the reason. Gone when nothing was rejected.
/// </summary>
public sealed class RejectedFile : IDisposable
{
    private readonly string _path;
    private readonly CsvWriter _writer;
    private readonly int[] _columns;
    private readonly int _headerCount;

    private RejectedFile(string path, ImportFile file, CsvWriter writer)
    {
        _path = path;
        _writer = writer;
        var header = file.Columns.Header;
        _headerCount = header.Count;
        // An earlier rejected file's own columns do not pile up.
        _columns = [.. Enumerable.Range(0, header.Count - (EndsAsOurs(file.Columns) ? 2 : 0))];
        _writer.WriteRecord([.. _columns.Select(i => header[i]), "line", "reason"]);
    }

    public long Count { get; private set; }

    /// <summary>Replaces the file of an earlier run.</summary>
    /// <exception cref="ImportException">The file cannot be written.</exception>
    public static RejectedFile Create(ImportOptions options, ImportFile file)
    {
        var path = options.RejectedPath;
        if (Path.GetFullPath(path) == Path.GetFullPath(options.Path))
            throw new ImportException($"The rejected rows cannot go to {path}: that is the file that is imported.");
        try
        {
            var writer = CsvWriter.ToFile(path, new CsvWriterOptions
            {
                Separator = file.Separator,
                WriteByteOrderMark = true, // Excel reads UTF-8 only with it.
                Quoting = CsvQuoting.WhenNeededOrWhitespace,
                ValidateFieldCount = false, // A row with too many cells keeps them.
            });
            return new RejectedFile(path, file, writer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ImportException($"The rejected rows cannot be written to {path}: {e.Message} Close it where it is open, or choose another place.", e);
        }
    }

    public void Add(SourceRecord record, string reason)
    {
        Count++;
        _writer.WriteRecord(
        [
            .. _columns.Select(i => i < record.Cells.Length ? record.Cells[i] : ""),
            record.Line.ToString(CultureInfo.InvariantCulture),
            reason,
            .. record.Cells.Skip(_headerCount),
        ]);
    }

    public void Dispose()
    {
        _writer.Dispose();
        if (Count == 0) File.Delete(_path);
    }

    private static bool EndsAsOurs(Columns columns) =>
        columns.Header is [.., "line", "reason"] header && !columns.IsUsed(header.Count - 2) && !columns.IsUsed(header.Count - 1);
}
