namespace Winback.Customers;

/// <summary>A customer's purchases in three figures.</summary>
public readonly record struct VisitSummary(DateOnly? LastVisit, int Visits, Money Revenue);

/// <summary>What counts as a visit. Pure.</summary>
public static class VisitRule
{
    /// <summary>
    /// A visit is an order with a positive total, or a zero total without a refund line; without order numbers, a day with a line
    /// that is not negative. Negative lines are never a visit. Revenue is the sum of all lines.
    /// </summary>
    public static VisitSummary Summarise(IEnumerable<Purchase> purchases)
    {
        var revenue = Money.Zero;
        var orders = new Dictionary<string, Order>(StringComparer.Ordinal);
        var days = new HashSet<DateOnly>();
        foreach (var line in purchases)
        {
            revenue += line.Amount;
            if (line.OrderNumber is { } number)
                orders[number] = orders.GetValueOrDefault(number).With(line);
            else if (line.Amount >= Money.Zero)
                days.Add(line.Day);
        }
        var visits = days.Count;
        DateOnly? last = days.Count > 0 ? days.Max() : null;
        foreach (var order in orders.Values)
        {
            if (!order.IsVisit) continue;
            visits++;
            if (last is null || order.Day > last) last = order.Day;
        }
        return new VisitSummary(last, visits, revenue);
    }

    private readonly record struct Order(Money Total, bool HasRefund, DateOnly? Day)
    {
        public bool IsVisit => Day is not null && (Total > Money.Zero || (Total == Money.Zero && !HasRefund));

        public Order With(Purchase line) => line.Amount < Money.Zero
            ? this with { Total = Total + line.Amount, HasRefund = true }
            : this with { Total = Total + line.Amount, Day = Day is { } day && day > line.Day ? day : line.Day };
    }
}
