using Winback.Cli.Demo;
using Winback.Customers;

namespace Winback.Tests.Demo;

/// <summary>The answers read off the three files, without knowing how they were made: the naive reading of the rules, all in memory.</summary>
internal static class FilesAnswer
{
    public static List<Expectation> For(SampleBaseFolder folder, DateOnly today)
    {
        var sales = folder.Sales().ToLookup(s => s.Customer, StringComparer.OrdinalIgnoreCase);
        var subscriptions = folder.Subscriptions().ToLookup(s => s.Customer, StringComparer.OrdinalIgnoreCase);
        var customers = folder.Customers();
        var restaurant = customers.ToDictionary(c => c, c => Restaurant(c, [.. sales[c.Number]], [.. subscriptions[c.Number]], today));
        var losers = restaurant.Where(c => c.Value == "due").Select(c => c.Key)
            .GroupBy(c => EmailAddress.Parse(c.Email))
            .SelectMany(box => box
                .OrderByDescending(c => sales[c.Number].Sum(s => s.Amount)).ThenBy(c => c.Number, StringComparer.Ordinal)
                .Skip(1));
        foreach (var loser in losers) restaurant[loser] = "shared-mailbox";
        return
        [
            .. customers.SelectMany(c => new[]
            {
                restaurant[c] == "due"
                    ? new Expectation(Id(c), SampleBase.RestaurantCampaign, Outcome.Due, "invitation", null)
                    : new Expectation(Id(c), SampleBase.RestaurantCampaign, Outcome.Excluded, null, restaurant[c]),
                Renewal(c, [.. subscriptions[c.Number]], today),
            }),
        ];
    }

    private static string Restaurant(CustomerLine customer, List<SaleLine> sales, List<SubscriptionLine> subscriptions, DateOnly today)
    {
        if (!EmailAddress.TryParse(customer.Email, out _, out _)) return "no-usable-address";
        if (customer.Permission != "ja") return "no-permission";
        // A visit: an order that sold something, or nothing for nothing, and was not given back in full.
        var visits = sales.GroupBy(s => s.Receipt)
            .Where(order => order.Any(s => s.Amount >= 0) && (order.Sum(s => s.Amount) > 0 || order.All(s => s.Amount == 0)))
            .Select(order => order.Where(s => s.Amount >= 0).Max(s => s.Day))
            .ToList();
        if (visits.Count == 0) return "no-such-subject";
        if (subscriptions.Any(s => s.Start <= today && (today < s.Renewal || s.AutoRenews))) return "active";
        var last = visits.Max();
        if (today < last.AddMonths(6)) return "active";
        return today > last.AddMonths(36) ? "too-long-ago" : "due";
    }

    private static Expectation Renewal(CustomerLine customer, List<SubscriptionLine> subscriptions, DateOnly today)
    {
        if (!EmailAddress.TryParse(customer.Email, out _, out _)) return Excluded("no-usable-address");
        var going = subscriptions.Where(s => today < s.Renewal || s.AutoRenews).ToList();
        if (going.Count == 0) return Excluded("no-such-subject");
        var ending = going.Where(s => !s.AutoRenews && !going.Any(later => later.Plan == s.Plan && later.Renewal > s.Renewal)).ToList();
        if (ending.Count == 0) return Excluded("active");
        return (ending.Min(s => s.Renewal).DayNumber - today.DayNumber) switch
        {
            > 30 => Excluded("active"),
            > 7 => Due("30-days"),
            > 1 => Due("7-days"),
            _ => Due("1-day"),
        };

        Expectation Due(string step) => new(Id(customer), SampleBase.RenewalCampaign, Outcome.Due, step, null);
        Expectation Excluded(string reason) => new(Id(customer), SampleBase.RenewalCampaign, Outcome.Excluded, null, reason);
    }

    private static string Id(CustomerLine customer) => customer.Number.ToLowerInvariant();
}
