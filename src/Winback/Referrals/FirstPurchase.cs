using Winback.Customers;

namespace Winback.Referrals;

/// <summary>When somebody became a paying customer. Pure.</summary>
public static class FirstPurchase
{
    /// <summary>
    /// The first day, today at the latest, of an order or (without order numbers) a day with a positive total; or on which a subscription began.
    /// An order that was wholly refunded is none; nor is anything bought when the refunds come to as much as all purchases.
    /// </summary>
    public static DateOnly? Of(IEnumerable<Purchase> purchases, IEnumerable<Subscription> subscriptions, DateOnly today)
    {
        var past = purchases.Where(p => p.Day <= today).ToList();
        var paid = past.GroupBy(p => p.OrderNumber ?? $"\u001f{p.Day:O}")
            .Where(order => order.Sum(p => p.Amount.Cents) > 0)
            .Select(order => order.Where(p => p.Amount > Money.Zero).Min(p => p.Day));
        if (past.Sum(p => p.Amount.Cents) <= 0) paid = [];
        return paid.Concat(subscriptions.Where(s => s.Start <= today).Select(s => s.Start)).Select(day => (DateOnly?)day).Min();
    }
}
