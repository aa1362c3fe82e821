using Winback.Campaigns;
using Winback.Customers;

namespace Winback.Tests.Campaigns;

/// <summary>What a marketing enrolment in progress, or over, allows.</summary>
public sealed class RuleEnrolmentTests
{
    [Theory] // Nothing more comes of these, so they do not hold up another campaign.
    [InlineData(StepState.Failed, "invitation")]
    [InlineData(StepState.HandedOver, "a-step-that-was-removed")]
    public void A_slot_that_leads_nowhere_lets_other_campaigns_in(StepState state, string step)
    {
        var slot = Given.Enrolled(Given.Elsewhere, state: state) with { Step = step };
        var verdicts = Given.AskAll(Given.Customer() with { Marketing = slot }, [Given.Inactive(), Given.Inactive(Given.Elsewhere, months: 120, maxMonths: 120)]);
        Assert.Equal("due invitation", verdicts.Single(v => v.Campaign == Given.Lapsed).Word());
    }

    [Theory]
    [InlineData(StepState.Claimed, "enrolled-already", "invitation is being sent")]
    [InlineData(StepState.Failed, "enrolled-already", "invitation failed: no answer")]
    [InlineData(StepState.HandedOver, "waiting", "last-chance follows on 2026-10-20")]
    [InlineData(StepState.Uncertain, "waiting", "last-chance follows on 2026-10-20")] // it itself never goes again
    public void A_step_that_was_taken_is_not_due_again(StepState state, string expected, string detail)
    {
        var verdict = Given.Ask(Given.Customer() with { Marketing = Given.Enrolled(state: state) }, Given.Inactive());
        Assert.Equal((expected, detail), (verdict.Word(), verdict.Detail));
    }

    [Theory]
    [InlineData("2026-10-06T12:00+02:00", "2026-10-19T23:59+02:00", "waiting")]
    [InlineData("2026-10-06T12:00+02:00", "2026-10-20T00:00+02:00", "due last-chance")] // 14 days by the calendar, whatever the hour
    [InlineData("2026-10-06T23:59+02:00", "2026-10-20T00:00+02:00", "due last-chance")]
    [InlineData("2026-10-13T22:30Z", "2026-10-27T23:59+01:00", "waiting")] // sent on the 14th in Amsterdam
    [InlineData("2026-10-13T22:30Z", "2026-10-28T00:00+01:00", "due last-chance")]
    [InlineData("2026-10-20T12:00+02:00", "2026-11-02T23:59+01:00", "waiting")] // over the day with 25 hours
    [InlineData("2026-10-20T12:00+02:00", "2026-11-03T00:00+01:00", "due last-chance")]
    [InlineData("2026-10-06T12:00+02:00", "2027-03-01T12:00+01:00", "due last-chance")] // late is better than never
    public void A_follow_up_comes_after_its_delay(string sentAt, string now, string expected) =>
        Assert.Equal(expected, Given.Ask(Given.Customer() with { Marketing = Given.Enrolled(at: sentAt) }, Given.Inactive(), Given.At(now)).Word());

    [Fact]
    public void A_follow_up_belongs_to_the_enrolment_it_follows()
    {
        // The visit was corrected meanwhile: the anchor stays what it was.
        var customer = Given.Customer() with { Marketing = Given.Enrolled(at: "2026-09-01T12:00+02:00"), LastVisit = Given.Day("2026-02-12") };
        var due = Assert.IsType<Due>(Given.Ask(customer, Given.Inactive()));
        Assert.False(due.IsNew);
        Assert.Equal(new Anchor("", Given.Day("2026-02-10")), due.Anchor);
    }

    [Fact]
    public void Neither_the_cap_nor_the_upper_limit_stops_a_follow_up()
    {
        var customer = Given.Customer() with
        {
            Marketing = Given.Enrolled(at: "2026-09-01T12:00+02:00"),
            LastMarketingAt = Given.Now.Instant.AddDays(-13),
            LastVisit = Given.Day("2023-10-01"),
        };
        Assert.Equal("due last-chance", Given.Ask(customer, Given.Inactive()).Word());
    }

    [Theory]
    [InlineData("last-chance")]
    [InlineData("a-step-that-was-removed")]
    public void After_the_last_step_it_is_finished(string step)
    {
        var customer = Given.Customer() with { Marketing = Given.Enrolled(step: step, at: "2026-06-01T12:00+02:00") };
        Assert.Equal(new Excluded(Given.Lapsed, ExclusionReason.Finished, "all steps done"), Given.Ask(customer, Given.Inactive()));
    }

