using Winback.Customers;

namespace Winback.Referrals;

/// <summary>What a friend is found by: a contact or a customer number.</summary>
/// <param name="Partition">Two hex digits.</param>
public readonly record struct FriendHandle(string Partition, string Value)
{
    /// <param name="friendKey">The keyed hash of an address or telephone number.</param>
    public static FriendHandle Of(string friendKey) => new(friendKey[..2], friendKey);

    public static FriendHandle Of(CustomerId customer) => new(customer.Partition, $"c:{customer.Value}");
}

/// <summary>A referral as read, with the version that a conditional write needs.</summary>
public sealed record ReferralFile(Referral Referral, string Version);

/// <summary>Every referral, under a deterministic key: customer, friend.</summary>
public interface IReferralStore
{
    /// <summary>Adds a referral and notes it under the friend's key.</summary>
    /// <returns>False when it is there already; nothing changes then.</returns>
    Task<bool> TryAddAsync(Referral referral, CancellationToken cancel);

    /// <summary>Changes a referral as read, and notes it under the customer who the friend is.</summary>
    /// <returns>False when it changed meanwhile.</returns>
    Task<bool> TryReplaceAsync(ReferralFile seen, Referral changed, CancellationToken cancel);

    /// <param name="friendKey">See <see cref="Referral.FriendKey"/>.</param>
    Task<ReferralFile?> FindAsync(CustomerId referrer, string friendKey, CancellationToken cancel);

    /// <summary>Those of one customer.</summary>
    IAsyncEnumerable<ReferralFile> OfAsync(CustomerId referrer, CancellationToken cancel);

    /// <summary>Those of one friend, by whomever.</summary>
    IAsyncEnumerable<Referral> OfFriendAsync(FriendHandle friend, CancellationToken cancel);

    /// <summary>The whole table; those of one customer come one after the other.</summary>
    IAsyncEnumerable<ReferralFile> AllAsync(CancellationToken cancel);
}

public static class ReferralStoreUpdates
{
    /// <summary>Reads, changes and writes back a referral, again when somebody else wrote in between.</summary>
    /// <param name="change">Pure; returns the same instance when there is nothing to change.</param>
    /// <returns>As it is now; null when there is no such referral.</returns>
    /// <exception cref="IOException">Lost the race twenty times in a row.</exception>
    public static async Task<Referral?> UpdateAsync(
        this IReferralStore store, CustomerId referrer, string friendKey, Func<Referral, Referral> change, CancellationToken cancel)
    {
        for (var i = 0; i < CustomerStoreUpdates.MaxTries; i++)
        {
            if (await store.FindAsync(referrer, friendKey, cancel) is not { } file) return null;
            var changed = change(file.Referral);
            if (ReferenceEquals(changed, file.Referral) || await store.TryReplaceAsync(file, changed, cancel)) return changed;
        }
        throw CustomerStoreUpdates.TooBusy(referrer);
    }
}
