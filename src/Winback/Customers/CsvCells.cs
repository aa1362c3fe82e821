using System.Globalization;
using CsvHelper;

namespace Winback.Customers;

/// <summary>
/// Writes cells that a spreadsheet of the owner's language reads as what they are: numbers and days as such, and a text never as a formula
/// (https://owasp.org/www-community/attacks/CSV_Injection).
/// </summary>
public sealed class CsvCells : IAsyncDisposable
{
    private readonly CultureInfo _culture;
    private readonly TimeZoneInfo _zone;
    private readonly CsvWriter _csv;

    /// <param name="language">nl or en: ; and 1,50 or , and 1.50.</param>
    public CsvCells(Stream file, string language, TimeZoneInfo zone)
    {
        (_culture, _zone) = (CultureInfo.GetCultureInfo(language == "en" ? "en-GB" : "nl-NL"), zone);
        _csv = CsvWriter.Create(
            file,
            new CsvWriterOptions
            {
                Separator = language == "en" ? ',' : ';',
                WriteByteOrderMark = true, // Excel reads UTF-8 only with it.
            },
            leaveOpen: false);
    }

    public async Task WriteAsync(IEnumerable<object?> cells, CancellationToken cancel) => await _csv.WriteRecordAsync([.. cells.Select(Text)], cancel);

    public ValueTask DisposeAsync() => _csv.DisposeAsync();

    private string Text(object? cell) => cell switch
    {
        null => "",
        bool yes => yes ? "yes" : "no",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset at => TimeZoneInfo.ConvertTime(at, _zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        decimal amount => amount.ToString("0.00", _culture),
        int or long => ((IFormattable)cell).ToString(null, CultureInfo.InvariantCulture),
        string text when text.Length > 0 && "=+-@\t\r\n".Contains(text[0], StringComparison.Ordinal) => "'" + text,
        _ => cell.ToString() ?? "",
    };
}
