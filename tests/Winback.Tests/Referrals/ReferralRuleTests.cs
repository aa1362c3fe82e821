using Winback.Customers;
using Winback.Referrals;
using static Winback.Tests.Referrals.GivenReferrals;

namespace Winback.Tests.Referrals;

/// <summary>What has come of a referral: state and reason, by the facts and the day.</summary>
public sealed class ReferralRuleTests
{
    [Theory] // Signed up on 1 March 2026; 14 days to give back, counted from the day after the purchase.
    [InlineData(null, "2026-03-01", "waiting", "no-purchase-yet")]
    [InlineData(null, "2027-03-01", "waiting", "no-purchase-yet")] // the 365th day after
    [InlineData(null, "2027-03-02", "refused", "too-late")]
    [InlineData("2026-03-01", "2026-03-01", "pending", "in-refund-period")] // bought on the day itself
    [InlineData("2026-03-10", "2026-03-09", "waiting", "no-purchase-yet")] // a booking
    [InlineData("2026-03-10", "2026-03-24", "pending", "in-refund-period")] // the 14th day
    [InlineData("2026-03-10", "2026-03-25", "earned", "past-refund-period")]
    [InlineData("2026-03-25", "2026-04-08", "pending", "in-refund-period")] // over the change of the clock on 29 March
    [InlineData("2026-03-25", "2026-04-09", "earned", "past-refund-period")]
    [InlineData("2026-12-25", "2027-01-09", "earned", "past-refund-period")] // over the year's end
    [InlineData("2027-03-01", "2027-04-01", "earned", "past-refund-period")] // the last day that counts
    [InlineData("2027-03-02", "2027-04-01", "refused", "too-late")]
    [InlineData("2026-02-28", "2026-04-01", "refused", "existing-customer")] // the day before signing up
    public void A_referral_waits_for_a_purchase_and_then_for_the_refund_period(string? bought, string today, string state, string reason)
    {
        var decision = Decide(Facts(Referral("2026-03-01"), bought is null ? [] : [Purchase(bought, 25)]), today);

        Assert.Equal((state, reason), (decision.State.Word(), decision.Reason.Word()));
    }

    [Theory] // Refund period, bought, earned on.
    [InlineData(0, "2026-03-10", "2026-03-11")]
    [InlineData(30, "2026-01-31", "2026-03-03")] // over February
    [InlineData(14, "2028-02-20", "2028-03-06")] // over 29 February
    public void It_is_earned_on_the_day_after_the_refund_period(int days, string bought, string earnedOn)
    {
        var options = new ReferralOptions { RefundPeriod = TimeSpan.FromDays(days) };
        var facts = Facts(Referral(bought), Purchase(bought, 25));

        Assert.Equal(ReferralState.Pending, Decide(facts, Day(earnedOn).AddDays(-1).ToString("O", null), options).State);
        var earned = Decide(facts, earnedOn, options);
        Assert.Equal((ReferralState.Earned, Day(earnedOn), true), (earned.State, earned.EarnedOn, earned.ToReferrer));
    }

    [Fact] // 23:30 UTC on 28 February is 1 March in Amsterdam.
    public void Days_are_the_owners_days()
    {
        var referral = new Referral(Referrer, "ff00", new DateTimeOffset(2026, 2, 28, 23, 30, 0, TimeSpan.Zero));

        Assert.Equal(ReferralReason.ExistingCustomer, Decide(Facts(referral, Purchase("2026-02-28", 5)), "2026-04-01").Reason);
        Assert.Equal(ReferralReason.PastRefundPeriod, Decide(Facts(referral, Purchase("2026-03-01", 5)), "2026-04-01").Reason);
    }

    [Fact]
    public void A_purchase_that_was_wholly_refunded_earns_nothing_and_the_next_one_does()
    {
        var refunded = new[] { Purchase("2026-03-10", 25, "B1"), Purchase("2026-03-20", -25, "B1") };

        Assert.Equal(ReferralState.Waiting, Decide(Facts(Referral("2026-03-01"), refunded), "2026-04-30").State);
        Assert.Equal(Day("2026-04-20"), Decide(Facts(Referral("2026-03-01"), [.. refunded, Purchase("2026-04-05", 12, "B2")]), "2026-04-30").EarnedOn);
    }

    [Fact]
    public void A_refund_after_the_reward_was_handed_out_changes_nothing()
    {
        var done = new HandedOut(Noon("2026-03-26").Instant, Day("2026-03-25"), ToReferrer: true);

        var decision = Decide(Facts(Referral("2026-03-01") with { HandedOut = done }, Purchase("2026-03-10", 25, "B1"), Purchase("2026-05-01", -25, "B1")), "2026-06-01");

        Assert.Equal((ReferralState.HandedOut, Day("2026-03-25"), true), (decision.State, decision.EarnedOn, decision.ToReferrer));
    }

    [Fact]
    public void The_start_of_a_subscription_is_a_purchase()
    {
        var facts = Facts(Referral("2026-03-01")) with { Subscriptions = [new Subscription("S1", "Onbeperkt", Day("2026-03-10"), Day("2027-03-10"), false)] };

        Assert.Equal(Day("2026-03-25"), Decide(facts, "2026-04-01").EarnedOn);
    }

