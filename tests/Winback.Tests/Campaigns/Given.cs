using System.Collections.Immutable;
using System.Globalization;
using Winback.Campaigns;
using Winback.Customers;

namespace Winback.Tests.Campaigns;

/// <summary>Customers, campaigns and moments for the tests of the pure rules. What a test does not name is unremarkable.</summary>
internal static class Given
{
    public const string Lapsed = "lapsed";
    public const string Renewal = "renewal";
    public const string Elsewhere = "elsewhere";

    public static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    /// <summary>Tuesday 13 October 2026, 12:00 in Amsterdam.</summary>
    public static readonly Moment Now = At("2026-10-13T12:00+02:00");

    public static Moment At(string instant) => new(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture), Amsterdam);

    public static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>May be written to; last visit on 10 February 2026.</summary>
    public static Customer Customer(string id = "k1") => new()
    {
        Id = CustomerId.Parse(id),
        HasUsableAddress = true,
        MarketingPermission = true,
        LastVisit = Day("2026-02-10"),
        Visits = 3,
        Revenue = new Money(10_000),
    };

    /// <summary>Lapsed after 6 months, invitation and 14 days later last-chance, always open.</summary>
    public static Campaign Inactive(string id = Lapsed, int months = 6, int maxMonths = 36, int priority = 0, bool includeSubscribers = false) => new(
        id, "v1", true, priority, new InactiveAudience(months, maxMonths, includeSubscribers), [new Step("invitation", 0), new Step("last-chance", 14)],
        SendWindow.Always, null, null, Campaign.DefaultAttributionDays, false);

    /// <summary>30, 7 and 1 days before the end, always open.</summary>
    public static Campaign Reminder(string id = Renewal, bool includeAutoRenewing = false, bool sendAgain = false) => new(
        id, "v1", true, 0, new RenewalAudience(includeAutoRenewing), [new Step("30-days", 30), new Step("7-days", 7), new Step("1-day", 1)],
        SendWindow.Always, null, null, Campaign.DefaultAttributionDays, sendAgain);

    /// <summary>A yearly subscription that ends so many days after <see cref="Now"/>.</summary>
    public static Subscription Subscription(int daysLeft, string number = "S1", string plan = "unlimited", bool autoRenews = false)
    {
        var ends = Now.Today.AddDays(daysLeft);
        return new Subscription(number, plan, ends.AddYears(-1), ends, autoRenews);
    }

    public static Customer Member(params ImmutableArray<Subscription> subscriptions) => Customer() with { LastVisit = null, Subscriptions = subscriptions };

    public static Enrolment Enrolled(
        string campaign = Lapsed, string step = "invitation", StepState state = StepState.HandedOver, string at = "2026-10-06T12:00+02:00",
        Anchor? anchor = null, string? ended = null)
    {
        var moment = At(at);
        return new Enrolment(
            campaign, "v1", anchor ?? new Anchor("", Day("2026-02-10")), moment.Today, step, state, moment.Instant, "claim-1",
            Problem: state is StepState.Failed or StepState.Uncertain ? "no answer" : null, Ended: ended);
    }

    public static Verdict Ask(Customer customer, Campaign campaign, Moment? now = null, EngineOptions? options = null) =>
        AskAll(customer, [campaign], now, options)[0];

    public static IReadOnlyList<Verdict> AskAll(
        Customer customer, Campaign[] campaigns, Moment? now = null, EngineOptions? options = null, params Campaign[] earlier) =>
        new Rule(options ?? new EngineOptions()).Ask(customer, new CampaignSet(campaigns, earlier), now ?? Now);

    /// <summary>A verdict in words for a table: "due invitation", "waiting", or the reason.</summary>
    public static string Word(this Verdict verdict) => verdict switch
    {
        Due due => $"due {due.Step.Id}",
        Waiting => "waiting",
        Excluded excluded => excluded.Reason.Word(),
        _ => throw new ArgumentException($"{verdict.GetType().Name} has no word."),
    };
}
