using System.Text;
using Winback.Cli.Commands;
using Winback.Customers.Import;
using Winback.Intake;
using Winback.Tests.Fakes;

namespace Winback.Tests.Customers.Import;

/// <summary>What was rejected, mended in the rejected file and imported with the command that the user is told, is as if it had been right at once.</summary>
public sealed class RejectedRowsTests : IDisposable
{
    private readonly ImportFolder _folder = new();
    private readonly InMemoryApp _app = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Dispose();
        _app.Dispose();
    }

    [Theory]
    // Sample, what is wrong in its rejected file and what makes it right (several with ~), how many rows that mends, a mended row.
    [InlineData("kassa-overzicht.xlsx", "45845~2025-07-09;B6;", "2025-07-10~2025-07-09;B6;4,5", 2, "1003 | 2025-07-10 | 10.00 | B7")]
    [InlineData("zonder-kop.xlsx", "K?", "K3", 1, "k3 | 2025-01-03 | 13.00 | Diner")]
    [InlineData("oude-kassa.xls", "K3;;", "K3;1-3-2004;", 1, "k3 | 2004-03-01 | 19.50 | Slot")]
    [InlineData("muziekwinkel.txt", "19970231~00003;0003;19980630;1;", "19970228~00003;0003;19980630;1;5.00", 2, "00002 | 1997-02-28 | 9.99")]
    [InlineData("sql-dump.tsv", "0000-00-00 00:00:00~\\N\t2025", "2025-01-04~19\t2025", 2, "19 | 2025-01-02 00:00:00 +01:00 | 5.00 | A2 | Pen")]
    [InlineData("access-klanten.txt", "K/19", "K-19", 1, "k-19 | Dhr. C. Pot | c.pot@voorbeeld.example | yes (Column)")]
    [InlineData("untill-bonnen.txt", "20240230", "20240229", 1, "1002 | 2024-02-29 | 37.50 | 240003 | Menu 3-gangen")]
    [InlineData("twelve-kassa.csv", "7003;;;;;6", "7003;Bier;;4-5-2025;2,50;6", 1, "7003 | 2025-05-04 | 2.50 | Bier")]
    [InlineData("bankafschrift.csv", "NL00BANK0123456789,,DV", "NL00BANK0123456789,NL3,DV", 1, "nl3 | 2025-02-03 | 0.03")]
    [InlineData("abonnementen.xlsx", "onbekend", "1-6-2026", 1, "a2 | S3 | Groentetas | 2025-06-01 | 2026-06-01")]
    public async Task Mended_rows_are_imported_with_the_command_that_the_user_is_told(string name, string wrong, string right, int count, string mended)
    {
        var copy = _folder.Path(name);
        File.Copy(Path.Combine(ImportSamples.Folder, name), copy);
        var options = ImportSamples.Options(name, copy);
        await ImportAsync(options);
        Mend(options.RejectedPath, wrong, right);

        var again = ImportSamples.Parse(ImportCommandText.Of(ImportFile.Open(options).ForRejected));
        var rows = ImportFile.Open(again).Rows().ToList();
        Assert.Contains(mended, rows.Select(row => ImportSamples.Text(row).Split(": ", 2)[1]));
        Assert.Equal(count, rows.Count(row => row.Row is not null));
        var counts = await ImportAsync(again);
        Assert.Equal((count, 0L), (counts.Read - counts.Rejected, counts.Changed + counts.Unchanged));
    }

    [Fact]
    public async Task A_rejected_row_alone_need_not_tell_its_decimal_sign_again()
    {
        var options = _folder.Options(ImportKind.Purchases, "klantnummer;datum;bedrag\n1;1-1-2025;12,50\n1;31-2-2025;1.234\n");
        await ImportAsync(options);
        Mend(options.RejectedPath, "31-2-2025", "28-2-2025");
        var again = ImportFile.Open(options).ForRejected;
        Assert.Equal(DecimalSign.Comma, again.DecimalSign);
        Assert.EndsWith("| 1234.00", ImportSamples.Text(ImportFile.Open(again).Rows().Single()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_customer_exception_holds_for_rejected_rows_too()
    {
        var options = _folder.Options(ImportKind.Customers, "klantnummer;naam\n1;Jan\n;Piet\n") with { ByCustomerException = true };
        await ImportAsync(options);
        Mend(options.RejectedPath, ";Piet", "2;Piet");
        await ImportAsync(ImportSamples.Parse(ImportCommandText.Of(ImportFile.Open(options).ForRejected)));
        Assert.True(_app.Customers["2"].MarketingPermission);
    }

    [Fact]
    public async Task Columns_called_line_and_reason_in_the_middle_of_a_file_stay_where_they_are()
    {
        var options = _folder.Options(ImportKind.Customers, "line;reason;naam;klantnummer\n1;moved;Jan;\n");
        await ImportAsync(options);
        Assert.Equal(["line;reason;naam;klantnummer;line;reason", "1;moved;Jan;;2;the customer number is empty"], File.ReadAllLines(options.RejectedPath));
    }

    private static void Mend(string path, string wrong, string right)
    {
        var text = File.ReadAllText(path);
        foreach (var (from, to) in wrong.Split('~').Zip(right.Split('~')))
        {
            Assert.Contains(from, text, StringComparison.Ordinal);
            text = text.Replace(from, to, StringComparison.Ordinal);
        }
        File.WriteAllText(path, text, Encoding.UTF8);
    }

    private Task<ImportCounts> ImportAsync(ImportOptions options) => new Importer(_app.Get<CustomerBook>()).RunAsync(options, null, Cancel);
}
