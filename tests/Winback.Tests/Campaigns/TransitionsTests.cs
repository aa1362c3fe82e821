using Winback.Campaigns;
using Winback.Customers;

namespace Winback.Tests.Campaigns;

public sealed class TransitionsTests
{
    private static readonly Campaign Lapsed = Given.Inactive();
    private static readonly Campaign Renewal = Given.Reminder(sendAgain: true);
    private static readonly DateTimeOffset Later = Given.Now.Instant.AddSeconds(3);

    [Fact]
    public void A_claim_of_a_first_step_starts_an_enrolment()
    {
        var claimed = Claim(Given.Customer());
        Assert.Equal(
            new Enrolment(Given.Lapsed, "v1", new Anchor("", Given.Day("2026-02-10")), Given.Now.Today, "invitation", StepState.Claimed, Given.Now.Instant, "mine"),
            claimed.Marketing);
        Assert.Equal(Given.Now.Today, claimed.Started[Given.Lapsed]);
        Assert.Equal((Given.Now.Instant, (DateTimeOffset?)null), (claimed.LastMarketingAt, claimed.LastServiceAt));
    }

    [Fact]
    public void A_claim_starts_on_the_owners_local_day()
    {
        var now = Given.At("2026-10-13T22:30Z"); // the 14th in Amsterdam
        Assert.Equal(Given.Day("2026-10-14"), Given.Customer().Claim(Lapsed, Due(Given.Customer(), Lapsed), "mine", now).Marketing!.Started);
    }

    [Fact]
    public void A_claim_of_a_follow_up_goes_on_with_the_enrolment()
    {
        var before = Given.Customer() with
        {
            Marketing = Given.Enrolled(at: "2026-09-01T12:00+02:00"),
            Started = Given.Customer().Started.SetItem(Given.Lapsed, Given.Day("2026-09-01")),
        };
        var claimed = Claim(before);
        Assert.Equal(before.Marketing! with { Step = "last-chance", State = StepState.Claimed, At = Given.Now.Instant, ClaimId = "mine" }, claimed.Marketing);
        Assert.Equal(Given.Day("2026-09-01"), claimed.Started[Given.Lapsed]);
    }

    [Fact]
    public void A_claim_of_an_uncertain_step_remembers_that_it_goes_again()
    {
        var member = Given.Member(Given.Subscription(20)) with { Service = Reminded("30-days", StepState.Uncertain) };
        var again = member.Claim(Renewal, Due(member, Renewal), "mine", Given.Now).Service!;
        Assert.Equal((true, null, StepState.Claimed), (again.SentAgain, again.Problem, again.State));
        var next = member with { Service = again with { State = StepState.Uncertain }, Subscriptions = [Given.Subscription(5)] };
        Assert.False(next.Claim(Renewal, Due(next, Renewal), "next", Given.Now).Service!.SentAgain); // the next step has its own second chance
    }

    [Fact]
    public void The_two_slots_do_not_touch_each_other()
    {
        var both = Given.Customer() with { Subscriptions = [Given.Subscription(20)], Marketing = Given.Enrolled(), LastMarketingAt = Later };
        var claimed = both.Claim(Renewal, Due(both, Renewal), "mine", Given.Now);
        Assert.Equal((both.Marketing, both.LastMarketingAt), (claimed.Marketing, claimed.LastMarketingAt));
        Assert.Equal("30-days", claimed.Service!.Step);
    }

    [Theory]
    //          step, state, ended
    [InlineData("invitation", StepState.HandedOver, null)]
    [InlineData("invitation", StepState.Uncertain, null)] // the follow-up still comes
    [InlineData("invitation", StepState.Failed, null)] // waits for the owner
    [InlineData("last-chance", StepState.HandedOver, EnrolmentEnd.Finished)]
    [InlineData("last-chance", StepState.Uncertain, EnrolmentEnd.Finished)]
    [InlineData("last-chance", StepState.Failed, null)]
    public void A_completed_claim_says_what_became_of_it(string step, StepState state, string? ended)
    {
        var claimed = Given.Customer() with { Marketing = Given.Enrolled(step: step, state: StepState.Claimed) };
        var done = claimed.Complete(MessageClass.Marketing, Lapsed, "claim-1", state, "why", Later);
        Assert.Equal(claimed.Marketing! with { State = state, Problem = "why", At = Later, Ended = ended }, done.Marketing);
    }

    [Fact]
    public void Without_its_campaign_no_step_follows()
    {
        var claimed = Given.Customer() with { Marketing = Given.Enrolled(state: StepState.Claimed) };
        Assert.Equal(EnrolmentEnd.Finished, claimed.Complete(MessageClass.Marketing, null, "claim-1", StepState.HandedOver, null, Later).Marketing!.Ended);
    }

