using Winback.Cli.Commands;
using Winback.Customers.Import;
using Winback.Tests.Customers.Import;

namespace Winback.Tests.Cli;

public sealed class ImportCommandTextTests
{
    private static readonly ImportOptions Plain = new(ImportKind.Purchases, "/data/till.csv", ImportFolder.Amsterdam);

    [Fact]
    public void What_needs_no_quotes_has_none() => Assert.Equal(
        "winback import purchases /data/till.csv --separator space --columns customer,-,date,-,amount --decimal point",
        ImportCommandText.Of(Plain with { Separator = FieldSeparator.Space, Columns = ["customer", "-", "date", "-", "amount"], DecimalSign = DecimalSign.Point }));

    public static TheoryData<ImportOptions> Options =>
    [
        Plain with { Path = "/my files/tills & more.csv", Maps = ["Datum#2=date", "#3=amount", "naam=-"] },
        Plain with { Kind = ImportKind.Customers, ByCustomerException = true, Maps = ["E-mail (privé)=email"], Encoding = "windows-1252" },
        Plain with { Sheet = "Blad 1", DecimalSign = DecimalSign.Comma },
        Plain with { Columns = ["customer", "-", "date", "amount"], Separator = FieldSeparator.Pipe },
    ];

    [Theory]
    [MemberData(nameof(Options))]
    public void The_command_that_is_shown_means_the_same(ImportOptions options) => Same(options, ImportSamples.Parse(ImportCommandText.Of(options)));

    [Fact]
    public void A_first_column_that_is_passed_over_does_not_look_like_an_option()
    {
        var parsed = ImportSamples.Parse(ImportCommandText.Of(Plain with { Columns = ["-", "customer", "date", "amount"] }));
        Assert.Equal(["", "customer", "date", "amount"], parsed.Columns);
        Assert.Equal(["-", "customer", "date", "amount"], ImportSamples.Parse("winback import purchases f --columns -,customer,date,amount").Columns);
    }

    private static void Same(ImportOptions expected, ImportOptions actual)
    {
        Assert.Equal(expected.Maps, actual.Maps);
        Assert.Equal(expected.Columns, actual.Columns);
        Assert.Equal(expected, actual with { Maps = expected.Maps, Columns = expected.Columns });
    }
}
