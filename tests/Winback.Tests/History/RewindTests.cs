using System.Collections.Immutable;
using Winback.Campaigns;
using Winback.Customers;
using Winback.History;
using Winback.Outreach;
using Winback.Replies;
using Winback.Tests.Campaigns;

namespace Winback.Tests.History;

/// <summary>A customer as they were on a day, and what the rule says about it.</summary>
public sealed class RewindTests
{
    private static readonly CampaignSet Campaigns = new([Given.Inactive(), Given.Reminder()]);
    private static readonly Anchor Lapse = new("", Given.Day("2026-02-10"));

    /// <summary>Bought on 10 February and came back on 20 November; invited on 13 October, last chance on 27 October; all told on 1 December 2026.</summary>
    private static readonly CustomerHistory Regular = new(
        Given.Customer() with { LastVisit = Given.Day("2026-11-20"), Visits = 2 }, new Profile(),
        [Sale("2026-02-10"), Sale("2026-11-20")], [],
        [new EnrolmentRecord(Given.Customer().Id, Given.Lapsed, Lapse, "v1", Given.Day("2026-10-13"), Given.Day("2026-11-20"), new Money(2000))],
        [Step("invitation", (StepState.HandedOver, "2026-10-13T12:00+02:00")), Step("last-chance", (StepState.HandedOver, "2026-10-27T12:00+01:00"))], []);

    [Theory]
    //          day           what the rule said at noon
    [InlineData("2026-01-31", "no-such-subject")] // before the first sale
    [InlineData("2026-02-10", "active")] // the day of the sale
    [InlineData("2026-08-09", "active")]
    [InlineData("2026-08-10", "due invitation")] // six months: it was due, and nothing had been sent yet
    [InlineData("2026-10-12", "due invitation")]
    [InlineData("2026-10-13", "waiting")] // sent at 12:00 sharp
    [InlineData("2026-10-26", "waiting")]
    [InlineData("2026-10-27", "capped")] // all sent: the cap is the earlier of two reasons
    [InlineData("2026-11-09", "capped")]
    [InlineData("2026-11-10", "finished")]
    [InlineData("2026-11-19", "finished")]
    [InlineData("2026-11-20", "active")] // came back
    public void The_rule_is_asked_about_the_facts_of_that_day(string day, string expected) => Assert.Equal(expected, Ask(Regular, day));

    [Theory]
    [InlineData("2026-10-20", "opted-out", null, "2026-10-20T11:59+02:00")]
    [InlineData("2026-10-20", "waiting", null, "2026-10-20T12:01+02:00")] // a minute later
    [InlineData("2026-10-20", "on-hold", "2026-10-15T09:00+02:00", null)]
    [InlineData("2026-10-14", "waiting", "2026-10-15T09:00+02:00", null)]
    [InlineData("2026-11-19", "finished", "2026-10-15T09:00+02:00", null)] // the hold of 30 days is over, and so is the sequence
    public void An_opt_out_and_a_reply_count_from_their_moment(string day, string expected, string? repliedAt, string? optedOutAt)
    {
        var history = Regular with
        {
            Outreach = [Regular.Outreach[0]],
            Customer = Regular.Customer with { OptedOutAt = optedOutAt is null ? null : Given.At(optedOutAt).Instant },
            Replies = repliedAt is null ? [] : [Reply(repliedAt)],
        };
        Assert.Equal(expected, Ask(history, day));
    }

    [Theory]
    [InlineData("2026-10-13", "enrolled-already")] // failed, and waits for the owner
    [InlineData("2026-10-14", "enrolled-already")]
    [InlineData("2026-10-15", "due invitation")] // made due again that morning
    [InlineData("2026-10-16", "waiting")] // sent
    public void What_became_of_a_step_is_known_by_its_states(string day, string expected)
    {
        var step = Step(
            "invitation", (StepState.Failed, "2026-10-13T11:00+02:00"), (StepState.DueAgain, "2026-10-15T09:00+02:00"), (StepState.HandedOver, "2026-10-15T13:00+02:00"));
        Assert.Equal(expected, Ask(Regular with { Outreach = [step] }, day));
    }

