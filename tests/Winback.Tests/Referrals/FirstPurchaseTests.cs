using Winback.Customers;
using Winback.Referrals;
using static Winback.Tests.Referrals.GivenReferrals;

namespace Winback.Tests.Referrals;

/// <summary>When somebody became a paying customer.</summary>
public sealed class FirstPurchaseTests
{
    public static TheoryData<string, Purchase[], string?> Cases => new()
    {
        { "nothing", [], null },
        { "the earliest of two", [Purchase("2026-03-10", 5), Purchase("2026-03-09", 5)], "2026-03-09" },
        { "a free visit is none", [Purchase("2026-03-09", 0, "B1"), Purchase("2026-03-10", 5, "B2")], "2026-03-10" },
        { "the first line of an order", [Purchase("2026-03-10", 5, "B1"), Purchase("2026-03-09", 5, "B1")], "2026-03-09" },
        { "an order that was partly refunded", [Purchase("2026-03-09", 50, "B1"), Purchase("2026-03-12", -20, "B1")], "2026-03-09" },
        { "an order that was wholly refunded", [Purchase("2026-03-09", 50, "B1"), Purchase("2026-03-12", -50, "B1")], null },
        { "refunds without an order number, of everything", [Purchase("2026-03-09", 50), Purchase("2026-03-12", -50)], null },
        { "refunds without an order number, of a part", [Purchase("2026-03-09", 50), Purchase("2026-03-12", -20)], "2026-03-09" },
        { "a booking for tomorrow", [Purchase("2026-05-02", 50)], null },
        { "today", [Purchase("2026-05-01", 50)], "2026-05-01" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_is_the_first_day_on_which_something_was_paid_and_kept(string what, Purchase[] purchases, string? day) =>
        Assert.True((day is null ? null : Day(day)) == FirstPurchase.Of(purchases, [], Day("2026-05-01")), what);
}
