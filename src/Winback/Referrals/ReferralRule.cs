using Winback.Customers;

namespace Winback.Referrals;

/// <summary>What is known about a referral.</summary>
/// <param name="ReferrerMailbox">The mailbox key of the customer who referred; null when there is none.</param>
/// <param name="ReferrerPhone">As imported.</param>
/// <param name="Friends">The customers who are the friend by now: several may share a mailbox.</param>
/// <param name="Purchases">Of all of them.</param>
/// <param name="Subscriptions">Of all of them.</param>
/// <param name="Others">Referrals of the same friend by others.</param>
public sealed record ReferralFacts(
    Referral Referral, string? ReferrerMailbox, string? ReferrerPhone, IReadOnlyList<CustomerId> Friends, IReadOnlyList<Purchase> Purchases,
    IReadOnlyList<Subscription> Subscriptions, IReadOnlyList<Referral> Others);

/// <summary>
/// Says what has come of referrals. Pure: asked again with the same facts it says the same, and nothing but what was handed out is kept.
/// </summary>
public sealed class ReferralRule(ReferralOptions options)
{
    /// <param name="ofOneCustomer">All referrals of one customer, since the cap is over them.</param>
    /// <returns>One decision for each, in their order.</returns>
    public IReadOnlyList<ReferralDecision> Decide(IReadOnlyList<ReferralFacts> ofOneCustomer, Moment now)
    {
        var decisions = ofOneCustomer.Select(f => Decide(f, now)).ToArray();
        foreach (var year in Enumerable.Range(0, decisions.Length).Where(i => decisions[i].EarnedOn is not null).GroupBy(i => decisions[i].EarnedOn!.Value.Year))
        {
            var left = options.MaxPerYear - year.Count(i => decisions[i] is { State: ReferralState.HandedOut, ToReferrer: true });
            // What was handed out stands; of the others the first to be earned go first, so that nothing is promised that will not be earned.
            foreach (var i in year.Where(i => decisions[i].State != ReferralState.HandedOut)
                .OrderBy(i => decisions[i].EarnedOn).ThenBy(i => ofOneCustomer[i].Referral.ReceivedAt).ThenBy(i => ofOneCustomer[i].Referral.Id, StringComparer.Ordinal))
            {
                if (left-- > 0) continue;
                decisions[i] = decisions[i] with { ToReferrer = false };
                if (decisions[i].State == ReferralState.Earned) decisions[i] = decisions[i] with { Reason = ReferralReason.CapReached };
            }
        }
        return decisions;
    }

    /// <summary>But for the cap.</summary>
    private ReferralDecision Decide(ReferralFacts facts, Moment now)
    {
        var referral = facts.Referral;
        var first = FirstPurchase.Of(facts.Purchases, facts.Subscriptions, now.Today);
        if (referral.HandedOut is { } done)
        {
            var why = done.ToReferrer ? ReferralReason.PastRefundPeriod : ReferralReason.CapReached;
            return new ReferralDecision(ReferralState.HandedOut, why, first, done.EarnedOn, done.ToReferrer);
        }
        if (IsSelf(facts)) return Refused(ReferralReason.SelfReferral);
        if (referral.WasKnown || first < now.DayOf(referral.ReceivedAt)) return Refused(ReferralReason.ExistingCustomer);
        var bought = first ?? now.Today;
        if (facts.Others.Any(other => GoesFirst(other, facts, bought, now))) return Refused(ReferralReason.OtherReferrer);
        if (bought > LastDay(referral, now)) return Refused(ReferralReason.TooLate);
        if (first is null) return new ReferralDecision(ReferralState.Waiting, ReferralReason.NoPurchaseYet);
        var earnedOn = bought.AddDays(options.RefundPeriod.Days + 1);
        return now.Today < earnedOn
            ? new ReferralDecision(ReferralState.Pending, ReferralReason.InRefundPeriod, first, earnedOn)
            : new ReferralDecision(ReferralState.Earned, ReferralReason.PastRefundPeriod, first, earnedOn);

        ReferralDecision Refused(ReferralReason reason) =>
            new(ReferralState.Refused, reason, first, ToReferrer: false) { IsOver = now.Today > LastDay(referral, now) };
    }

    private static bool IsSelf(ReferralFacts facts) =>
        facts.Referral.FriendKey == facts.ReferrerMailbox || facts.Friends.Contains(facts.Referral.Referrer)
        || PhoneNumber.AreSame(facts.Referral.Phone, facts.ReferrerPhone);

    /// <summary>The first to refer a friend wins, for as long as that is valid; what was handed out wins for good.</summary>
    private bool GoesFirst(Referral other, ReferralFacts facts, DateOnly bought, Moment now) =>
        other.HandedOut is not null
        || (!facts.Friends.Contains(other.Referrer) && facts.Referral.IsAfter(other) && bought <= LastDay(other, now));

    /// <summary>The last day on which a first purchase counts.</summary>
    private DateOnly LastDay(Referral referral, Moment now) => now.DayOf(referral.ReceivedAt).AddDays(options.ValidFor.Days);
}