    [Fact]
    public void A_subscription_is_there_from_its_start()
    {
        var subscription = new Subscription("S1", "unlimited", Given.Day("2026-03-01"), Given.Day("2027-03-01"), false);
        var history = Regular with { Subscriptions = [subscription] };
        Assert.Empty(To(history, "2026-02-28").Customer.Subscriptions);
        Assert.Equal([subscription], To(history, "2026-03-01").Customer.Subscriptions);
    }

    [Fact]
    public void Erasure_and_death_count_from_their_moment()
    {
        var history = Regular with { Customer = Regular.Customer with { ErasedAt = Given.Now.Instant, DeceasedAt = Given.Now.Instant } };
        Assert.Equal((null, null), (To(history, "2026-10-12").Customer.ErasedAt, To(history, "2026-10-12").Customer.DeceasedAt));
        Assert.Equal("erased", Ask(history, "2026-10-13"));
    }

    [Theory]
    [InlineData("2026-10-12", "due invitation")]
    [InlineData("2026-10-13", "suppressed-address")] // since 10:00
    public void A_mailbox_is_suppressed_from_its_moment(string day, string expected)
    {
        var history = Regular with
        {
            Outreach = [],
            Customer = Regular.Customer with { Suppressed = "hard bounce", SuppressedAt = Given.At("2026-10-13T10:00+02:00").Instant },
        };
        Assert.Equal(expected, Ask(history, day));
        Assert.DoesNotContain(To(history, day).Unknown, u => u.Contains("mailbox is not kept", StringComparison.Ordinal));
    }

    [Theory] // Chosen on 12 October at noon: a pause until 1 January, or at most one mail in 90 days.
    [InlineData("2026-10-11", false)]
    [InlineData("2026-10-12", true)]
    public void What_the_customer_chose_counts_from_when_they_did(string day, bool chosen)
    {
        var at = Given.At("2026-10-12T12:00+02:00").Instant;
        var history = Regular with
        {
            Customer = Regular.Customer with { PausedUntil = Given.Day("2027-01-01"), PausedAt = at, MarketingEveryDays = 90, MarketingEveryAt = at },
        };
        var rewound = To(history, day);
        Assert.Equal((chosen, chosen ? 90 : 0), (rewound.Customer.PausedUntil is not null, rewound.Customer.MarketingEveryDays));
        Assert.Equal(!chosen, rewound.Unknown.Any(u => u.Contains("how often we may write", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_nobody_can_know_is_said()
    {
        var plain = Regular with { Purchases = [Regular.Purchases[0]] };
        Assert.Single(To(plain, "2026-10-12").Unknown); // the permission is always that of the last import
        var much = Regular with
        {
            Customer = Regular.Customer with
            {
                Suppressed = "spam complaint",
                PausedUntil = Given.Day("2027-01-01"),
                Hold = new Hold(Given.Now.Instant.AddDays(9), "a case"),
                SharesMailbox = true,
            },
            Subscriptions = [Given.Subscription(20)],
        };
        Assert.Equal(7, To(much, "2026-10-12").Unknown.Count);
        Assert.Equal(To(much, "2026-10-12").Unknown.Distinct(), To(much, "2026-10-12").Unknown);
    }

    private static Rewound To(CustomerHistory history, string day) => Rewind.To(
        history, Noon(day), Campaigns, new Standing(new ReplyOptions(), Given.Amsterdam));

    private static string Ask(CustomerHistory history, string day) =>
        new Rule(new EngineOptions()).Ask(To(history, day).Customer, Campaigns, Noon(day)).Single(v => v.Campaign == Given.Lapsed).Word();

    private static Moment Noon(string day) =>
        new(Moment.InstantOf(Given.Day(day).ToDateTime(new TimeOnly(12, 0)), Given.Amsterdam), Given.Amsterdam);

    private static Purchase Sale(string day) => new(Given.Customer().Id, Given.Day(day), null, new Money(2000), null, null, 0);

    private static Reply Reply(string at) => new("r1", Given.Customer().Id, Given.Lapsed, "invitation", Given.At(at).Instant, Road.Mail, "Re:", "Thanks");

    private static OutreachRecord Step(string step, params (StepState State, string At)[] states)
    {
        var times = states.ToImmutableSortedDictionary(s => s.State, s => Given.At(s.At).Instant);
        return new OutreachRecord(Given.Customer().Id, Given.Lapsed, Lapse, step, states[^1].State, times[states[^1].State], null, null) { Times = times };
    }
}
