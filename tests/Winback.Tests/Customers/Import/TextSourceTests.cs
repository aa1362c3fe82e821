using System.Text;
using Winback.Customers.Import;

namespace Winback.Tests.Customers.Import;

public sealed class TextSourceTests : IDisposable
{
    private readonly ImportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("windows-1252", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    public void Names_keep_their_accents_in_every_encoding(string encoding, bool byteOrderMark)
    {
        var text = "klantnummer;naam\r\n1;René Müller\r\n2;Zoë – “’s-Gravenhage” €\r\n";
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);
        File.WriteAllBytes(_folder.Path("f.csv"), [.. byteOrderMark ? bytes.GetPreamble() : [], .. bytes.GetBytes(text)]);

        var source = Open(_folder.Path("f.csv"));

        Assert.Equal(["klantnummer", "naam"], source.Header);
        Assert.Equal(["René Müller", "Zoë – “’s-Gravenhage” €"], source.Records().Select(r => r.Cells[1]));
    }

    [Fact]
    public void One_byte_that_is_no_UTF8_at_the_very_end_of_a_large_file_decides_for_windows_1252()
    {
        // Over several read buffers, so that the first of them alone would have said UTF-8.
        var text = "klantnummer;naam\n" + string.Concat(Enumerable.Range(1, 30_000).Select(n => $"{n};Jan\n")) + "99999;Zo";
        File.WriteAllBytes(_folder.Path("f.csv"), [.. Encoding.ASCII.GetBytes(text), 0xEB]);
        Assert.Equal("Zoë", Open(_folder.Path("f.csv")).Records().Last().Cells[1]);
    }