    [Theory]
    [InlineData("2026-02-10", "2026-02-09", "due invitation")] // a visit after the enrolment started: a new lapse
    [InlineData("2026-02-10", "2026-02-10", "finished")] // a visit on that very day is the one that ended it
    [InlineData("2026-02-10", "2026-08-12", "finished")]
    [InlineData("2026-02-14", "2026-08-12", "finished")] // a corrected or late purchase, dated before the enrolment, makes no new one
    public void A_new_enrolment_needs_a_visit_after_the_start_of_the_one_before(string lastVisit, string started, string expected)
    {
        var customer = Given.Customer() with { LastVisit = Given.Day(lastVisit), Started = Given.Customer().Started.SetItem(Given.Lapsed, Given.Day(started)) };
        Assert.Equal(expected, Given.Ask(customer, Given.Inactive()).Word());
    }

    [Fact]
    public void Another_campaigns_enrolment_that_is_over_does_not_count_for_this_one()
    {
        var customer = Given.Customer() with
        {
            Marketing = Given.Enrolled(Given.Elsewhere, ended: EnrolmentEnd.Finished),
            Started = Given.Customer().Started.SetItem(Given.Elsewhere, Given.Day("2026-08-12")),
        };
        Assert.Equal("due invitation", Given.Ask(customer, Given.Inactive()).Word());
    }

    [Theory]
    [InlineData(EnrolmentEnd.Reply, "was asked from 2026-08-12 on, ended by reply")]
    [InlineData(EnrolmentEnd.Finished, "was asked from 2026-08-12 on")]
    public void What_ended_an_enrolment_is_told(string ended, string detail)
    {
        var customer = Given.Customer() with
        {
            Marketing = Given.Enrolled(at: "2026-08-12T12:00+02:00", ended: ended),
            Started = Given.Customer().Started.SetItem(Given.Lapsed, Given.Day("2026-08-12")),
        };
        Assert.Equal(new Excluded(Given.Lapsed, ExclusionReason.Finished, detail), Given.Ask(customer, Given.Inactive()));
    }

    [Theory]
    [InlineData("2026-09-30T23:30+02:00", "2026-10-13T23:59+02:00", "capped")]
    [InlineData("2026-09-30T23:30+02:00", "2026-10-14T00:00+02:00", "due invitation")] // 14 days by the calendar, not 14 times 24 hours
    [InlineData("2026-09-30T22:30Z", "2026-10-14T23:59+02:00", "capped")] // 1 October in Amsterdam
    [InlineData("2026-09-30T22:30Z", "2026-10-15T00:00+02:00", "due invitation")]
    [InlineData("2026-10-13T11:00+02:00", "2026-10-13T12:00+02:00", "capped")]
    public void The_cap_counts_local_calendar_days(string contact, string now, string expected) =>
        Assert.Equal(expected, Given.Ask(Given.Customer() with { LastMarketingAt = Given.At(contact).Instant }, Given.Inactive(), Given.At(now)).Word());

    [Fact]
    public void The_owner_may_set_another_cap()
    {
        var customer = Given.Customer() with { LastMarketingAt = Given.Now.Instant.AddDays(-20) };
        Assert.Equal("due invitation", Given.Ask(customer, Given.Inactive()).Word());
        Assert.Equal("capped", Given.Ask(customer, Given.Inactive(), options: new EngineOptions { MarketingCap = TimeSpan.FromDays(21) }).Word());
    }

    [Theory] // The last marketing mail was on 15 July 2026; 90 days later it is 13 October.
    [InlineData(0, "2026-10-12T12:00+02:00", "due invitation")] // as often as anybody: 14 days
    [InlineData(7, "2026-07-28T12:00+02:00", "capped")] // less than the owner's own cap makes nothing more
    [InlineData(90, "2026-10-12T23:59+02:00", "capped")]
    [InlineData(90, "2026-10-13T00:00+02:00", "due invitation")]
    public void Who_asked_for_less_waits_longer(int everyDays, string now, string expected)
    {
        var customer = Given.Customer() with { LastVisit = Given.Day("2025-12-01"), LastMarketingAt = Given.At("2026-07-15T12:00+02:00").Instant, MarketingEveryDays = everyDays };
        Assert.Equal(expected, Given.Ask(customer, Given.Inactive(), Given.At(now)).Word());
    }

