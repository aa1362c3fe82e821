namespace Winback.Cli.Demo;

/// <summary>
/// The customers of an owner who never existed: Eetcafé De Linde and the gym next door. It writes what the till, the customer list and the gym's
/// system would export, and says for each customer what must come out of a first scan.
/// </summary>
/// <remarks>
/// The answers follow from how each customer is made (<see cref="SampleBaseKinds"/>) and never from the product's rules, so that one can check
/// the other. The same arguments give the same bytes on every machine.
/// </remarks>
public sealed class SampleBase
{
    /// <summary>Fewer customers than this have no room for every kind.</summary>
    public const int SmallestBase = 60;

    public const string RestaurantCampaign = "restaurant-slow-evening";

    public const string RenewalCampaign = "renewal-reminder";

    private SampleBase(DateOnly today, IReadOnlyList<SampleBaseKind> units, SampleBaseRandom random)
    {
        Today = today;
        var customers = new List<SampleCustomer>(units.Count);
        foreach (var kind in units)
            customers.AddRange(SampleBaseDraft.Household(kind, firstIndex: customers.Count + 1, today, random));
        Customers = customers;
        Expected = [.. customers.SelectMany(customer => customer.Expected)];
        DueRecipients =
        [
            .. customers
                .SelectMany(customer => customer.Expected
                    .Where(expected => expected.Outcome == Outcome.Due)
                    .Select(expected => new DueRecipient(customer.Mailbox, expected.Campaign, expected.Step!)))
                .OrderBy(due => due.Address, StringComparer.Ordinal),
        ];
    }

    /// <summary>The day the answers hold for, in the owner's time zone.</summary>
    public DateOnly Today { get; }

    /// <summary>By customer number.</summary>
    public IReadOnlyList<SampleCustomer> Customers { get; }

    /// <summary>One per customer and campaign, for a fresh import of all three files and open sending windows.</summary>
    public IReadOnlyList<Expectation> Expected { get; }

    /// <summary>Who must get mail from the first scan, by address: one entry per mail, so two members of one mailbox are two.</summary>
    public IReadOnlyList<DueRecipient> DueRecipients { get; }

    /// <param name="customers">At least <see cref="SmallestBase"/>.</param>
    /// <param name="today">The owner's calendar date; all dates are counted from it.</param>
    /// <param name="seed">Another seed gives other people in the same proportions.</param>
    /// <exception cref="ArgumentOutOfRangeException">Too few customers for every kind to occur.</exception>
    public static SampleBase Create(int customers, DateOnly today, int seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(customers, SmallestBase);
        var random = new SampleBaseRandom(seed);
        return new(today, random.Shuffle(Proportioned(customers)), random);
    }

    /// <summary>A base in which every customer is due for <see cref="RestaurantCampaign"/> and has a mailbox of their own.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than one customer.</exception>
    public static SampleBase CreateLapsed(int due, DateOnly today, int seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(due, 1);
        return new(today, [.. Enumerable.Range(0, due).Select(i => SampleBaseKinds.Lapsed[i % SampleBaseKinds.Lapsed.Count])], new(seed));
    }

    /// <summary>Writes klanten.csv, aankopen.csv and subscriptions.csv; existing files are overwritten.</summary>
    /// <param name="folder">Made if it is not there.</param>
    public void WriteFiles(string folder)
    {
        Directory.CreateDirectory(folder);
        SampleBaseFiles.Write(folder, Customers);
    }

    // Every kind once; each place left goes to the kind that is furthest behind its weight.
    private static List<SampleBaseKind> Proportioned(int customers)
    {
        var units = SampleBaseKinds.All.ToList();
        var counts = SampleBaseKinds.All.ToDictionary(kind => kind, _ => 1);
        for (var left = customers - units.Sum(kind => kind.People.Length); left > 0;)
        {
            var next = SampleBaseKinds.All.Where(kind => kind.People.Length <= left).MinBy(kind => (counts[kind] + 0.5) / kind.Weight)!;
            counts[next]++;
            units.Add(next);
            left -= next.People.Length;
        }
        return units;
    }
}