    [Fact]
    public void A_renewal_enrolment_is_never_over_by_itself()
    {
        var member = Given.Member(Given.Subscription(1)) with { Service = Reminded("1-day", StepState.Claimed) };
        Assert.True(member.Complete(MessageClass.Service, Renewal, "claim-1", StepState.HandedOver, null, Later).Service!.IsActive);
    }

    [Fact]
    public void What_ended_meanwhile_stays_ended_when_the_claim_is_completed()
    {
        var ended = (Given.Customer() with { Marketing = Given.Enrolled(step: "last-chance", state: StepState.Claimed) }).End(MessageClass.Marketing, EnrolmentEnd.Reply);
        Assert.Equal(EnrolmentEnd.Reply, ended.Complete(MessageClass.Marketing, Lapsed, "claim-1", StepState.HandedOver, null, Later).Marketing!.Ended);
    }

    [Theory]
    [InlineData(StepState.Claimed, "another")] // settled and claimed anew by somebody else
    [InlineData(StepState.HandedOver, "claim-1")] // completed already
    [InlineData(StepState.Uncertain, "claim-1")] // settled already
    public void Only_the_claimer_completes_or_releases(StepState state, string claimId)
    {
        var customer = Given.Customer() with { Marketing = Given.Enrolled(state: state) with { ClaimId = claimId } };
        Assert.Same(customer, customer.Complete(MessageClass.Marketing, Lapsed, "claim-1", StepState.Failed, "x", Later));
        Assert.Same(customer, customer.Release(Lapsed, "claim-1", Given.Customer()));
        Assert.Same(customer, customer.Complete(MessageClass.Service, Renewal, "claim-1", StepState.Failed, "x", Later));
    }

    [Fact]
    public void A_release_keeps_an_opt_out_that_came_in_between()
    {
        var before = Given.Customer() with { Marketing = Given.Enrolled(at: "2026-09-01T12:00+02:00") };
        var optedOut = (Claim(before) with { OptedOutAt = Later }).End(MessageClass.Marketing, EnrolmentEnd.OptOut);
        var released = optedOut.Release(Lapsed, "mine", before);
        Assert.Equal(before with { OptedOutAt = Later, Marketing = before.Marketing! with { Ended = EnrolmentEnd.OptOut } }, released with { Started = before.Started });
    }

    [Fact]
    public void A_release_of_a_first_step_leaves_no_enrolment()
    {
        var before = Given.Customer();
        var released = Claim(before).Release(Lapsed, "mine", before);
        Assert.Null(released.Marketing);
        Assert.Null(released.LastMarketingAt);
        Assert.Empty(released.Started);
    }

    [Fact]
    public void A_release_keeps_what_the_other_slot_started_meanwhile()
    {
        var before = Given.Customer() with { Subscriptions = [Given.Subscription(20)] };
        var campaign = Given.Inactive(includeSubscribers: true);
        var claimed = before.Claim(campaign, Due(before, campaign), "mine", Given.Now);
        var both = claimed.Claim(Renewal, Due(claimed, Renewal), "other", Given.Now);
        Assert.Equal([Given.Lapsed], both.Release(Renewal, "other", claimed).Started.Keys);
        Assert.Equal([Given.Renewal], both.Release(campaign, "mine", before).Started.Keys);
    }

    [Fact]
    public void Only_an_active_enrolment_ends()
    {
        var finished = Given.Customer() with { Marketing = Given.Enrolled(ended: EnrolmentEnd.Finished) };
        Assert.Same(finished, finished.End(MessageClass.Marketing, EnrolmentEnd.Reply));
        var none = Given.Customer();
        Assert.Same(none, none.End(MessageClass.Service, EnrolmentEnd.Reply));
    }

    [Theory]
    [InlineData(599, 0)]
    [InlineData(600, 2)] // ten minutes: both slots
    public void A_claim_is_stale_after_the_time_out(int seconds, int expected)
    {
        var customer = Given.Customer() with
        {
            Marketing = Given.Enrolled(state: StepState.Claimed, at: "2026-10-13T12:00+02:00"),
            Service = Given.Enrolled(Given.Renewal, state: StepState.Claimed, at: "2026-10-13T12:00+02:00"),
        };
        Assert.Equal(expected, customer.StaleClaims(TimeSpan.FromMinutes(10), Given.Now.Instant.AddSeconds(seconds)).Count());
        var done = customer with { Marketing = Given.Enrolled(), Service = null };
        Assert.Empty(done.StaleClaims(TimeSpan.FromMinutes(10), Given.Now.Instant.AddDays(1)));
    }