    [Theory] // The invitation left on 15 July 2026; the follow-up comes 14 days later, or when the customer wants to hear from us again.
    [InlineData(0, "2026-07-29T12:00+02:00", "due last-chance")]
    [InlineData(7, "2026-07-28T12:00+02:00", "waiting")]
    [InlineData(90, "2026-07-29T12:00+02:00", "waiting")]
    [InlineData(90, "2026-10-12T23:59+02:00", "waiting")]
    [InlineData(90, "2026-10-13T00:00+02:00", "due last-chance")]
    public void Who_asked_for_less_gets_the_follow_up_later(int everyDays, string now, string expected)
    {
        var customer = Given.Customer() with
        {
            LastVisit = Given.Day("2025-12-01"),
            Marketing = Given.Enrolled(at: "2026-07-15T12:00+02:00", anchor: new Anchor("", Given.Day("2025-12-01"))),
            MarketingEveryDays = everyDays,
        };
        Assert.Equal(expected, Given.Ask(customer, Given.Inactive(), Given.At(now)).Word());
    }

    [Fact]
    public void Who_asked_for_less_still_gets_reminders()
    {
        var member = Given.Member(Given.Subscription(30)) with { LastMarketingAt = Given.Now.Instant.AddDays(-1), MarketingEveryDays = 90 };
        Assert.Equal("due 30-days", Given.Ask(member, Given.Reminder()).Word());
    }

    [Fact]
    public void A_hold_ends_at_its_instant_and_a_pause_on_its_day()
    {
        var held = Given.Customer() with { Hold = new Hold(Given.At("2026-10-13T15:00+02:00").Instant, "replied") };
        Assert.Equal("on-hold", Given.Ask(held, Given.Inactive(), Given.At("2026-10-13T14:59:59+02:00")).Word());
        Assert.Equal("due invitation", Given.Ask(held, Given.Inactive(), Given.At("2026-10-13T15:00+02:00")).Word());
        var paused = Given.Customer() with { PausedUntil = Given.Day("2026-10-14") };
        Assert.Equal("paused", Given.Ask(paused, Given.Inactive(), Given.At("2026-10-13T23:59+02:00")).Word());
        Assert.Equal("due invitation", Given.Ask(paused, Given.Inactive(), Given.At("2026-10-13T22:00Z")).Word());
    }

    [Fact]
    public void A_hold_and_a_pause_stop_follow_ups_too()
    {
        var customer = Given.Customer() with { Marketing = Given.Enrolled(at: "2026-09-01T12:00+02:00") };
        Assert.Equal("on-hold", Given.Ask(customer with { Hold = new Hold(Given.Now.Instant.AddDays(1), "case") }, Given.Inactive()).Word());
        Assert.Equal("paused", Given.Ask(customer with { PausedUntil = Given.Day("2026-11-01") }, Given.Inactive()).Word());
    }

    [Theory]
    [InlineData(5, 9, "b")] // the higher priority
    [InlineData(9, 5, "a")]
    [InlineData(5, 5, "a")] // equal: by id
    public void Of_two_marketing_campaigns_one_goes_first(int priorityOfA, int priorityOfB, string first)
    {
        var verdicts = Given.AskAll(Given.Customer(), [Given.Inactive("b", priority: priorityOfB), Given.Inactive("a", priority: priorityOfA)]);
        Assert.Equal([first, first == "a" ? "b" : "a"], verdicts.Select(v => v.Campaign));
        Assert.Equal("due invitation", verdicts[0].Word());
        Assert.Equal(new Excluded(verdicts[1].Campaign, ExclusionReason.EnrolledElsewhere, $"{first} goes first"), verdicts[1]);
    }

    [Fact]
    public void An_enrolment_in_progress_keeps_even_a_campaign_of_higher_priority_away()
    {
        var customer = Given.Customer() with { Marketing = Given.Enrolled("low") };
        var verdicts = Given.AskAll(customer, [Given.Inactive("low", priority: 1), Given.Inactive("high", priority: 9)]);
        Assert.Equal([("high", "enrolled-elsewhere"), ("low", "waiting")], verdicts.Select(v => (v.Campaign, v.Word())));
    }

    [Theory] // The invitation left on 6 October under v0; v1 is published now.
    [InlineData("v0", "2026-10-16", "due last-chance")] // v0 waits 10 days, v1 waits 14
    [InlineData("v0", "2026-10-15", "waiting")]
    [InlineData("v-lost", "2026-10-16", "waiting")] // a version that cannot be had any more: the present one holds
    [InlineData("v-lost", "2026-10-20", "due last-chance")]
    public void An_enrolment_that_runs_keeps_the_version_it_started_under(string version, string on, string expected)
    {
        // v1 would not even enrol this customer any more, who was last seen 8 months ago.
        var present = Given.Inactive(months: version == "v0" ? 9 : 6);
        var old = Given.Inactive() with { Version = "v0", Steps = [new Step("invitation", 0), new Step("last-chance", 10)] };
        var customer = Given.Customer() with { Marketing = Given.Enrolled() with { Version = version } };
        var verdict = Given.AskAll(customer, [present], Given.At($"{on}T12:00+02:00"), null, old)[0];
        Assert.Equal(expected, verdict.Word());
        if (verdict is Due due) Assert.Equal(version == "v0" ? "v0" : "v1", due.Version);
    }

