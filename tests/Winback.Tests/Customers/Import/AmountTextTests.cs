using System.Globalization;
using FsCheck.Xunit;
using Winback.Customers;
using Winback.Customers.Import;

namespace Winback.Tests.Customers.Import;

public sealed class AmountTextTests
{
    [Theory]
    [InlineData("1.234,56", 123456)]
    [InlineData("1234,56", 123456)]
    [InlineData("1 234,56", 123456)]
    [InlineData("1\u00A0234,56", 123456)] // a space that does not break
    [InlineData("1.234.567,8", 123456780)]
    [InlineData("1.234", 123400)]
    [InlineData("12", 1200)]
    [InlineData("0,5", 50)]
    [InlineData(",5", 50)]
    [InlineData("€ 12,50", 1250)]
    [InlineData("€12,50", 1250)]
    [InlineData("12,50 EUR", 1250)]
    [InlineData("12,50 euro", 1250)]
    [InlineData("€ 12,-", 1200)] // Dutch for no cents
    [InlineData("12,--", 1200)]
    [InlineData("-12,50", -1250)]
    [InlineData("\u221212,50", -1250)] // a typographic minus
    [InlineData("12,50-", -1250)]
    [InlineData("€ -12,50", -1250)]
    [InlineData("-€ 12,50", -1250)]
    [InlineData("€ 12,50-", -1250)]
    [InlineData("(12,50)", -1250)]
    [InlineData("(€ 12,50)", -1250)]
    [InlineData("-12,-", -1200)]
    [InlineData("+12,50", 1250)]
    [InlineData("0,00", 0)]
    [InlineData("12,345", 1235)] // rounded to cents, half away from zero
    [InlineData("12,3449", 1234)]
    public void Amounts_with_a_decimal_comma(string text, long cents) => Reads(text, DecimalSign.Comma, cents);

    [Theory]
    [InlineData("1,234.56", 123456)]
    [InlineData("1234.56", 123456)]
    [InlineData("1,234", 123400)]
    [InlineData("$1,234.50", 123450)]
    [InlineData("-$1,234.50", -123450)]
    [InlineData("£ 12.5", 1250)]
    [InlineData("1.234", 123)]
    [InlineData(".99", 99)]
    public void Amounts_with_a_decimal_point(string text, long cents) => Reads(text, DecimalSign.Point, cents);

    [Theory]
    [InlineData("12", DecimalEvidence.None)]
    [InlineData("-5", DecimalEvidence.None)]
    [InlineData("1 234", DecimalEvidence.None)]
    [InlineData("0", DecimalEvidence.None)]
    [InlineData("", DecimalEvidence.None)]
    [InlineData("gratis", DecimalEvidence.None)]
    [InlineData("1.234,56", DecimalEvidence.Comma)]
    [InlineData("12,5", DecimalEvidence.Comma)]
    [InlineData("12,50", DecimalEvidence.Comma)]
    [InlineData("12,-", DecimalEvidence.Comma)]
    [InlineData("1.234.567", DecimalEvidence.Comma)] // two points can only be thousands
    [InlineData("0,125", DecimalEvidence.Comma)] // no thousands behind a 0
    [InlineData("1234,567", DecimalEvidence.Comma)] // nor behind four digits
    [InlineData("1,234.56", DecimalEvidence.Point)]
    [InlineData("12.50", DecimalEvidence.Point)]
    [InlineData("1,234,567", DecimalEvidence.Point)]
    [InlineData("1.234", DecimalEvidence.TwoWays)]
    [InlineData("€ 12.500", DecimalEvidence.TwoWays)]
    [InlineData("1,234", DecimalEvidence.TwoWays)]
    [InlineData("-1,000", DecimalEvidence.TwoWays)]
    public void What_an_amount_says_about_its_column(string text, DecimalEvidence expected) => Assert.Equal(expected, AmountText.Evidence(text));

    [Theory]
    [InlineData(null, "empty")]
    [InlineData("  ", "empty")]
    [InlineData("gratis", "not an amount")]
    [InlineData("€", "not an amount")]
    [InlineData("12,5,0", "not an amount")]
    [InlineData("1.23.456", "not an amount")] // no groups of three
    [InlineData("12 50", "not an amount")]
    [InlineData("12.", "not an amount")]
    [InlineData("--12", "not an amount")]
    [InlineData("-12-", "not an amount")]
    [InlineData("(12", "not an amount")]
    [InlineData("(-12)", "not an amount")]
    [InlineData("12%", "not an amount")]
    [InlineData("1E3", "not an amount")]
    [InlineData("12 EUR USD", "not an amount")]
    [InlineData("12345678901234", "not an amount")] // over 13 digits: an article number in the wrong column
    [InlineData("12.50", "does not fit a decimal comma")]
    public void What_is_no_amount_says_why(string? text, string reason)
    {
        Assert.False(AmountText.TryParse(text, DecimalSign.Comma, out _, out var problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_text_is_refused_at_once_and_not_repeated_whole()
    {
        Assert.False(AmountText.TryParse("-" + new string(' ', 100_000) + "x", null, out _, out var problem));
        Assert.InRange(problem.Length, 1, 100);
    }

    [Theory]
    [InlineData("12,50", 1250)] // decides itself
    [InlineData("12.50", 1250)]
    [InlineData("12", 1200)]
    [InlineData("1.234", null)]
    public void Without_a_sign_only_an_amount_that_can_be_read_one_way_is_taken(string text, int? cents)
    {
        Assert.Equal(cents is not null, AmountText.TryParse(text, null, out var amount, out var problem));
        Assert.Equal(cents ?? 0, amount.Cents);
        if (cents is null) Assert.Contains("two ways", problem, StringComparison.Ordinal);
    }

    [Property]
    public bool A_written_amount_reads_back(int cents, byte format, bool dutch)
    {
        var culture = CultureInfo.GetCultureInfo(dutch ? "nl-NL" : "en-US");
        string[] formats = ["C2", "N2", "F2", "0.00", "0.##"];
        var text = (cents / 100m).ToString(formats[format % formats.Length], culture);
        return AmountText.TryParse(text, dutch ? DecimalSign.Comma : DecimalSign.Point, out var amount, out _) && amount == new Money(cents);
    }

    [Property]
    public bool A_written_amount_never_speaks_for_the_other_sign(int cents, bool dutch)
    {
        var text = (cents / 100m).ToString("N2", CultureInfo.GetCultureInfo(dutch ? "nl-NL" : "en-GB"));
        return AmountText.Evidence(text) == (dutch ? DecimalEvidence.Comma : DecimalEvidence.Point);
    }

    private static void Reads(string text, DecimalSign sign, long cents)
    {
        Assert.True(AmountText.TryParse(text, sign, out var amount, out var problem), problem);
        Assert.Equal(new Money(cents), amount);
    }
}
