using Winback.Campaigns;
using Winback.Customers;

namespace Winback.Tests.Campaigns;

/// <summary>Which reminder of a subscription's end is due.</summary>
public sealed class RuleRenewalTests
{
    [Theory]
    //          days left, last step sent, answer
    [InlineData(31, null, "active")] // too early
    [InlineData(31, "30-days", "active")] // the end was moved a day
    [InlineData(30, null, "due 30-days")]
    [InlineData(30, "30-days", "waiting")]
    [InlineData(29, null, "due 30-days")]
    [InlineData(29, "30-days", "waiting")]
    [InlineData(8, null, "due 30-days")] // the last day of that window
    [InlineData(8, "30-days", "waiting")]
    [InlineData(7, null, "due 7-days")] // who enters late gets the step of the window he is in
    [InlineData(7, "30-days", "due 7-days")]
    [InlineData(7, "7-days", "waiting")]
    [InlineData(6, null, "due 7-days")]
    [InlineData(6, "30-days", "due 7-days")]
    [InlineData(6, "7-days", "waiting")]
    [InlineData(2, null, "due 7-days")]
    [InlineData(2, "30-days", "due 7-days")]
    [InlineData(2, "7-days", "waiting")]
    [InlineData(1, null, "due 1-day")]
    [InlineData(1, "30-days", "due 1-day")] // the 7-day window went by unused
    [InlineData(1, "7-days", "due 1-day")]
    [InlineData(1, "1-day", "finished")]
    [InlineData(0, null, "no-such-subject")] // nothing on the renewal date or after it
    [InlineData(0, "1-day", "no-such-subject")]
    [InlineData(-1, null, "no-such-subject")]
    [InlineData(-1, "7-days", "no-such-subject")]
    public void Each_step_has_its_window(int daysLeft, string? lastStep, string expected)
    {
        var member = Given.Member(Given.Subscription(daysLeft)) with { Service = lastStep is null ? null : Reminded(daysLeft, lastStep) };
        Assert.Equal(expected, Given.Ask(member, Given.Reminder()).Word());
    }

    [Fact]
    public void Every_day_of_the_last_thirty_has_exactly_one_step()
    {
        var steps = Enumerable.Range(1, 30).Select(left => Given.Ask(Given.Member(Given.Subscription(left)), Given.Reminder()).Word()).ToList();
        Assert.Equal(["due 1-day", .. Enumerable.Repeat("due 7-days", 6), .. Enumerable.Repeat("due 30-days", 23)], steps);
    }

    [Theory]
    [InlineData("2026-11-11T22:59Z", "due 30-days")] // 11 November in Amsterdam, 8 days left
    [InlineData("2026-11-11T23:00Z", "due 7-days")] // midnight: 7 days left
    [InlineData("2026-10-19T21:59Z", "active")] // 31 days left; the hour gained in between is not a day
    [InlineData("2026-10-19T22:00Z", "due 30-days")]
    public void Days_left_are_those_of_the_owners_calendar(string now, string expected)
    {
        var member = Given.Member(new Subscription("S1", "unlimited", Given.Day("2025-11-19"), Given.Day("2026-11-19"), false));
        Assert.Equal(expected, Given.Ask(member, Given.Reminder(), Given.At(now)).Word());
    }

    [Theory]
    [InlineData(14, "waiting")] // a correction: the same period
    [InlineData(15, "due 30-days")] // a new period
    [InlineData(-14, "waiting")]
    [InlineData(-15, "due 30-days")]
    [InlineData(0, "waiting")]
    public void An_end_that_moved_by_less_than_fifteen_days_is_the_same_period(int movedBy, string expected)
    {
        var member = Given.Member(Given.Subscription(25)) with { Service = Reminded(25 - movedBy, "30-days") };
        var verdict = Given.Ask(member, Given.Reminder());
        Assert.Equal(expected, verdict.Word());
        if (verdict is Due due) Assert.Equal((true, new Anchor("S1", Given.Now.Today.AddDays(25))), (due.IsNew, due.Anchor));
    }

    [Fact]
    public void A_step_after_a_corrected_end_stays_in_its_enrolment()
    {
        var member = Given.Member(Given.Subscription(5)) with { Service = Reminded(12, "30-days") };
        var due = Assert.IsType<Due>(Given.Ask(member, Given.Reminder()));
        Assert.Equal(("7-days", false, new Anchor("S1", Given.Now.Today.AddDays(12))), (due.Step.Id, due.IsNew, due.Anchor));
        Assert.Equal("5 days left of S1", due.Detail);
    }

    [Fact]
    public void Next_years_end_is_a_new_enrolment()
    {
        var member = Given.Member(Given.Subscription(30)) with { Service = Reminded(30 - 365, "1-day") };
        Assert.True(Assert.IsType<Due>(Given.Ask(member, Given.Reminder())).IsNew);
    }

    [Theory]
    [InlineData("unlimited", 300, "active")] // the same plan goes on
    [InlineData("sauna", 300, "due 30-days")] // another plan does not renew this one
    [InlineData("unlimited", -300, "due 30-days")] // an earlier period of the same plan
    public void Renewed_ahead_is_active(string plan, int daysLeft, string expected)
    {
        var member = Given.Member(Given.Subscription(20), Given.Subscription(daysLeft, "S2", plan));
        Assert.Equal(expected, Given.Ask(member, Given.Reminder()).Word());
    }

