using System.Collections.Concurrent;
using Winback.Customers;
using Winback.Referrals;

namespace Winback.Tests.Fakes;

public sealed class InMemoryReferralStore(Effects effects) : InMemoryStore(effects), IReferralStore
{
    private readonly ConcurrentDictionary<string, ReferralFile> _rows = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Friend, string Id), string> _friends = new();

    /// <summary>The earliest first.</summary>
    public IReadOnlyList<Referral> All => [.. _rows.Values.Select(f => f.Referral).OrderBy(r => r.ReceivedAt).ThenBy(r => r.Id, StringComparer.Ordinal)];

    public Task<bool> TryAddAsync(Referral referral, CancellationToken cancel)
    {
        Writing();
        Note(referral, FriendHandle.Of(referral.FriendKey));
        var added = _rows.TryAdd(referral.Id, new ReferralFile(referral, "0"));
        if (added) Written($"referral {referral.Id} added");
        return Task.FromResult(added);
    }

    public Task<bool> TryReplaceAsync(ReferralFile seen, Referral changed, CancellationToken cancel)
    {
        Writing();
        if (changed.Matched is { } friend) Note(changed, FriendHandle.Of(friend));
        var version = (int.Parse(seen.Version, null) + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var replaced = _rows.TryUpdate(seen.Referral.Id, new ReferralFile(changed, version), seen);
        if (replaced) Written($"referral {changed.Id} changed");
        return Task.FromResult(replaced);
    }

    public Task<ReferralFile?> FindAsync(CustomerId referrer, string friendKey, CancellationToken cancel) =>
        Task.FromResult(_rows.GetValueOrDefault(new Referral(referrer, friendKey, default).Id));

    public IAsyncEnumerable<ReferralFile> OfAsync(CustomerId referrer, CancellationToken cancel) =>
        _rows.Values.Where(f => f.Referral.Referrer == referrer).ToAsyncEnumerable();

    public IAsyncEnumerable<Referral> OfFriendAsync(FriendHandle friend, CancellationToken cancel) =>
        _friends.Keys.Where(f => f.Friend == friend.Value).Select(f => _rows[f.Id].Referral).ToAsyncEnumerable();

    public IAsyncEnumerable<ReferralFile> AllAsync(CancellationToken cancel) => _rows.Values.OrderBy(f => f.Referral.Referrer.Value, StringComparer.Ordinal).ToAsyncEnumerable();

    private void Note(Referral referral, FriendHandle friend) => _friends[(friend.Value, referral.Id)] = "";
}
