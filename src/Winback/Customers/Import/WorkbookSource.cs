using System.Globalization;
using System.Text;
using System.Xml;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace Winback.Customers.Import;

/// <summary>
/// A sheet of an Excel workbook, .xlsx or .xls. Cells come as text: a day as 2025-12-31, a number in full and as many digits as a format such as
/// 00000 shows, what a formula gave when the workbook was saved; an error such as #N/A is empty. Hidden rows and columns count.
/// The texts of a workbook are held in memory while it is read; its rows are not.
/// </summary>
public sealed class WorkbookSource : RecordSource
{
    private readonly string _path;
    private readonly string _sheet;
    private readonly int _headerRow;

    // Old workbooks are in old encodings, which .NET has on request only.
    static WorkbookSource() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private WorkbookSource(ImportOptions options)
        : base(options)
    {
        _path = options.Path;
        using var reader = Reader();
        _sheet = Guarded(() => FindSheet(reader, options.Sheet));
        if (!HasHeader) return;
        var header = new List<string>(Cells(reader, DecimalSign.Point).Cells);
        while (header.Count > 0 && header[^1].Length == 0) header.RemoveAt(header.Count - 1);
        Header = header.ConvertAll(name => name.Trim());
        _headerRow = reader.Depth;
    }

    public override char Separator => ';';

    public override string Description => $"workbook, sheet \"{_sheet}\"";

    /// <param name="start">The first bytes of the file.</param>
    public static bool IsWorkbook(ReadOnlySpan<byte> start) => start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0]);

    /// <exception cref="ImportException">It is no workbook that can be read, or has no such sheet.</exception>
    public static new WorkbookSource Open(ImportOptions options)
    {
        if (options.Separator is not null || options.Encoding is not null)
            throw new ImportException($"{Path.GetFileName(options.Path)} is an Excel workbook: leave out --separator and --encoding, which are for text files.");
        return new WorkbookSource(options);
    }

    public override IEnumerable<SourceRecord> Records(DecimalSign sign = DecimalSign.Point, Action<long>? position = null)
    {
        var bytes = new FileInfo(_path).Length;
        using var reader = Reader();
        Guarded(() => FindSheet(reader, _sheet));
        // Standing on the first row with text: the header, or data.
        for (var more = true; more; more = Guarded(reader.Read))
        {
            if (HasHeader && reader.Depth <= _headerRow) continue;
            var (cells, isNumber) = Cells(reader, sign);
            if (cells.All(string.IsNullOrWhiteSpace)) continue;
            cells = Trim(cells);
            position?.Invoke(bytes * (reader.Depth + 1) / Math.Max(reader.RowCount, reader.Depth + 1));
            yield return new SourceRecord(reader.Depth + 1, cells, WidthProblem(cells), isNumber);
        }
    }

    /// <summary>Stops on the sheet's first row with text.</summary>
    private string FindSheet(IExcelDataReader reader, string? name)
    {
        var names = new List<string>();
        do
        {
            names.Add(reader.Name);
            if (name is null ? reader.VisibleState != "visible" : !string.Equals(reader.Name, name, StringComparison.OrdinalIgnoreCase)) continue;
            while (reader.Read())
            {
                if (Cells(reader, DecimalSign.Point).Cells.Any(cell => !string.IsNullOrWhiteSpace(cell))) return reader.Name;
            }
            if (name is not null) throw new ImportException($"The sheet \"{name}\" of {FileName} is empty.");
        }
        while (reader.NextResult());
        throw new ImportException(name is null
            ? $"{FileName} has nothing on any visible sheet."
            : $"{FileName} has no sheet \"{name}\". Its sheets are: {string.Join(", ", names)}.");
    }

    private static (string[] Cells, bool[] IsNumber) Cells(IExcelDataReader reader, DecimalSign sign)
    {
        var (cells, isNumber) = (new string[reader.FieldCount], new bool[reader.FieldCount]);
        for (var i = 0; i < cells.Length; i++)
        {
            var value = reader.GetValue(i);
            isNumber[i] = value is double or int;
            cells[i] = value switch
            {
                null => "",
                double or int => Number(Convert.ToDouble(value, CultureInfo.InvariantCulture), reader.GetNumberFormatString(i), sign),
                DateTime time => Date(time),
                TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
                bool yes => yes ? "true" : "false",
                _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
            };
        }
        return (cells, isNumber);
    }

    private static string Number(double value, string? format, DecimalSign sign)
    {
        if (Math.Abs(value) >= 1e20) return value.ToString(CultureInfo.InvariantCulture);
        // As a decimal it has the 15 digits that Excel shows, without the noise behind them.
        var text = ((decimal)value).ToString("0.############################", CultureInfo.InvariantCulture);
        // Customer numbers with leading zeros are often numbers that are shown so.
        if (format is { Length: > 1 } && format.All(c => c == '0') && value >= 0) return text.PadLeft(format.Length, '0');
        return sign == DecimalSign.Comma ? text.Replace('.', ',') : text;
    }

    private static string Date(DateTime time)
    {
        // Excel counts days in fractions; a time is some microseconds off.
        var whole = new DateTime((time.Ticks + TimeSpan.TicksPerSecond / 2) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, DateTimeKind.Unspecified);
        return whole.ToString(whole.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }

    private IExcelDataReader Reader()
    {
        var stream = OpenStream(_path);
        try
        {
            return Guarded(() => ExcelReaderFactory.CreateReader(stream));
        }
        catch (ImportException)
        {
            stream.Dispose();
            throw;
        }
    }

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidPasswordException e)
        {
            throw new ImportException($"{FileName} is an Excel workbook with a password. Save it without one.", e);
        }
        catch (Exception e) when (e is ExcelReaderException or InvalidDataException or XmlException or EndOfStreamException
            or ArgumentException or InvalidOperationException or NullReferenceException or IndexOutOfRangeException)
        {
            // The library answers a broken file with whatever it stumbles over.
            throw new ImportException(
                $"{FileName} is an Excel workbook or another zip file that cannot be read. Open it in Excel and save it again, as .xlsx or as CSV (UTF-8).", e);
        }
    }
}
