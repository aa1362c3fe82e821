using System.Globalization;
using Winback.Customers;

namespace Winback.Tests.Customers;

public sealed class VisitRuleTests
{
    [Fact]
    public void Without_purchases_there_is_no_visit() => Assert.Equal(new VisitSummary(null, null, 0, Money.Zero), Summarise());

    [Fact]
    public void Lines_of_one_order_are_one_visit() =>
        Assert.Equal(new VisitSummary(new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 1), 1, new Money(3500)), Summarise("2026-03-01 A 2500", "2026-03-01 A 1000"));

    [Fact]
    public void Without_order_numbers_a_day_is_one_visit() =>
        Assert.Equal(new VisitSummary(new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 2), 2, new Money(4000)), Summarise("2026-03-01 - 2500", "2026-03-01 - 1000", "2026-03-02 - 500"));

    [Fact]
    public void Orders_of_one_day_are_several_visits() => Assert.Equal(2, Summarise("2026-03-01 A 2500", "2026-03-01 B 2500").Visits);

    [Theory]
    [InlineData("2026-03-01 A 0", 1)] // a free order counts
    [InlineData("2026-03-01 - 0", 1)] // a free line on a day too
    [InlineData("2026-03-01 A -500", 0)] // a refund alone is never a visit
    [InlineData("2026-03-01 - -500", 0)]
    [InlineData("2026-03-01 A 2500; 2026-03-09 A -2500", 0)] // refunded whole
    [InlineData("2026-03-01 A 2500; 2026-03-09 A -2600", 0)] // and more
    [InlineData("2026-03-01 A 2500; 2026-03-09 A -2400", 1)] // refunded in part
    [InlineData("2026-03-01 A 2500; 2026-03-01 A 0", 1)]
    [InlineData("2026-03-01 - 2500; 2026-03-01 - -2500", 1)] // without a number nobody knows what the refund is of
    public void What_counts_as_a_visit(string lines, int visits) => Assert.Equal(visits, Summarise(lines.Split("; ")).Visits);

    [Fact]
    public void A_refund_does_not_make_the_visit_later() =>
        Assert.Equal(new VisitSummary(new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 1), 1, new Money(2000)), Summarise("2026-03-09 A -500", "2026-03-01 A 2500"));

    [Fact]
    public void A_fully_refunded_order_gives_the_last_visit_back_to_the_one_before() =>
        Assert.Equal(new VisitSummary(new DateOnly(2026, 1, 5), new DateOnly(2026, 1, 5), 1, new Money(1000)), Summarise("2026-01-05 A 1000", "2026-03-01 B 2500", "2026-03-02 B -2500"));

    [Fact]
    public void The_order_of_lines_does_not_matter()
    {
        string[] lines = ["2026-01-05 A 1000", "2026-03-02 B -2500", "2026-03-01 B 2500", "2026-02-01 - 700", "2026-04-01 C 0"];
        Assert.Equal(Summarise(lines), Summarise([.. lines.Reverse()]));
        Assert.Equal(new VisitSummary(new DateOnly(2026, 1, 5), new DateOnly(2026, 4, 1), 3, new Money(1700)), Summarise(lines));
    }

    /// <summary>Lines of day, order number or -, cents.</summary>
    private static VisitSummary Summarise(params string[] lines) => VisitRule.Summarise(lines.Select(line =>
    {
        var parts = line.Split(' ');
        return new Purchase(
            CustomerId.Parse("k1"), DateOnly.ParseExact(parts[0], "yyyy-MM-dd", CultureInfo.InvariantCulture), null,
            new Money(long.Parse(parts[2], CultureInfo.InvariantCulture)), parts[1] == "-" ? null : parts[1], null, 0);
    }));
}
