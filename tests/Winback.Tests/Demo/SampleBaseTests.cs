using System.Globalization;
using System.Text;
using Winback.Cli.Demo;
using Winback.Customers;

namespace Winback.Tests.Demo;

public sealed class SampleBaseTests
{
    private static readonly DateOnly Today = new(2026, 10, 12);

    private static readonly string[] FileNames = ["klanten.csv", "aankopen.csv", "subscriptions.csv"];

    [Fact]
    public void The_same_seed_gives_the_same_bytes()
    {
        using var first = new SampleBaseFolder(SampleBase.Create(300, Today));
        using var second = new SampleBaseFolder(SampleBase.Create(300, Today));
        Assert.All(FileNames, file => Assert.Equal(first.Bytes(file), second.Bytes(file)));
    }

    [Fact]
    public void Another_seed_gives_other_people_in_the_same_proportions()
    {
        var first = SampleBase.Create(300, Today);
        var second = SampleBase.Create(300, Today, seed: 2);
        Assert.NotEqual(first.Customers.Select(c => (c.Name, c.FirstName)), second.Customers.Select(c => (c.Name, c.FirstName)));
        Assert.Equal(Kinds(first), Kinds(second));

        static IEnumerable<(string, int)> Kinds(SampleBase sample) => sample.Customers.CountBy(c => c.Kind).Select(k => (k.Key, k.Value)).Order();
    }

    // The published first values of SplitMix64 for this seed: 6457827717110365317, 3203168211198807973, 9817491932198370423.
    [Fact]
    public void The_sequence_of_a_seed_is_the_published_one_on_every_platform()
    {
        var random = new SampleBaseRandom(1234567);
        Assert.Equal([317, 973, 423], [random.Below(1000), random.Below(1000), random.Below(1000)]);
    }

