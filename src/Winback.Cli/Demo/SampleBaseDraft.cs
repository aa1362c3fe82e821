using System.Globalization;

namespace Winback.Cli.Demo;

/// <summary>A customer in the making.</summary>
internal sealed class SampleBaseDraft
{
    private readonly SampleBaseName _name;
    private readonly int _index;
    private readonly List<SampleSale> _sales = [];
    private readonly List<SampleSubscription> _subscriptions = [];
    private int _receipts;
    private string _email;
    private string _permission = "ja";
    private string _numberAtTill;

    private SampleBaseDraft(int index, string? mailbox, DateOnly today, SampleBaseRandom random)
    {
        _index = index;
        _name = SampleBaseNames.For(index, random);
        _email = mailbox ?? Address(_name.Slug);
        _numberAtTill = Number;
        Today = today;
        Random = random;
    }

    public DateOnly Today { get; }

    public SampleBaseRandom Random { get; }

    /// <summary>The newest day with six calendar months between it and today.</summary>
    public DateOnly NewestLapsedDay => DaysFrom(Today.AddMonths(-6).AddDays(4), -1).First(day => MonthsLater(day, 6) <= Today);

    /// <summary>The oldest day that is not more than 36 calendar months ago.</summary>
    public DateOnly OldestLapsedDay => DaysFrom(Today.AddMonths(-36).AddDays(-4), 1).First(day => MonthsLater(day, 36) >= Today);

    private string Number => string.Create(CultureInfo.InvariantCulture, $"K{_index:D6}");

    /// <summary>The people of one kind: one customer, or several with one mailbox.</summary>
    public static IEnumerable<SampleCustomer> Household(SampleBaseKind kind, int firstIndex, DateOnly today, SampleBaseRandom random)
    {
        string? mailbox = null;
        for (var i = 0; i < kind.People.Length; i++)
        {
            var draft = new SampleBaseDraft(firstIndex + i, mailbox, today, random);
            if (kind.People.Length > 1) mailbox ??= draft._email = draft.Address("familie." + draft._name.Slug);
            kind.People[i].Make(draft);
            yield return draft.Finish(kind.Name, kind.People[i]);
        }
    }

    /// <summary>That many calendar months ago, and up to <paramref name="spread"/> days before.</summary>
    public DateOnly MonthsAgo(int months, int spread) => Today.AddMonths(-months).AddDays(-Random.Between(0, spread));

    public DateOnly DaysAgo(int from, int to) => Today.AddDays(-Random.Between(from, to));

    public DateOnly DaysAhead(int from, int to) => Today.AddDays(Random.Between(from, to));

    /// <summary>A last visit, and up to seven before it.</summary>
    public SampleBaseDraft Visits(DateOnly last)
    {
        var days = new List<DateOnly> { last };
        for (var earlier = Random.Below(8); earlier > 0; earlier--) days.Add(days[^1].AddDays(-Random.Between(9, 70)));
        for (var i = days.Count - 1; i >= 0; i--) Visit(days[i]);
        return this;
    }

    /// <summary>A new receipt with one line.</summary>
    public SampleBaseDraft Sale(DateOnly day, decimal amount, string? article = null)
    {
        var receipt = string.Create(CultureInfo.InvariantCulture, $"{day:yyMMdd}-{_index:D4}{_receipts++:D2}");
        _sales.Add(new(receipt, _numberAtTill, day, amount, article ?? Random.Pick(SampleBaseNames.Articles)));
        return this;
    }

    /// <summary>A further line on the last receipt.</summary>
    public SampleBaseDraft Line(DateOnly day, decimal amount, string article)
    {
        _sales.Add(_sales[^1] with { Day = day, Amount = amount, Article = article });
        return this;
    }

    /// <summary>A new receipt with the same line twice: two people had the same.</summary>
    public SampleBaseDraft EqualLines(DateOnly day, decimal amount) => Sale(day, amount, "Daghap").Line(day, amount, "Daghap");

    public SampleBaseDraft Subscription(string plan, DateOnly start, DateOnly renewal, bool auto = false)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"S-{_index:D5}-{_subscriptions.Count + 1}");
        _subscriptions.Add(new(number, plan, start, renewal, auto ? "yes" : Random.Pick(["no", ""])));
        return this;
    }

    /// <summary>A year's subscription, for one in three after an earlier one of the same plan. Negative days: it ended.</summary>
    public SampleBaseDraft EndsIn(int days, bool auto = false)
    {
        var plan = Random.Pick(SampleBaseNames.Plans);
        var renewal = Today.AddDays(days);
        var start = renewal.AddMonths(-12);
        if (Random.Below(3) == 0) Subscription(plan, start.AddMonths(-12), start);
        return Subscription(plan, start, renewal, auto);
    }

    public SampleBaseDraft Permission(string permission)
    {
        _permission = permission;
        return this;
    }

    public SampleBaseDraft WithoutAddress()
    {
        _email = "";
        return this;
    }

    public SampleBaseDraft WithBrokenAddress()
    {
        _email = Random.Pick([$"{_name.Slug}.example.com", $"{_name.Slug}@", $"{_name.Slug} {_index}@example.com", "onbekend"]);
        return this;
    }

    public SampleBaseDraft TypedAddressCarelessly()
    {
        _email = $" {_email.ToUpperInvariant()} ";
        return this;
    }

    public SampleBaseDraft TypedInLowerCase()
    {
        _numberAtTill = Number.ToLowerInvariant();
        return this;
    }

    private void Visit(DateOnly day)
    {
        // One visit in fifty is a party.
        var cents = Random.Below(50) == 0 ? Random.Between(105_000, 245_000) : Random.Between(250, 1900) * 5;
        Sale(day, cents / 100m);
        if (Random.Below(8) == 0) Line(day, Random.Between(50, 300) * 5 / 100m, Random.Pick(SampleBaseNames.Articles));
        if (Random.Below(16) == 0) Line(day, -2.50m, "Korting");
    }

    private SampleCustomer Finish(string kind, Person person)
    {
        Expectation For(string campaign, Verdict verdict) =>
            new(Number.ToLowerInvariant(), campaign, verdict.Outcome, verdict.Step, verdict.Reason);
        return new(Number, _name.Name, _name.FirstName, _email, Phone(), _name.Language, _permission, kind, _sales, _subscriptions,
            [For(SampleBase.RestaurantCampaign, person.Restaurant), For(SampleBase.RenewalCampaign, person.Renewal)]);
    }

    // The index makes it unique; the domains are reserved for examples (RFC 2606).
    private string Address(string slug) =>
        string.Create(CultureInfo.InvariantCulture, $"{slug}.{_index}@example.{(_index % 3) switch { 0 => "com", 1 => "org", _ => "net" }}");

    // Numbers nobody has: 06-0 is not given out, 07700 900 is Ofcom's range for drama.
    private string Phone() => _name.Language == "nl" ? $"06-000{Random.Below(100_000):D5}" : $"+44 7700 900{Random.Below(1000):D3}";

    private static IEnumerable<DateOnly> DaysFrom(DateOnly first, int step) => Enumerable.Range(0, 10).Select(i => first.AddDays(i * step));

    // Counted by hand: the same day of the month, or the last day of a month that is too short.
    private static DateOnly MonthsLater(DateOnly day, int months)
    {
        var month = day.Year * 12 + day.Month - 1 + months;
        var (year, monthOfYear) = (month / 12, month % 12 + 1);
        return new(year, monthOfYear, Math.Min(day.Day, DateTime.DaysInMonth(year, monthOfYear)));
    }
}
