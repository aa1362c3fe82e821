using System.IO.Compression;
using Winback.Customers.Import;

namespace Winback.Tests.Customers.Import;

public sealed class WorkbookSourceTests : IDisposable
{
    private readonly ImportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Cells_come_as_text_that_means_the_same()
    {
        var records = Open("kassa-overzicht.xlsx").Records().ToDictionary(r => r.Line);
        Assert.Equal(["1001", "2025-07-05", "B1", "29.33", "0.1"], records[2].Cells);
        Assert.Equal(["1001", "2025-07-05 14:30:00", "B2", "-12.5", ""], records[3].Cells);
        Assert.Equal(["1002", "20250706", "B3", "3.129", ""], records[4].Cells); // what a formula gave
        Assert.Equal(["1003", "2025-07-09", "B6", "", ""], records[7].Cells); // an error
        Assert.Equal("0.3", records[9].Cells[3]); // 0.1 + 0.2
        Assert.Equal([true, false, false, true, true], records[2].IsNumber!);
    }

    [Fact]
    public void Numbers_are_written_with_the_sign_that_the_texts_beside_them_have()
    {
        // "1.234,50" is a text in that column; 1.234 is a number and no matter of opinion.
        var file = ImportFile.Open(new ImportOptions(ImportKind.Purchases, Sample("kassa-overzicht.xlsx"), ImportFolder.Amsterdam));
        Assert.Equal(DecimalSign.Comma, file.ForRejected.DecimalSign);
        Assert.Contains("6: 1003 | 2025-07-08 | 1.23 | B5", file.Rows().Select(ImportSamples.Text));
        Assert.Contains("5: 1002 | 2025-07-07 | 1234.50 | B4", file.Rows().Select(ImportSamples.Text));
    }

    [Fact]
    public void Numbers_shown_with_leading_zeros_keep_them_and_yes_and_no_are_words() =>
        Assert.Equal(["00042", "Quinten Bos", "quinten@voorbeeld.example", "true", "2019-03-01"], Open("ledenlijst.xlsx").Records().First().Cells);

    [Fact]
    public void The_first_visible_sheet_with_something_on_it_is_read_and_the_rows_have_their_own_numbers()
    {
        var source = Open("ledenlijst.xlsx");
        Assert.Equal("workbook, sheet \"Leden\"", source.Description);
        Assert.Equal(["Lidnummer", "Naam", "E-mail", "Nieuwsbrief", "Lid sinds"], source.Header);
        Assert.Equal([4, 5, 7, 8, 9, 10], source.Records().Select(r => r.Line));
    }

    [Theory]
    [InlineData("verborgen", "Klantnummer")] // hidden, but asked for
    [InlineData("Leden", "Lidnummer")]
    public void A_sheet_can_be_named(string sheet, string first) => Assert.Equal(first, Open("ledenlijst.xlsx", o => o with { Sheet = sheet }).Header[0]);

    [Theory]
    [InlineData("Klanten", "has no sheet \"Klanten\". Its sheets are: Blad1, Verborgen, Leden.")]
    [InlineData("Blad1", "The sheet \"Blad1\" of ledenlijst.xlsx is empty.")]
    public void A_sheet_that_is_not_there_or_empty_is_refused(string sheet, string message) =>
        Refused(message, () => Open("ledenlijst.xlsx", o => o with { Sheet = sheet }));

    [Fact]
    public void What_is_for_text_files_is_refused()
    {
        Refused("leave out --separator and --encoding", () => Open("ledenlijst.xlsx", o => o with { Separator = FieldSeparator.Comma }));
        Refused("leave out --separator and --encoding", () => Open("ledenlijst.xlsx", o => o with { Encoding = "utf-8" }));
    }

    [Fact]
    public void A_broken_workbook_or_another_zip_file_is_refused_with_advice()
    {
        var whole = File.ReadAllBytes(Sample("ledenlijst.xlsx"));
        File.WriteAllBytes(_folder.Path("half.xlsx"), whole[..(whole.Length / 2)]);
        Refused("half.xlsx is an Excel workbook or another zip file that cannot be read. Open it in Excel", () => Open(_folder.Path("half.xlsx")));

        using (var zip = ZipFile.Open(_folder.Path("fotos.zip"), ZipArchiveMode.Create)) zip.CreateEntry("foto.txt");
        Refused("cannot be read", () => Open(_folder.Path("fotos.zip")));

        var old = File.ReadAllBytes(Sample("oude-kassa.xls"));
        File.WriteAllBytes(_folder.Path("half.xls"), old[..1024]);
        Refused("cannot be read", () => Open(_folder.Path("half.xls")));
    }

    [Fact]
    public void Half_a_sheet_in_a_whole_workbook_is_refused_before_anything_is_applied()
    {
        File.Copy(Sample("kassa-overzicht.xlsx"), _folder.Path("f.xlsx"));
        using (var zip = ZipFile.Open(_folder.Path("f.xlsx"), ZipArchiveMode.Update))
        {
            var sheet = zip.Entries.Single(e => e.FullName.EndsWith("sheet1.xml", StringComparison.Ordinal));
            using var reader = new StreamReader(sheet.Open());
            var text = reader.ReadToEnd();
            reader.Dispose();
            sheet.Delete();
            using var writer = new StreamWriter(zip.CreateEntry(sheet.FullName).Open());
            writer.Write(text[..(text.Length * 2 / 3)]);
        }
        Refused("cannot be read", () => ImportFile.Open(new ImportOptions(ImportKind.Purchases, _folder.Path("f.xlsx"), ImportFolder.Amsterdam)));
    }

    private static string Sample(string name) => Path.Combine(ImportSamples.Folder, name);

    private static RecordSource Open(string path, Func<ImportOptions, ImportOptions>? but = null)
    {
        var options = new ImportOptions(ImportKind.Customers, Path.IsPathRooted(path) ? path : Sample(path), ImportFolder.Amsterdam);
        return RecordSource.Open(but is null ? options : but(options));
    }

    private static void Refused(string message, Action open) =>
        Assert.Contains(message, Assert.Throws<ImportException>(open).Message, StringComparison.Ordinal);
}
