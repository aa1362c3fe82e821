using System.Globalization;
using CsvHelper;

namespace Winback.Cli.Demo;

/// <summary>
/// The three exports as three systems write them: a Dutch customer list and till (semicolons, CRLF, a byte order mark, 31-12-2025, 1.234,56) and an
/// English gym system (commas, LF, 2025-12-31).
/// </summary>
internal static class SampleBaseFiles
{
    private static readonly NumberFormatInfo DutchAmounts = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "." };

    public static void Write(string folder, IReadOnlyList<SampleCustomer> customers)
    {
        WriteRows(Path.Combine(folder, "klanten.csv"), dutch: true,
            ["klantnummer", "naam", "voornaam", "e-mail", "telefoon", "taal", "toestemming"],
            customers.Select(c => new[] { c.Number, c.Name, c.FirstName, c.Email, c.Phone, c.Language, c.Permission }));
        // A till writes the lines of all customers as the days go by.
        WriteRows(Path.Combine(folder, "aankopen.csv"), dutch: true,
            ["bonnummer", "klantnummer", "datum", "bedrag", "artikel"],
            customers.SelectMany(c => c.Sales).OrderBy(sale => sale.Day).ThenBy(sale => sale.Receipt, StringComparer.Ordinal).Select(sale => new[]
            {
                sale.Receipt, sale.Customer, sale.Day.ToString("dd-MM-yyyy", CultureInfo.InvariantCulture),
                sale.Amount.ToString("#,##0.00", DutchAmounts), sale.Article,
            }));
        WriteRows(Path.Combine(folder, "subscriptions.csv"), dutch: false,
            ["customer number", "subscription number", "plan", "start date", "renewal date", "auto renew"],
            customers.SelectMany(c => c.Subscriptions.Select(s => new[] { c.Number, s.Number, s.Plan, Iso(s.Start), Iso(s.Renewal), s.AutoRenew })));
    }

    private static void WriteRows(string path, bool dutch, string[] header, IEnumerable<string[]> rows)
    {
        using var csv = CsvWriter.ToFile(path, new CsvWriterOptions
        {
            Separator = dutch ? ';' : ',',
            NewLine = dutch ? "\r\n" : "\n",
            WriteByteOrderMark = dutch,
        });
        csv.WriteHeader(header);
        foreach (var row in rows) csv.WriteRecord(row);
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
