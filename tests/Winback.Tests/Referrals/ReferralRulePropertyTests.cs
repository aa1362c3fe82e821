using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Winback.Customers;
using Winback.Referrals;
using static Winback.Tests.Referrals.GivenReferrals;

namespace Winback.Tests.Referrals;

/// <summary>What holds for every mixture of referrals, purchases and days.</summary>
[Properties(Arbitrary = [typeof(AnyReferrals)], MaxTest = 500)]
public sealed class ReferralRulePropertyTests
{
    [Property]
    public bool At_most_one_customer_earns_a_friend(FriendStory story) => Paid(story, DecideEach(story, story.Today)) <= 1;

    [Property] // Handing out what was earned, on any day, never leads to a second reward on a later one.
    public bool A_friend_is_rewarded_once_whatever_comes_after(FriendStory story)
    {
        var decisions = DecideEach(story, story.Today);
        var handedOut = story.Referrals.Select((r, i) => decisions[i].State == ReferralState.Earned
            ? r with { HandedOut = new HandedOut(story.Today.Instant, decisions[i].EarnedOn!.Value, decisions[i].ToReferrer) } : r).ToArray();
        var later = story with { Referrals = handedOut };
        return Paid(later, DecideEach(later, new Moment(story.Today.Instant.AddDays(400), story.Today.Zone))) <= 1;
    }

    [Property]
    public bool Nothing_is_earned_before_the_refund_period_of_a_purchase_is_over(FriendStory story) => DecideEach(story, story.Today)
        .Where(d => d.State == ReferralState.Earned).All(d => d.FirstPurchase!.Value.AddDays(Usual.RefundPeriod.Days) < story.Today.Today);

    [Property]
    public bool The_customers_rewards_of_a_year_stay_within_the_cap(FriendStory story)
    {
        var options = new ReferralOptions { MaxPerYear = 2 };
        var facts = story.Referrals.Select((r, i) => Facts(r with { Referrer = Referrer, FriendKey = $"f{i}" }, story.Purchases)).ToList();
        return new ReferralRule(options).Decide(facts, story.Today).Where(d => d is { State: ReferralState.Earned, ToReferrer: true }).GroupBy(d => d.EarnedOn!.Value.Year).All(y => y.Count() <= 2);
    }

    [Property]
    public bool Asking_twice_gives_the_same(FriendStory story) => DecideEach(story, story.Today).SequenceEqual(DecideEach(story, story.Today));

    /// <summary>Or else the properties above would say nothing.</summary>
    [Fact]
    public void Many_of_these_are_earned_and_many_refused()
    {
        var states = AnyReferrals.Stories().Generator.Sample(1000).SelectMany(s => DecideEach(s, s.Today)).CountBy(d => d.Reason).ToDictionary();
        Assert.All(
            new[] { ReferralReason.NoPurchaseYet, ReferralReason.InRefundPeriod, ReferralReason.PastRefundPeriod, ReferralReason.OtherReferrer, ReferralReason.ExistingCustomer, ReferralReason.TooLate },
            r => Assert.InRange(states.GetValueOrDefault(r), 10, 5000));
    }

    private static int Paid(FriendStory story, IReadOnlyList<ReferralDecision> decisions) => decisions.Count(d => d.State is ReferralState.Earned or ReferralState.HandedOut);

    private static IReadOnlyList<ReferralDecision> DecideEach(FriendStory story, Moment now) =>
        [.. story.Referrals.Select(r => new ReferralRule(Usual).Decide([Facts(r, story.Purchases) with { Others = [.. story.Referrals.Where(o => o.Id != r.Id)] }], now)[0])];
}

/// <summary>One friend, referred by several customers.</summary>
public sealed record FriendStory(Referral[] Referrals, Purchase[] Purchases, Moment Today);

public static class AnyReferrals
{
    private static readonly Moment First = Noon("2026-03-01");

    public static Arbitrary<FriendStory> Stories() => Arb.From(
        from count in Gen.Choose(1, 4)
        from signedUp in Gen.ArrayOf(Gen.Choose(0, 500), count)
        from known in Gen.ArrayOf(Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true))), count)
        from bought in Gen.ListOf(Gen.Choose(0, 900)).Resize(4)
        from amounts in Gen.ArrayOf(Gen.Elements(25m, 25m, 25m, 0m, -25m), bought.Count)
        from anyDay in Gen.Choose(0, 950)
        from after in Gen.Choose(0, 20)
        from isSoonAfter in Gen.Elements(true, false)
        let today = isSoonAfter && bought.Count > 0 ? bought.Min() + after : anyDay
        select new FriendStory(
            [.. signedUp.Select((day, i) => new Referral(CustomerId.Parse($"k{i}"), "ff00", First.Instant.AddDays(day)) { WasKnown = known[i] })],
            [.. bought.Select((day, i) => new Purchase(Newcomer, First.Today.AddDays(day), null, Money.FromAmount(amounts[i]), $"B{i}", null, 0))],
            new Moment(First.Instant.AddDays(today), First.Zone)));
}
