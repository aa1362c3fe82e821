using Winback.Customers;

namespace Winback.Tests.Customers;

public sealed class CustomerIdTests
{
    [Theory]
    [InlineData("  K-100 ", "k-100")] // trimmed, without regard to case
    [InlineData("É1", "é1")]
    [InlineData("E\u03011", "é1")] // a combining accent is the same letter
    [InlineData("jan@example.com", "jan@example.com")] // some shops number customers by address
    [InlineData("0007", "0007")] // leading zeros belong to the number
    public void A_number_has_one_form(string text, string expected) => Assert.Equal(expected, CustomerId.Parse(text).Value);

    [Theory]
    [InlineData(null, "empty")]
    [InlineData("   ", "empty")]
    [InlineData("a/b", "/ \\ # ? | %")] // refused in a key of Azure Table Storage
    [InlineData("a|b", "/ \\ # ? | %")] // separates the parts of longer keys
    [InlineData("a\tb", "control character")]
    [InlineData("a\uFFFE", "not valid Unicode")] // what a broken export can hold; Normalize throws on it
    public void What_cannot_be_a_number_says_why(string? text, string reason)
    {
        Assert.False(CustomerId.TryParse(text, out _, out var problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_has_at_most_100_characters()
    {
        Assert.True(CustomerId.TryParse(new string('9', 100), out _, out _));
        Assert.False(CustomerId.TryParse(new string('9', 101), out _, out var problem));
        Assert.Contains("101", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_differ_in_case_are_one_customer_in_one_partition()
    {
        var (lower, upper) = (CustomerId.Parse("k1"), CustomerId.Parse("K1"));
        Assert.Equal(lower, upper);
        Assert.Equal(lower.Partition, upper.Partition);
    }

    [Fact]
    public void The_partition_never_changes()
    {
        // Stored rows are found by it: sha256("4")[0] = 4b.
        Assert.Equal("4b", CustomerId.Parse("4").Partition);
    }

    [Fact]
    public void Many_customers_spread_over_all_256_partitions()
    {
        var sizes = Enumerable.Range(1, 25_600).GroupBy(n => CustomerId.Parse($"{n}").Partition).Select(g => g.Count()).ToList();
        Assert.Equal(256, sizes.Count);
        Assert.InRange(sizes.Max(), 100, 200); // 100 each on average
    }

    [Fact]
    public void A_number_that_is_an_address_does_not_show_in_logs()
    {
        var id = CustomerId.Parse("Jan@example.com");
        Assert.Equal("jan@example.com", id.Value);
        Assert.DoesNotContain("jan", id.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(id.ToString(), CustomerId.Parse("jan@example.com").ToString());
        Assert.Equal("k1", CustomerId.Parse("K1").ToString());
    }

    [Fact]
    public void An_empty_value_is_a_mistake_that_shows() => Assert.Throws<InvalidOperationException>(() => default(CustomerId).Value);
}
