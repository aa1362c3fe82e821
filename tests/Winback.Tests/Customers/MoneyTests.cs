using Winback.Customers;

namespace Winback.Tests.Customers;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("12.50", 1250)]
    [InlineData("0.005", 1)] // half a cent goes away from zero
    [InlineData("-0.005", -1)]
    [InlineData("0.0049", 0)]
    [InlineData("-3.10", -310)]
    public void An_amount_becomes_whole_cents(string amount, long cents) =>
        Assert.Equal(new Money(cents), Money.FromAmount(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(123456, "1234.56")]
    [InlineData(-5, "-0.05")]
    [InlineData(0, "0.00")]
    public void Text_is_the_same_in_every_culture(long cents, string expected) => Assert.Equal(expected, new Money(cents).ToString());

    [Fact]
    public void Amounts_add_subtract_and_compare()
    {
        var (a, b) = (new Money(300), new Money(-100));
        Assert.Equal(new Money(200), a + b);
        Assert.Equal(new Money(400), a - b);
        Assert.True(b < Money.Zero && Money.Zero < a && a >= new Money(300) && a <= new Money(300));
        Assert.Equal(a, new[] { b, a, Money.Zero }.Max());
    }

    [Fact]
    public void An_amount_beyond_what_cents_can_hold_is_refused() => Assert.Throws<OverflowException>(() => Money.FromAmount(decimal.MaxValue / 100));
}
