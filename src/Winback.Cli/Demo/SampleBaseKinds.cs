namespace Winback.Cli.Demo;

/// <summary>What a campaign must say of a person.</summary>
internal sealed record Verdict(Outcome Outcome, string? Step, string? Reason)
{
    public static Verdict Due(string step) => new(Outcome.Due, step, null);

    public static Verdict Not(string reason) => new(Outcome.Excluded, null, reason);
}

/// <param name="Restaurant">What the inactive campaign must say.</param>
/// <param name="Renewal">What the renewal reminder must say.</param>
/// <param name="Make">Gives the person the past that makes both true.</param>
internal sealed record Person(Verdict Restaurant, Verdict Renewal, Action<SampleBaseDraft> Make);

/// <summary>Several people share one mailbox.</summary>
/// <param name="Weight">How many of these in about a thousand customers.</param>
internal sealed record SampleBaseKind(string Name, int Weight, params Person[] People);

/// <summary>
/// Every kind of customer, with its answers by construction. Restaurant: last visit 6 to 36 calendar months ago, no running subscription, permission.
/// Renewal: 30 to 8, 7 to 2, or 1 day left of a subscription that does not go on by itself.
/// </summary>
internal static class SampleBaseKinds
{
    private static readonly Verdict Invited = Verdict.Due("invitation");
    private static readonly Verdict Remind30 = Verdict.Due("30-days");
    private static readonly Verdict Remind7 = Verdict.Due("7-days");
    private static readonly Verdict Remind1 = Verdict.Due("1-day");
    private static readonly Verdict Active = Verdict.Not("active");
    private static readonly Verdict NoSubject = Verdict.Not("no-such-subject");
    private static readonly Verdict NoAddress = Verdict.Not("no-usable-address");
    private static readonly Verdict NoPermission = Verdict.Not("no-permission");
    private static readonly Verdict TooLongAgo = Verdict.Not("too-long-ago");
    private static readonly Verdict SharedMailbox = Verdict.Not("shared-mailbox");

    /// <summary>Nothing but lapsed guests, at three depths.</summary>
    public static IReadOnlyList<SampleBaseKind> Lapsed { get; } =
    [
        Guest("lapsed seven months ago", 60, Invited, d => d.Visits(d.MonthsAgo(7, 20))),
        Guest("lapsed a year ago", 50, Invited, d => d.Visits(d.MonthsAgo(10, 180))),
        Guest("lapsed two years ago", 40, Invited, d => d.Visits(d.MonthsAgo(20, 400))),
    ];

    public static IReadOnlyList<SampleBaseKind> All { get; } = [.. Lapsed, .. Guests(), .. Unreachable(), .. Members(), .. Households()];

    private static IEnumerable<SampleBaseKind> Guests() =>
    [
        Guest("recent visitor", 343, Active, d => d.Visits(d.DaysAgo(0, 150))),
        Guest("exactly six months", 8, Invited, d => d.Visits(d.NewestLapsedDay)),
        Guest("a day short of six months", 8, Active, d => d.Visits(d.NewestLapsedDay.AddDays(1))),
        Guest("exactly 36 months", 5, Invited, d => d.Visits(d.OldestLapsedDay)),
        Guest("a day over 36 months", 5, TooLongAgo, d => d.Visits(d.OldestLapsedDay.AddDays(-1))),
        Guest("long gone", 40, TooLongAgo, d => d.Visits(d.MonthsAgo(38, 900))),
        Guest("never bought", 30, NoSubject, _ => { }),
        Guest("booked", 15, Active, d => d.Visits(d.MonthsAgo(9, 60)).Sale(d.DaysAhead(1, 20), 25m, "Aanbetaling feestzaal")),
        Guest("last visit fully refunded", 8, Invited, d =>
        {
            var day = d.DaysAgo(40, 60);
            d.Visits(d.MonthsAgo(9, 60)).Sale(day, 64.50m).Line(day.AddDays(3), -64.50m, "Terugbetaling");
        }),
        // The money that went back came later than the visit; only the visit counts.
        Guest("partly refunded since", 6, Invited, d => d.Visits(d.MonthsAgo(8, 30)).Line(d.DaysAgo(5, 90), -5m, "Terugbetaling")),
        Guest("credit note since", 6, Invited, d => d.Visits(d.MonthsAgo(8, 30)).Sale(d.DaysAgo(5, 90), -15m, "Creditnota")),
        Guest("free visit since", 5, Active, d => d.Visits(d.MonthsAgo(9, 60)).Sale(d.DaysAgo(10, 90), 0m, "Spaarkaart vol: gratis lunch")),
        Guest("free visit only", 5, Invited, d => d.Sale(d.MonthsAgo(8, 60), 0m, "Proefles")),
        Guest("equal lines", 6, Invited, d => d.EqualLines(d.MonthsAgo(9, 90), 18.50m)),
        // Two equal sales less one refund is one sale; a reader that drops the second line sees a full refund.
        Guest("one of two equal lines refunded", 4, Active, d =>
        {
            var day = d.DaysAgo(20, 90);
            d.Visits(d.MonthsAgo(9, 60)).EqualLines(day, 22m).Line(day, -22m, "Terugbetaling");
        }),
        Guest("number in another case at the till", 8, Invited, d => d.TypedInLowerCase().Visits(d.MonthsAgo(8, 200))),
    ];

