namespace Winback.Customers;

/// <summary>A customer's purchases in a few figures.</summary>
public readonly record struct VisitSummary(DateOnly? FirstVisit, DateOnly? LastVisit, int Visits, Money Revenue);

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
        var visits = days.Concat(orders.Values.Where(o => o.IsVisit).Select(o => o.Day!.Value)).ToList();
        return visits.Count == 0 ? new VisitSummary(null, null, 0, revenue) : new VisitSummary(visits.Min(), visits.Max(), visits.Count, revenue);
    }

    private readonly record struct Order(Money Total, bool HasRefund, DateOnly? Day)
    {
        public bool IsVisit => Day is not null && (Total > Money.Zero || (Total == Money.Zero && !HasRefund));

        public Order With(Purchase line) => line.Amount < Money.Zero
            ? this with { Total = Total + line.Amount, HasRefund = true }
            : this with { Total = Total + line.Amount, Day = Day is { } day && day > line.Day ? day : line.Day };
    }
}