    [Fact]
    public void A_letter_on_the_edge_of_a_read_buffer_is_still_UTF8()
    {
        var start = "klantnummer;naam\n1;";
        var text = start + new string('x', 64 * 1024 - 1 - start.Length) + "é";
        Assert.EndsWith("xé", Open(_folder.Write(text)).Records().Single().Cells[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("k;bedrag;naam\n1;12,50;Jansen, Piet\n2;3,50;De Vries, Jan\n", ';')] // decimal commas do not mislead
    [InlineData("k,bedrag,naam\n1,12.50,\"a;b;c;d\"\n", ',')] // nor what stands in quotes
    [InlineData("\"k\";\"naam, voornaam\"\n\"1\";\"x\"\n", ';')]
    [InlineData("k;bedrag\n1;12,50\n", ';')]
    [InlineData("k,naam\n", ',')]
    [InlineData("k;naam\n", ';')]
    [InlineData("klantnummer\n1\n", ',')] // one column: any separator will do
    [InlineData("k\tnaam\n1\tx\n", '\t')] // Excel's "Unicode text"
    [InlineData("k|naam|bedrag\n1|x, y|12,50\n", '|')]
    [InlineData("sep=;\nk;naam\n1;a,b,c\n", ';')] // what some exports write for Excel
    public void The_separator_is_found(string text, char expected) => Assert.Equal(expected, Open(_folder.Write(text)).Separator);

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")] // Excel for the Mac's "CSV (Macintosh)"
    public void Lines_are_the_physical_lines_of_the_file(string end)
    {
        string[] lines =
        [
            "klantnummer;naam", // 1
            "1;Jan", // 2
            "2;\"Piet", // 3: goes on
            "", // 4: inside the quotes
            "de Vries\"", // 5
            "", // 6: empty
            ";", // 7: empty cells, as Excel leaves them
            "3;Klaas", // 8
            "  ", // 9
            "4;\"O\"\"Brien\"", // 10
        ];
        var records = Open(_folder.Write(string.Join(end, lines))).Records().ToList();
        Assert.Equal([2, 3, 8, 10], records.Select(r => r.Line));
        Assert.Equal($"Piet{end}{end}de Vries", records[1].Cells[1]);
        Assert.Equal("O\"Brien", records[3].Cells[1]);
    }

    [Fact]
    public void A_first_line_for_Excel_counts_as_a_line() =>
        Assert.Equal(3, Open(_folder.Write("sep=;\nk;n\n1;x\n")).Records().Single().Line);

    [Theory]
    [InlineData("1;2", "the row has 2 cells, the header has 3")]
    [InlineData("1;2;3;4", "the row has 4 cells, the header has 3")]
    [InlineData("1;2;3;;", null)] // empty cells beyond the header are nothing
    [InlineData("1;\"a\"b;3", "text after a closing quote")]
    [InlineData("1;2;\"3", "a quote is opened and not closed")] // on the last line, where it swallows nothing
    [InlineData("1;3,5\" disk;3", null)] // a quote within a cell is text
    [InlineData("1; \"a;b\" ;3", null)] // spaces around quotes do not count
    [InlineData("1;;", null)]
    public void A_record_that_is_not_well_formed_says_why(string line, string? reason)
    {
        var record = Open(_folder.Write("a;b;c\n0;0;0\n" + line)).Records().Last();
        Assert.Equal(3, record.Line);
        if (reason is null) Assert.Null(record.Problem);
        else Assert.Contains(reason, record.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quote_that_swallows_the_rest_of_the_file_refuses_the_file()
    {
        Assert.Contains("starts on line 3", _folder.Refusal(ImportKind.Customers, "klantnummer;naam\n1;x\n2;\"Jan\n3;Piet\n"), StringComparison.Ordinal);
        // The same where the rest is too large to be one cell.
        var rest = string.Concat(Enumerable.Range(1, 200_000).Select(n => $"{n};Piet\n"));
        Assert.Contains("starts on line 3", _folder.Refusal(ImportKind.Customers, "klantnummer;naam\n1;x\n2;\"Jan\n" + rest), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_table_of_text_is_refused_with_advice()
    {
        Refused("There is no file", _folder.Path("nowhere.csv"));
        Refused("There is no file", Path.Combine(_folder.Path("no-folder"), "nowhere.csv"));
        Refused("is a folder", Path.GetDirectoryName(_folder.Path("x"))!);
        Refused("is empty", _folder.Write(""));
        Refused("is empty", _folder.Write("\r\n\r\n"));
        Refused("save it again", Binary("PK\u0003\u0004 the start of an xlsx"u8));
        Refused("save it again", Binary([0xD0, 0xCF, 0x11, 0xE0, 0x00, 0x00])); // the start of an old Excel workbook
        Refused("not a text file", Binary("k\0l\0a\0n\0t\0;\0"u8)); // UTF-16 that does not say so
    }

    [Fact]
    public void A_header_alone_is_an_empty_table() => Assert.Empty(Open(_folder.Write("klantnummer;naam")).Records());

    [Fact]
    public void Letters_that_make_sense_only_in_MS_DOS_decide_for_it()
    {
        var dos = CodePagesEncodingProvider.Instance.GetEncoding(850)!.GetBytes("klantnummer;naam\r\n1;André van Loë\r\n2;Café Zürich\r\n");
        File.WriteAllBytes(_folder.Path("f.csv"), dos);
        Assert.Equal(["André van Loë", "Café Zürich"], Open(_folder.Path("f.csv")).Records().Select(r => r.Cells[1]));
        // The user knows better.
        Assert.Equal("Andr‚ van Lo‰", TextSource.Open(Options(_folder.Path("f.csv")) with { Encoding = "windows-1252" }).Records().First().Cells[1]);
    }

    [Fact]
    public void An_encoding_that_does_not_exist_is_refused_with_those_that_are_usual() => Assert.Contains(
        "Usual ones are utf-8, windows-1252", Assert.Throws<ImportException>(
            () => TextSource.Open(Options(_folder.Write("k;n\n")) with { Encoding = "ebcdic-nl" })).Message, StringComparison.Ordinal);

    [Fact]
    public void Columns_that_are_padded_with_spaces_are_read_without_the_padding()
    {
        var path = _folder.Write(" 00004 0001 19970101  2   29.33\r\n 00005 0001 19970102  1   -4.00  \r\n\r\n 00006\r\n");
        var options = Options(path) with { Separator = FieldSeparator.Space, Columns = ["customer", "-", "-", "-", "-"] };
        var records = TextSource.Open(options).Records().ToList();
        Assert.Equal(["00004", "0001", "19970101", "2", "29.33"], records[0].Cells);
        Assert.Equal(["00005", "0001", "19970102", "1", "-4.00"], records[1].Cells);
        Assert.Equal((4, "the row has 1 cells, --columns names 5"), (records[2].Line, records[2].Problem));
    }

    [Theory]
    [InlineData(FieldSeparator.Comma, "a,b")]
    [InlineData(FieldSeparator.Semicolon, "a;b")]
    [InlineData(FieldSeparator.Tab, "a\tb")]
    [InlineData(FieldSeparator.Pipe, "a|b")]
    [InlineData(FieldSeparator.Space, "a  b")]
    public void A_given_separator_is_the_one(FieldSeparator separator, string line) => Assert.Equal(
        ["a", "b"], TextSource.Open(Options(_folder.Write(line + "\n")) with { Separator = separator }).Header);

    [Fact]
    public void A_text_file_has_no_sheets() => Assert.Contains(
        "leave out --sheet", Assert.Throws<ImportException>(() => TextSource.Open(Options(_folder.Write("k\n")) with { Sheet = "Blad1" })).Message,
        StringComparison.Ordinal);

    private static ImportOptions Options(string path) => new(ImportKind.Customers, path, ImportFolder.Amsterdam);

    private static RecordSource Open(string path) => RecordSource.Open(Options(path));

    private string Binary(ReadOnlySpan<byte> bytes)
    {
        File.WriteAllBytes(_folder.Path("binary.csv"), bytes);
        return _folder.Path("binary.csv");
    }

    private static void Refused(string message, string path) =>
        Assert.Contains(message, Assert.Throws<ImportException>(() => Open(path)).Message, StringComparison.Ordinal);
}