    [Fact]
    public void A_renewal_that_runs_keeps_its_steps_too()
    {
        var old = Given.Reminder() with { Version = "v0", Steps = [new Step("30-days", 30), new Step("10-days", 10)] };
        var mine = Given.Enrolled(Given.Renewal, "30-days", anchor: new Anchor("S1", Given.Now.Today.AddDays(9))) with { Version = "v0" };
        var member = Given.Member(Given.Subscription(9)) with { Service = mine };
        Assert.Equal("due 10-days", Given.AskAll(member, [Given.Reminder()], earlier: old)[0].Word());
        Assert.Equal("waiting", Given.AskAll(member, [Given.Reminder()])[0].Word());
    }

    [Theory] // A pause comes last, so that every other reason is still told.
    [InlineData(true, true, "waiting")]
    [InlineData(false, true, "due invitation")]
    [InlineData(true, false, "no-permission")]
    public void A_paused_campaign_waits(bool isPaused, bool permission, string expected)
    {
        var campaign = Given.Inactive() with { PausedAt = isPaused ? Given.At("2026-10-01T09:00+02:00").Instant : null };
        Assert.Equal(expected, Given.Ask(Given.Customer() with { MarketingPermission = permission }, campaign).Word());
    }

    [Fact]
    public void A_paused_campaign_does_not_keep_the_next_one_away()
    {
        var paused = Given.Inactive(priority: 10) with { PausedAt = Given.At("2026-10-01T09:00+02:00").Instant };
        Assert.Equal(["waiting", "due invitation"], Given.AskAll(Given.Customer(), [paused, Given.Inactive(Given.Elsewhere)]).Select(v => v.Word()));
    }

    [Fact]
    public void A_campaign_that_was_switched_off_keeps_nobody()
    {
        var customer = Given.Customer() with { Marketing = Given.Enrolled("old") };
        Assert.Equal("due invitation", Given.AskAll(customer, [Given.Inactive("old") with { Enabled = false }, Given.Inactive()]).Single().Word());
    }

    [Fact]
    public void A_marketing_and_a_service_step_may_be_due_at_once()
    {
        var customer = Given.Customer() with { Subscriptions = [Given.Subscription(20)] };
        var verdicts = Given.AskAll(customer, [Given.Inactive(includeSubscribers: true), Given.Reminder()]);
        Assert.Equal(["due invitation", "due 30-days"], verdicts.Select(v => v.Word()));
    }

    [Theory]
    [InlineData("2026-10-13T09:59:59+02:00", "waiting")] // Tuesday
    [InlineData("2026-10-13T10:00+02:00", "due invitation")]
    [InlineData("2026-10-13T16:59:59+02:00", "due invitation")]
    [InlineData("2026-10-13T17:00+02:00", "waiting")]
    [InlineData("2026-10-14T12:00+02:00", "waiting")] // Wednesday
    [InlineData("2026-10-27T09:30Z", "due invitation")] // 10:30 in winter time
    [InlineData("2026-10-20T07:30Z", "waiting")] // 09:30 in summer time
    public void A_closed_window_means_waiting(string now, string expected)
    {
        var campaign = Given.Inactive() with { Window = new SendWindow([DayOfWeek.Tuesday], new TimeOnly(10, 0), new TimeOnly(17, 0)) };
        Assert.Equal(expected, Given.Ask(Given.Customer(), campaign, Given.At(now)).Word());
        Assert.Equal("due invitation", Given.Ask(Given.Customer(), campaign, Given.At(now), new EngineOptions { IgnoreSendWindows = true }).Word());
    }

    [Fact]
    public void A_closed_window_keeps_follow_ups_and_reminders_waiting_too()
    {
        var closed = new SendWindow([DayOfWeek.Sunday], TimeOnly.MinValue, TimeOnly.MaxValue);
        var followUp = Given.Ask(Given.Customer() with { Marketing = Given.Enrolled(at: "2026-09-01T12:00+02:00") }, Given.Inactive() with { Window = closed });
        Assert.Equal(new Waiting(Given.Lapsed, "the send window is closed"), followUp);
        Assert.Equal("waiting", Given.Ask(Given.Member(Given.Subscription(20)), Given.Reminder() with { Window = closed }).Word());
    }
}