    private static IEnumerable<SampleBaseKind> Unreachable() =>
    [
        new("no address", 30, new Person(NoAddress, NoAddress, d => d.WithoutAddress().Visits(d.DaysAgo(5, 900)))),
        // Without permission either: the address comes first.
        new("broken address", 15, new Person(NoAddress, NoAddress, d => d.WithBrokenAddress().Permission("nee").Visits(d.MonthsAgo(8, 200)))),
        Guest("no permission", 60, NoPermission, d => d.Permission("nee").Visits(d.DaysAgo(5, 1200))),
        Guest("permission empty", 20, NoPermission, d => d.Permission("").Visits(d.MonthsAgo(8, 200))),
    ];

    // Members have not visited the restaurant for long, so that it is their membership that keeps them active.
    private static IEnumerable<SampleBaseKind> Members() =>
    [
        Member("30 days left", 8, Remind30, d => d.EndsIn(30)),
        Member("15 days left", 12, Remind30, d => d.EndsIn(15)),
        Member("8 days left", 7, Remind30, d => d.EndsIn(8)),
        Member("7 days left", 8, Remind7, d => d.EndsIn(7)),
        Member("3 days left", 8, Remind7, d => d.EndsIn(3)),
        Member("2 days left", 6, Remind7, d => d.EndsIn(2)),
        Member("1 day left", 6, Remind1, d => d.EndsIn(1)),
        Member("31 days left", 6, Active, d => d.EndsIn(31)),
        Member("months left", 60, Active, d => d.EndsIn(d.Random.Between(40, 330))),
        Member("renews by itself in 5 days", 15, Active, d => d.EndsIn(5, auto: true)),
        // An export that still shows the old period: it goes on until the owner's system says otherwise.
        Member("renewed by itself 4 days ago", 6, Active, d => d.EndsIn(-4, auto: true)),
        Member("renewed ahead", 6, Active, d =>
        {
            var renewal = d.Today.AddDays(d.Random.Between(3, 25));
            d.Subscription("Gym year", renewal.AddMonths(-12), renewal).Subscription("Gym year", renewal, renewal.AddMonths(12));
        }),
        Member("one of two plans ends", 5, Remind30, d =>
            d.Subscription("Sauna, off-peak", d.Today.AddMonths(-2), d.Today.AddMonths(10)).EndsIn(20)),
        new("ends without permission", 6, new Person(NoPermission, Remind7, d => d.Permission("nee").Visits(d.MonthsAgo(9, 200)).EndsIn(6))),
        new("ends without address", 3, new Person(NoAddress, NoAddress, d => d.WithoutAddress().Visits(d.MonthsAgo(9, 200)).EndsIn(12))),
        new("gym only, ends", 8, new Person(NoSubject, Remind30, d => d.EndsIn(d.Random.Between(9, 29)))),
        new("gym only, ended", 5, new Person(NoSubject, NoSubject, d => d.EndsIn(-d.Random.Between(20, 400)))),
        Guest("ends today", 4, Invited, d => d.Visits(d.MonthsAgo(9, 200)).EndsIn(0)),
        Guest("ended last month", 12, Invited, d => d.Visits(d.MonthsAgo(8, 100)).EndsIn(-d.Random.Between(28, 35))),
    ];

    private static IEnumerable<SampleBaseKind> Households() =>
    [
        new("mailbox of two lapsed, the second spent more", 4,
            new Person(SharedMailbox, NoSubject, d => d.Sale(d.MonthsAgo(9, 90), 45m)),
            new Person(Invited, NoSubject, d => d.Sale(d.MonthsAgo(9, 90), 180m))),
        new("mailbox of two lapsed, equal revenue", 3,
            new Person(Invited, NoSubject, d => d.Sale(d.MonthsAgo(9, 90), 75m)),
            new Person(SharedMailbox, NoSubject, d => d.TypedAddressCarelessly().Sale(d.MonthsAgo(9, 90), 75m))),
        new("mailbox of two lapsed, equal lines decide", 3,
            new Person(SharedMailbox, NoSubject, d => d.Sale(d.MonthsAgo(9, 90), 100m)),
            new Person(Invited, NoSubject, d => d.EqualLines(d.MonthsAgo(9, 90), 60m))),
        new("mailbox of one lapsed, one active", 4,
            new Person(Invited, NoSubject, d => d.Sale(d.MonthsAgo(9, 90), 30m)),
            new Person(Active, NoSubject, d => d.Visits(d.DaysAgo(5, 90)))),
        new("mailbox of two members", 2,
            new Person(Active, Remind30, d => d.Visits(d.MonthsAgo(9, 90)).EndsIn(18)),
            new Person(Active, Remind7, d => d.Visits(d.MonthsAgo(9, 90)).EndsIn(4))),
    ];

    /// <summary>No running subscription, so nothing to remind of.</summary>
    private static SampleBaseKind Guest(string name, int weight, Verdict restaurant, Action<SampleBaseDraft> make) =>
        new(name, weight, new Person(restaurant, NoSubject, make));

    /// <summary>A running subscription, so not inactive.</summary>
    private static SampleBaseKind Member(string name, int weight, Verdict renewal, Action<SampleBaseDraft> make) =>
        new(name, weight, new Person(Active, renewal, d => make(d.Visits(d.MonthsAgo(9, 200)))));
}