    [Fact]
    public void A_subscription_that_renews_by_itself_is_left_alone_unless_the_campaign_asks()
    {
        var member = Given.Member(Given.Subscription(20, autoRenews: true));
        Assert.Equal(new Excluded(Given.Renewal, ExclusionReason.Active, "S1 renews by itself"), Given.Ask(member, Given.Reminder()));
        Assert.Equal("due 30-days", Given.Ask(member, Given.Reminder(includeAutoRenewing: true)).Word());
    }

    [Fact]
    public void Of_several_subscriptions_the_earliest_end_that_may_be_reminded_of_counts()
    {
        var member = Given.Member(
            Given.Subscription(-3, "S0", "gone"), Given.Subscription(2, "S1", "auto", autoRenews: true), Given.Subscription(29, "S2", "late"), Given.Subscription(6, "S3", "early"));
        var due = Assert.IsType<Due>(Given.Ask(member, Given.Reminder()));
        Assert.Equal(("S3", "7-days"), (due.Anchor.Subject, due.Step.Id));
    }

    [Theory]
    [InlineData(7, "30-days", "2026-10-13T08:00+02:00", "waiting")] // today
    [InlineData(7, "30-days", "2026-10-12T23:59+02:00", "waiting")] // yesterday
    [InlineData(7, "30-days", "2026-10-11T23:59+02:00", "due 7-days")] // two days ago by the calendar
    [InlineData(1, "7-days", "2026-10-12T12:00+02:00", "due 1-day")] // the last chance goes even the day after
    public void Two_days_lie_between_two_reminders_except_before_the_last(int daysLeft, string lastStep, string contact, string expected)
    {
        var member = Given.Member(Given.Subscription(daysLeft)) with { Service = Reminded(daysLeft, lastStep), LastServiceAt = Given.At(contact).Instant };
        Assert.Equal(expected, Given.Ask(member, Given.Reminder()).Word());
    }

    [Fact]
    public void The_two_days_hold_between_two_subscriptions_as_well()
    {
        var member = Given.Member(Given.Subscription(6, "S2", "other")) with { Service = Reminded(20, "30-days"), LastServiceAt = Given.Now.Instant.AddDays(-1) };
        Assert.Equal("waiting", Given.Ask(member, Given.Reminder()).Word());
    }

    [Theory]
    [InlineData(true, false, 20, "due 30-days")] // once more
    [InlineData(true, true, 20, "waiting")] // but only once
    [InlineData(false, false, 20, "waiting")] // the policy says leave it
    [InlineData(true, false, 5, "due 7-days")] // its window is over: the next step goes instead
    public void An_uncertain_reminder_goes_again_once_where_the_campaign_says_so(bool sendAgain, bool sentAgain, int daysLeft, string expected)
    {
        var uncertain = Reminded(daysLeft, "30-days") with { State = StepState.Uncertain, SentAgain = sentAgain };
        var member = Given.Member(Given.Subscription(daysLeft)) with { Service = uncertain, LastServiceAt = Given.Now.Instant.AddHours(daysLeft == 5 ? -100 : -1) };
        var verdict = Given.Ask(member, Given.Reminder(sendAgain: sendAgain));
        Assert.Equal(expected, verdict.Word());
        if (verdict is Due due) Assert.False(due.IsNew);
    }

    [Fact]
    public void An_uncertain_last_reminder_goes_again_once_too()
    {
        var uncertain = Reminded(1, "1-day") with { State = StepState.Uncertain };
        var member = Given.Member(Given.Subscription(1)) with { Service = uncertain };
        Assert.Equal("due 1-day", Given.Ask(member, Given.Reminder(sendAgain: true)).Word());
        Assert.Equal("finished", Given.Ask(member with { Service = uncertain with { SentAgain = true } }, Given.Reminder(sendAgain: true)).Word());
    }

    [Fact]
    public void An_uncertain_marketing_mail_never_goes_again_even_if_a_campaign_says_so()
    {
        var customer = Given.Customer() with { Marketing = Given.Enrolled(state: StepState.Uncertain) };
        Assert.Equal("waiting", Given.Ask(customer, Given.Inactive() with { SendAgainWhenUncertain = true }).Word());
    }

    [Theory]
    [InlineData(StepState.Claimed, "30-days is being sent")]
    [InlineData(StepState.Failed, "30-days failed: no answer")]
    public void A_reminder_being_sent_or_failed_keeps_the_slot(StepState state, string detail)
    {
        var member = Given.Member(Given.Subscription(5)) with { Service = Given.Enrolled(Given.Renewal, "30-days", state, anchor: new Anchor("S1", Given.Now.Today.AddDays(5))) };
        Assert.Equal(new Excluded(Given.Renewal, ExclusionReason.EnrolledAlready, detail), Given.Ask(member, Given.Reminder()));
    }

    [Fact]
    public void A_failed_reminder_of_last_year_does_not_keep_this_years_away()
    {
        var member = Given.Member(Given.Subscription(5)) with { Service = Reminded(5 - 365, "30-days") with { State = StepState.Failed } };
        Assert.Equal("due 7-days", Given.Ask(member, Given.Reminder()).Word());
    }

    private static Enrolment Reminded(int daysLeft, string step) =>
        Given.Enrolled(Given.Renewal, step, at: "2026-09-01T12:00+02:00", anchor: new Anchor("S1", Given.Now.Today.AddDays(daysLeft)));
}