    public static TheoryData<string, ReferralFacts> Selves => new()
    {
        { "the same mailbox", Facts(Referral("2026-03-01", friend: "aa00")) },
        { "the same customer by another mailbox", Facts(Referral("2026-03-01")) with { Friends = [Newcomer, Referrer] } },
        { "the same telephone number, written otherwise", Facts(Referral("2026-03-01") with { Phone = "+31 (0)30-1234567" }) },
    };

    [Theory]
    [MemberData(nameof(Selves))]
    public void Nobody_refers_themselves(string how, ReferralFacts facts)
    {
        var decision = Decide(facts with { Purchases = [Purchase("2026-03-10", 25)] }, "2026-04-01");

        Assert.True(decision is { State: ReferralState.Refused, Reason: ReferralReason.SelfReferral, ToReferrer: false }, how);
    }

    [Fact]
    public void Who_was_in_the_customer_file_is_no_new_customer_even_without_purchases() =>
        Assert.Equal(ReferralReason.ExistingCustomer, Decide(Facts(Referral("2026-03-01") with { WasKnown = true }, Purchase("2026-03-10", 25)), "2026-04-01").Reason);

    [Theory] // Another customer's referral of the same friend, and whether this one, of 1 March 2026 with a purchase on 10 March, is refused.
    [InlineData("2026-02-01", true)]
    [InlineData("2025-03-10", true)] // its last day is the day of the purchase
    [InlineData("2025-03-09", false)] // was over by then
    [InlineData("2026-03-02", false)] // came later
    public void The_first_to_refer_a_friend_wins_while_that_is_valid(string other, bool isRefused)
    {
        var facts = Facts(Referral("2026-03-01"), Purchase("2026-03-10", 25)) with { Others = [Referral(other, "k2")] };

        Assert.Equal(isRefused ? ReferralReason.OtherReferrer : ReferralReason.PastRefundPeriod, Decide(facts, "2026-04-01").Reason);
    }

    [Fact]
    public void What_was_handed_out_to_another_wins_even_when_it_came_later()
    {
        var other = Referral("2026-03-05", "k2") with { HandedOut = new HandedOut(Noon("2026-03-26").Instant, Day("2026-03-25"), true) };

        Assert.Equal(ReferralReason.OtherReferrer, Decide(Facts(Referral("2026-03-01"), Purchase("2026-03-10", 25)) with { Others = [other] }, "2026-04-01").Reason);
    }

    [Fact]
    public void A_friends_own_code_does_not_go_before_the_one_who_brought_them()
    {
        var own = Referral("2026-02-01", Newcomer.Value);

        Assert.Equal(ReferralState.Earned, Decide(Facts(Referral("2026-03-01"), Purchase("2026-03-10", 25)) with { Others = [own] }, "2026-04-01").State);
    }

    [Fact]
    public void Over_the_cap_of_a_year_the_friend_alone_is_rewarded_and_the_first_to_earn_go_first()
    {
        var options = new ReferralOptions { MaxPerYear = 2 };
        ReferralFacts Bought(string friend, string day) => Facts(Referral("2026-01-01", friend: friend), Purchase(day, 25));
        var last = Bought("f3", "2026-06-01");
        var done = Bought("f4", "2026-09-01");
        done = done with { Referral = done.Referral with { HandedOut = new HandedOut(Noon("2026-09-20").Instant, Day("2026-09-16"), true) } };
        var nextYear = Bought("f5", "2026-12-20");

        var decisions = new ReferralRule(options).Decide([last, Bought("f1", "2026-02-01"), done, nextYear, Bought("f6", "2026-12-31")], Noon("2027-01-10"));

        Assert.Equal(
            [("cap-reached", false), ("past-refund-period", true), ("past-refund-period", true), ("past-refund-period", true), ("in-refund-period", true)],
            decisions.Select(d => (d.Reason.Word(), d.ToReferrer)));
        Assert.Equal([2026, 2026, 2026, 2027], decisions.Take(4).Select(d => d.EarnedOn!.Value.Year));
        Assert.Equal(ReferralState.Earned, decisions[0].State);
    }

    [Fact]
    public void Nothing_is_promised_that_the_cap_will_refuse()
    {
        ReferralFacts Bought(string friend, string day) => Facts(Referral("2026-01-01", friend: friend), Purchase(day, 25));

        var decisions = new ReferralRule(new ReferralOptions { MaxPerYear = 2 }).Decide([Bought("f3", "2026-03-03"), Bought("f1", "2026-02-01"), Bought("f2", "2026-03-02")], Noon("2026-03-04"));

        Assert.Equal(
            [(ReferralState.Pending, ReferralReason.InRefundPeriod, false), (ReferralState.Earned, ReferralReason.PastRefundPeriod, true), (ReferralState.Pending, ReferralReason.InRefundPeriod, true)],
            decisions.Select(d => (d.State, d.Reason, d.ToReferrer)));
    }

    [Fact] // Or else the customer's page would tell before its time who is a customer.
    public void Only_when_the_time_is_over_a_refused_one_says_so()
    {
        var known = Facts(Referral("2026-03-01") with { WasKnown = true });

        Assert.False(Decide(known, "2027-03-01").IsOver);
        Assert.True(Decide(known, "2027-03-02").IsOver);
    }

    [Fact]
    public void Every_reason_has_a_word_and_an_explanation() =>
        Assert.All(Enum.GetValues<ReferralReason>(), r => Assert.EndsWith(".", r.Explain(), StringComparison.Ordinal));
}
