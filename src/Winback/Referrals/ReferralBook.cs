using System.Runtime.CompilerServices;
using Winback.Customers;

namespace Winback.Referrals;

/// <summary>A referral and what has come of it.</summary>
/// <param name="Friends">The customers who the friend is by now.</param>
/// <param name="MayMail">The owner may mail the friend: they agreed, confirmed that it was them, and have not opted out since.</param>
public sealed record DecidedReferral(ReferralFile File, ReferralDecision Decision, IReadOnlyList<CustomerId> Friends, bool MayMail)
{
    public Referral Referral => File.Referral;
}

/// <summary>What came of something that the owner decided about a referral.</summary>
/// <param name="Done">Whether it is so now, by this or before.</param>
/// <param name="Detail">In words.</param>
public sealed record ReferralResult(DecidedReferral? Referral, bool Done, string Detail);

/// <summary>Reads referrals with what has come of them, and keeps what the owner decides.</summary>
public sealed class ReferralBook(
    IReferralStore referrals, ICustomerStore customers, IMailboxStore mailboxes, IFactStore facts, ReferralRule rule, OwnerClock clock)
{
    /// <summary>Those of one customer, the earliest first.</summary>
    public async Task<IReadOnlyList<DecidedReferral>> OfAsync(CustomerId referrer, CancellationToken cancel) =>
        await DecideAsync(await referrals.OfAsync(referrer, cancel).ToListAsync(cancel), cancel);

    /// <summary>Everybody's; those of one customer come one after the other, the earliest first.</summary>
    public async IAsyncEnumerable<DecidedReferral> AllAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var ofOne = new List<ReferralFile>();
        await foreach (var file in referrals.AllAsync(cancel))
        {
            if (ofOne.Count > 0 && ofOne[0].Referral.Referrer != file.Referral.Referrer)
            {
                foreach (var decided in await DecideAsync(ofOne, cancel)) yield return decided;
                ofOne.Clear();
            }
            ofOne.Add(file);
        }
        foreach (var decided in await DecideAsync(ofOne, cancel)) yield return decided;
    }

    /// <summary>Those by which a customer came.</summary>
    public async Task<IReadOnlyList<DecidedReferral>> OfFriendAsync(CustomerId friend, CancellationToken cancel)
    {
        var found = new List<DecidedReferral>();
        foreach (var referral in await OfFriendAsync([FriendHandle.Of(friend), .. await HandlesAsync([friend], cancel)], cancel))
            found.AddRange((await OfAsync(referral.Referrer, cancel)).Where(d => d.Referral.FriendKey == referral.FriendKey));
        return found;
    }

    /// <summary>Notes that the rewards of a referral were handed out; again changes nothing, the date included.</summary>
    public Task<ReferralResult> RewardAsync(string id, CancellationToken cancel) => ChangeAsync(
        id,
        d => d.Decision.State switch
        {
            ReferralState.HandedOut => (null, new(d, true, "it was handed out before")),
            ReferralState.Earned => (
                d.Referral with { HandedOut = new HandedOut(clock.Now.Instant, d.Decision.EarnedOn!.Value, d.Decision.ToReferrer) },
                new(d, true, d.Decision.ToReferrer ? "handed out to both" : "handed out to the friend alone: the customer was rewarded for enough friends this year")),
            _ => (null, new(d, false, $"it is {d.Decision.State.Word()}: {d.Decision.Reason.Explain()}")),
        },
        cancel);

    /// <summary>Notes which customer the friend is, where address and telephone number do not tell.</summary>
    public async Task<ReferralResult> MatchAsync(string id, CustomerId friend, CancellationToken cancel)
    {
        if (await customers.FindAsync(friend, cancel) is null) return new ReferralResult(null, false, $"there is no customer {friend}");
        return await ChangeAsync(
            id,
            d => d.Decision.State == ReferralState.HandedOut ? (null, new(d, false, "it was handed out, so it stays as it is"))
                : d.Referral.Matched == friend ? (null, new(d, true, "it was so before"))
                : (d.Referral with { Matched = friend }, new(d, true, $"the friend is customer {friend}")),
            cancel);
    }

    private async Task<ReferralResult> ChangeAsync(string id, Func<DecidedReferral, (Referral? Changed, ReferralResult Result)> decide, CancellationToken cancel)
    {
        var known = await referrals.AllAsync(cancel).FirstOrDefaultAsync(f => f.Referral.Id == id, cancel);
        if (known is null) return new ReferralResult(null, false, "there is no such referral; winback referrals list has their ids");
        for (var i = 0; i < CustomerStoreUpdates.MaxTries; i++)
        {
            var decided = (await OfAsync(known.Referral.Referrer, cancel)).Single(d => d.Referral.Id == id);
            var (changed, result) = decide(decided);
            if (changed is null || await referrals.TryReplaceAsync(decided.File, changed, cancel)) return result;
        }
        throw CustomerStoreUpdates.TooBusy(known.Referral.Referrer);
    }

    /// <param name="ofOne">All of one customer.</param>
    private async Task<IReadOnlyList<DecidedReferral>> DecideAsync(List<ReferralFile> ofOne, CancellationToken cancel)
    {
        if (ofOne.Count == 0) return [];
        var files = ofOne.OrderBy(f => f.Referral.ReceivedAt).ThenBy(f => f.Referral.Id, StringComparer.Ordinal).ToList();
        var referrer = (await customers.FindAsync(files[0].Referral.Referrer, cancel))?.Profile;
        var (known, mayMail) = (new List<ReferralFacts>(), new List<bool>());
        foreach (var file in files)
        {
            var mailbox = await mailboxes.FindAsync(file.Referral.FriendKey, cancel);
            known.Add(await FactsAsync(file.Referral, mailbox, referrer, cancel));
            mayMail.Add(FriendRule.MayMail(file.Referral, mailbox));
        }
        return [.. rule.Decide(known, clock.Now).Select((decision, i) => new DecidedReferral(files[i], decision, known[i].Friends, mayMail[i]))];
    }

    private async Task<ReferralFacts> FactsAsync(Referral referral, Mailbox? mailbox, Profile? referrer, CancellationToken cancel)
    {
        CustomerId[] friends = referral.Matched is { } matched ? [matched] : [.. mailbox?.Owners.Select(CustomerId.Parse) ?? []];
        var purchases = new List<Purchase>();
        var subscriptions = new List<Subscription>();
        foreach (var friend in friends)
        {
            purchases.AddRange(await facts.PurchasesAsync(friend, cancel));
            subscriptions.AddRange(await facts.SubscriptionsAsync(friend, cancel));
        }
        var ofFriend = await OfFriendAsync(
            [FriendHandle.Of(referral.FriendKey), .. friends.Select(FriendHandle.Of), .. await HandlesAsync(friends, cancel)], cancel);
        return new ReferralFacts(
            referral, referrer?.MailboxKey, referrer?.Phone, friends, purchases, subscriptions, [.. ofFriend.Where(r => r.Id != referral.Id)]);
    }

    /// <summary>Those of a friend who goes by several handles, each once.</summary>
    private async Task<IReadOnlyList<Referral>> OfFriendAsync(IEnumerable<FriendHandle> handles, CancellationToken cancel)
    {
        var found = new Dictionary<string, Referral>(StringComparer.Ordinal);
        foreach (var handle in handles.Distinct())
        {
            // A handle stays when the owner says afterwards that the friend is somebody else.
            await foreach (var referral in referrals.OfFriendAsync(handle, cancel))
                if (handle == FriendHandle.Of(referral.FriendKey) || (referral.Matched is { } friend && handle == FriendHandle.Of(friend))) found[referral.Id] = referral;
        }
        return [.. found.Values];
    }

    /// <summary>The mailboxes of customers.</summary>
    private async Task<IReadOnlyList<FriendHandle>> HandlesAsync(IEnumerable<CustomerId> ids, CancellationToken cancel)
    {
        var handles = new List<FriendHandle>();
        foreach (var id in ids)
            if ((await customers.FindAsync(id, cancel))?.Profile.MailboxKey is { } key) handles.Add(FriendHandle.Of(key));
        return handles;
    }
}