    [Theory]
    //          state, ended, may be twice, state after, sent again
    [InlineData(StepState.Failed, null, false, StepState.DueAgain, false)]
    [InlineData(StepState.Failed, null, true, StepState.DueAgain, false)]
    [InlineData(StepState.Uncertain, null, false, StepState.Uncertain, false)] // it may have been sent
    [InlineData(StepState.Uncertain, null, true, StepState.DueAgain, true)]
    [InlineData(StepState.Uncertain, EnrolmentEnd.Finished, true, StepState.DueAgain, true)] // it was the last step
    [InlineData(StepState.Failed, EnrolmentEnd.Purchase, true, StepState.Failed, false)]
    [InlineData(StepState.Failed, EnrolmentEnd.Reply, true, StepState.Failed, false)]
    [InlineData(StepState.Failed, EnrolmentEnd.OptOut, true, StepState.Failed, false)]
    [InlineData(StepState.HandedOver, null, true, StepState.HandedOver, false)]
    [InlineData(StepState.Claimed, null, true, StepState.Claimed, false)]
    [InlineData(StepState.DueAgain, null, true, StepState.DueAgain, false)]
    public void Only_what_failed_or_by_consent_is_uncertain_becomes_due_again(StepState state, string? ended, bool mayBeTwice, StepState after, bool sentAgain)
    {
        var before = Given.Customer() with { Marketing = Given.Enrolled(state: state, ended: ended) };
        var changed = before.MakeDueAgain(MessageClass.Marketing, Given.Lapsed, before.Marketing!.Anchor, "invitation", mayBeTwice);
        Assert.Equal((after, sentAgain), (changed.Marketing!.State, changed.Marketing.SentAgain));
        if (state == after) Assert.Same(before, changed);
        else Assert.Equal((null, null), (changed.Marketing.Problem, changed.Marketing.Ended));
    }

    [Theory]
    [InlineData("2026-10-05", StepState.DueAgain)]
    [InlineData("2026-10-06", StepState.Uncertain)] // the day of the first mail
    public void A_last_step_is_not_due_again_for_who_came_back_since(string lastVisit, StepState after)
    {
        var over = Given.Customer() with
        {
            LastVisit = Given.Day(lastVisit),
            Marketing = Given.Enrolled(step: "last-chance", state: StepState.Uncertain, ended: EnrolmentEnd.Finished),
        };
        Assert.Equal(after, over.MakeDueAgain(MessageClass.Marketing, Given.Lapsed, over.Marketing!.Anchor, "last-chance", mayBeTwice: true).Marketing!.State);
    }

    [Fact]
    public void Another_step_or_enrolment_is_left_alone()
    {
        var failed = Given.Customer() with { Marketing = Given.Enrolled(state: StepState.Failed), Service = Given.Enrolled(Given.Renewal, state: StepState.Failed) };
        var anchor = failed.Marketing.Anchor;
        Assert.Same(failed, failed.MakeDueAgain(MessageClass.Marketing, Given.Lapsed, anchor, "last-chance"));
        Assert.Same(failed, failed.MakeDueAgain(MessageClass.Marketing, Given.Lapsed, anchor with { Date = anchor.Date.AddDays(1) }, "invitation"));
        Assert.Equal(failed.Service, failed.MakeDueAgain(MessageClass.Marketing, Given.Lapsed, anchor, "invitation").Service);
        Assert.Equal((StepState.DueAgain, StepState.DueAgain), (failed.RetryFailed().Marketing!.State, failed.RetryFailed().Service!.State));
    }

    [Theory]
    [InlineData(StepState.Uncertain, true, StepState.HandedOver)]
    [InlineData(StepState.Uncertain, false, StepState.DueAgain)]
    [InlineData(StepState.Failed, true, StepState.Failed)]
    [InlineData(StepState.HandedOver, false, StepState.HandedOver)]
    public void Only_an_uncertain_step_is_settled(StepState state, bool wasSent, StepState after)
    {
        var before = Given.Customer() with { Marketing = Given.Enrolled(state: state) };
        var settled = before.SettleUncertain(MessageClass.Marketing, Given.Lapsed, before.Marketing!.Anchor, "invitation", wasSent);
        Assert.Equal((after, false), (settled.Marketing!.State, settled.Marketing.SentAgain));
    }

    private static Due Due(Customer customer, Campaign campaign) => Assert.IsType<Due>(Given.Ask(customer, campaign));

    private static Customer Claim(Customer customer) => customer.Claim(Lapsed, Due(customer, Lapsed), "mine", Given.Now);

    private static Enrolment Reminded(string step, StepState state) =>
        Given.Enrolled(Given.Renewal, step, state, anchor: new Anchor("S1", Given.Now.Today.AddDays(20)), at: "2026-09-23T12:00+02:00");
}
