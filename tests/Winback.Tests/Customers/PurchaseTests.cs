using Winback.Customers;

namespace Winback.Tests.Customers;

/// <summary>The key is what makes a second import change nothing, so it must never change.</summary>
public sealed class PurchaseTests
{
    private static readonly Purchase Sale = new(
        CustomerId.Parse("k1"), new DateOnly(2026, 3, 1), new DateTimeOffset(2026, 3, 1, 19, 30, 0, TimeSpan.FromHours(1)), new Money(2500), "A-1", "menu", 0);

    [Fact]
    public void The_key_never_changes()
    {
        // Stored rows are found by it: another value here means that every purchase is imported a second time.
        Assert.Equal("obc4e7be982ab|af1694ed2cb63a356942|0", Sale.Key);
        Assert.Equal("20260301|aa379b948962639005b9|0", (Sale with { OrderNumber = null, At = null, Product = null }).Key);
    }

    [Fact]
    public void The_same_sale_has_the_same_key_however_its_time_is_written() =>
        Assert.Equal(Sale.Key, (Sale with { At = new DateTimeOffset(2026, 3, 1, 18, 30, 0, TimeSpan.Zero) }).Key);

    [Fact]
    public void Whatever_differs_makes_another_key()
    {
        Purchase[] all =
        [
            Sale, Sale with { Day = new DateOnly(2026, 3, 2) }, Sale with { At = Sale.At!.Value.AddSeconds(1) }, Sale with { At = null },
            Sale with { Amount = new Money(2501) }, Sale with { Amount = new Money(-2500) }, Sale with { OrderNumber = "A-2" }, Sale with { OrderNumber = null },
            Sale with { Product = "wine" }, Sale with { Product = null }, Sale with { Ordinal = 1 },
        ];
        Assert.Distinct(all.Select(p => p.Key));
    }

    [Fact]
    public void A_key_holds_nothing_that_a_table_refuses() =>
        Assert.Matches("^[a-z0-9|]+$", (Sale with { OrderNumber = "2026/03#1?", Product = "menu\\%" }).Key);
}