    [Fact]
    public void Every_kind_and_every_answer_occurs_in_the_smallest_base()
    {
        var small = SampleBase.Create(SampleBase.SmallestBase, Today);
        var large = SampleBase.Create(2_000, Today);
        Assert.Equal(SampleBase.SmallestBase, small.Customers.Count);
        Assert.Equal(2_000, large.Customers.Count);
        Assert.Equal(large.Customers.Select(c => c.Kind).ToHashSet(), small.Customers.Select(c => c.Kind).ToHashSet());
        Assert.Equal(
            [
                "renewal-reminder 1-day", "renewal-reminder 30-days", "renewal-reminder 7-days",
                "renewal-reminder active", "renewal-reminder no-such-subject", "renewal-reminder no-usable-address",
                "restaurant-slow-evening active", "restaurant-slow-evening invitation", "restaurant-slow-evening no-permission",
                "restaurant-slow-evening no-such-subject", "restaurant-slow-evening no-usable-address",
                "restaurant-slow-evening shared-mailbox", "restaurant-slow-evening too-long-ago",
            ],
            small.Expected.Select(e => $"{e.Campaign} {e.Step ?? e.Reason}").Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Fewer_customers_than_kinds_need_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleBase.Create(SampleBase.SmallestBase - 1, Today));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleBase.CreateLapsed(0, Today));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(300)]
    [InlineData(5_000)]
    public void There_is_one_answer_per_customer_and_campaign_with_a_step_or_a_reason(int customers)
    {
        var sample = SampleBase.Create(customers, Today);
        Assert.Equal(customers * 2, sample.Expected.Count);
        Assert.Equal(customers * 2, sample.Expected.DistinctBy(e => (e.Customer, e.Campaign)).Count());
        Assert.All(sample.Expected, e => Assert.Equal(e.Outcome == Outcome.Due, e is { Step: not null, Reason: null }));
        Assert.Equal(sample.Customers.Select(c => CustomerId.Parse(c.Number).Value).ToHashSet(), sample.Expected.Select(e => e.Customer).ToHashSet());
    }

    [Theory]
    [InlineData(300)]
    [InlineData(2_000)]
    public void About_a_quarter_is_due_for_the_restaurant_and_a_twelfth_for_renewal(int customers)
    {
        var due = SampleBase.Create(customers, Today).DueRecipients.CountBy(d => d.Campaign).ToDictionary();
        Assert.InRange(due[SampleBase.RestaurantCampaign] / (double)customers, 0.20, 0.25);
        Assert.InRange(due[SampleBase.RenewalCampaign] / (double)customers, 0.07, 0.09);
    }

    [Fact]
    public void Numbers_are_unique_and_addresses_are_shared_only_in_households()
    {
        var customers = SampleBase.Create(2_000, Today).Customers;
        Assert.Equal(customers.Count, customers.DistinctBy(c => c.Number).Count());
        var subscriptions = customers.SelectMany(c => c.Subscriptions).ToList();
        Assert.Equal(subscriptions.Count, subscriptions.DistinctBy(s => s.Number).Count());
        Assert.All(customers.SelectMany(c => c.Sales).GroupBy(s => s.Receipt), receipt => Assert.Single(receipt.DistinctBy(s => s.Customer)));

        var usable = customers.Where(c => EmailAddress.TryParse(c.Email, out _, out _)).ToList();
        Assert.Equal(
            customers.Where(c => c.Kind.EndsWith(" address", StringComparison.Ordinal)).Select(c => c.Number),
            customers.Except(usable).Select(c => c.Number));
        Assert.All(usable, c => Assert.Equal(EmailAddress.Parse(c.Email).Value, c.Mailbox));
        Assert.Equal(
            usable.Where(c => c.Kind.StartsWith("mailbox of", StringComparison.Ordinal)).Select(c => c.Number).Order(),
            usable.GroupBy(c => c.Mailbox).Where(box => box.Count() > 1).SelectMany(box => box).Select(c => c.Number).Order());
    }

    [Fact]
    public void The_files_read_back_to_the_same_rows()
    {
        var sample = SampleBase.Create(300, Today);
        using var folder = new SampleBaseFolder(sample);
        Assert.Equal(
            sample.Customers.Select(c => new CustomerLine(c.Number, c.Email, c.Permission)),
            folder.Customers());
        Assert.Equal(
            sample.Customers.SelectMany(c => c.Sales).Select(Line).CountBy(s => s).ToDictionary(),
            folder.Sales().CountBy(s => s).ToDictionary());
        Assert.Equal(
            sample.Customers.SelectMany(c => c.Subscriptions.Select(s => (c.Number, s.Number, s.Renewal))),
            folder.Subscriptions().Select(s => (s.Customer, s.Number, s.Renewal)));

        static SaleLine Line(SampleSale sale) => new(sale.Receipt, sale.Customer, sale.Day, sale.Amount);
    }

    [Fact]
    public void The_files_look_like_exports_of_a_dutch_and_an_english_system()
    {
        using var folder = new SampleBaseFolder(SampleBase.Create(300, Today));
        var customers = Encoding.UTF8.GetString(folder.Bytes("klanten.csv"));
        var sales = Encoding.UTF8.GetString(folder.Bytes("aankopen.csv"));
        var subscriptions = Encoding.UTF8.GetString(folder.Bytes("subscriptions.csv"));
        Assert.StartsWith("\ufeffklantnummer;naam;voornaam;e-mail;telefoon;taal;toestemming\r\nK000001;", customers, StringComparison.Ordinal);
        Assert.StartsWith("\ufeffbonnummer;klantnummer;datum;bedrag;artikel\r\n", sales, StringComparison.Ordinal);
        Assert.StartsWith("customer number,subscription number,plan,start date,renewal date,auto renew\nK", subscriptions, StringComparison.Ordinal);
        Assert.All(
            ["O'Brien", "van der Berg", "Zoë", "\"Bakkerij De Korst; Van Dijk & Zn.\"", "\"Café \"\"Het Hoekje\"\"\"", "Smith, Jr."],
            name => Assert.Contains(name, customers, StringComparison.Ordinal));
        Assert.Matches(@";[12]\.\d{3},\d{2};", sales);
        Assert.Matches(@";-\d+,\d{2};", sales);
        Assert.Matches(@";0,00;", sales);
        Assert.Contains(",\"Gym, sauna & pool\",", subscriptions, StringComparison.Ordinal);
        Assert.All(sales.Split("\r\n").Skip(1).SkipLast(1), line => Assert.Matches(@"^\d{6}-\d{6,};[Kk]\d{6};\d\d-\d\d-\d{4};", line));
    }

    [Fact]
    public void Equal_lines_stand_in_the_till_file_twice()
    {
        using var folder = new SampleBaseFolder(SampleBase.Create(SampleBase.SmallestBase, Today));
        // The kinds "equal lines", "one of two equal lines refunded" and "mailbox of two lapsed, equal lines decide".
        Assert.Equal(3, folder.Sales().CountBy(s => s).Count(s => s.Value == 2));
    }

    [Fact]
    public void A_lapsed_base_has_everybody_due_at_a_mailbox_of_their_own()
    {
        var sample = SampleBase.CreateLapsed(2_000, Today);
        Assert.Equal(2_000, sample.DueRecipients.Select(d => d.Address).Distinct().Count());
        Assert.All(sample.DueRecipients, d => Assert.Equal((SampleBase.RestaurantCampaign, "invitation"), (d.Campaign, d.Step)));
        using var folder = new SampleBaseFolder(sample);
        Assert.Equal(sample.Expected.Select(Text), FilesAnswer.For(folder, Today).Select(Text));
    }

    // A second, independent derivation: read the files and apply the sentences of the rules one after the other.
    [Theory]
    [InlineData("2026-10-12", 1)]
    [InlineData("2026-10-12", 7)]
    [InlineData("2026-08-31", 1)] // six months before is 28 February
    [InlineData("2028-02-28", 1)]
    [InlineData("2028-02-29", 3)] // 36 months before there is no such day
    [InlineData("2027-02-28", 1)]
    [InlineData("2027-01-01", 2)]
    [InlineData("2026-12-31", 1)]
    [InlineData("2027-03-28", 1)] // the clocks change
    public void The_answers_agree_with_what_the_files_say(string today, int seed)
    {
        var day = DateOnly.Parse(today, CultureInfo.InvariantCulture);
        var sample = SampleBase.Create(1_000, day, seed);
        using var folder = new SampleBaseFolder(sample);
        Assert.Equal(sample.Expected.Select(Text), FilesAnswer.For(folder, day).Select(Text));
    }

    // All four dates were counted on a calendar. Columns: today, newest lapsed day, the day after it, oldest lapsed day, the day before it.
    [Theory]
    [InlineData("2026-10-12", "2026-04-12", "2026-04-13", "2023-10-12", "2023-10-11")]
    [InlineData("2026-08-31", "2026-02-28", "2026-03-01", "2023-08-31", "2023-08-30")] // 1 March + 6 months = 1 September
    [InlineData("2028-02-28", "2027-08-28", "2027-08-29", "2025-02-28", "2025-02-27")] // 29 August + 6 months = 29 February
    [InlineData("2028-02-29", "2027-08-31", "2027-09-01", "2025-03-01", "2025-02-28")] // 30 and 31 August come to 29 February too
    [InlineData("2027-02-28", "2026-08-31", "2026-09-01", "2024-02-28", "2024-02-27")] // 29 February 2024 + 36 months = 28 February
    [InlineData("2027-01-01", "2026-07-01", "2026-07-02", "2024-01-01", "2023-12-31")]
    [InlineData("2026-12-31", "2026-06-30", "2026-07-01", "2023-12-31", "2023-12-30")]
    public void The_boundary_customers_stand_exactly_on_the_boundary(string today, string newest, string tooNew, string oldest, string tooOld)
    {
        var sample = SampleBase.Create(SampleBase.SmallestBase, DateOnly.Parse(today, CultureInfo.InvariantCulture));
        Assert.Equal((newest, "invitation"), LastVisit("exactly six months"));
        Assert.Equal((tooNew, "active"), LastVisit("a day short of six months"));
        Assert.Equal((oldest, "invitation"), LastVisit("exactly 36 months"));
        Assert.Equal((tooOld, "too-long-ago"), LastVisit("a day over 36 months"));

        (string, string?) LastVisit(string kind)
        {
            var customer = sample.Customers.First(c => c.Kind == kind);
            var restaurant = customer.Expected.Single(e => e.Campaign == SampleBase.RestaurantCampaign);
            return (customer.Sales.Max(s => s.Day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), restaurant.Step ?? restaurant.Reason);
        }
    }

    [Theory]
    [InlineData("30 days left", "30-days")]
    [InlineData("8 days left", "30-days")]
    [InlineData("7 days left", "7-days")]
    [InlineData("2 days left", "7-days")]
    [InlineData("1 day left", "1-day")]
    [InlineData("31 days left", "active")]
    [InlineData("ends today", "no-such-subject")]
    public void The_members_have_the_step_of_their_window(string kind, string answer)
    {
        var member = SampleBase.Create(SampleBase.SmallestBase, Today).Customers.First(c => c.Kind == kind);
        var days = kind == "ends today" ? 0 : int.Parse(kind.Split(' ')[0], CultureInfo.InvariantCulture);
        Assert.Equal(days, member.Subscriptions[^1].Renewal.DayNumber - Today.DayNumber);
        var renewal = member.Expected.Single(e => e.Campaign == SampleBase.RenewalCampaign);
        Assert.Equal(answer, renewal.Step ?? renewal.Reason);
    }

    private static string Text(Expectation e) => $"{e.Customer} {e.Campaign} {e.Outcome} {e.Step}{e.Reason}";
}
