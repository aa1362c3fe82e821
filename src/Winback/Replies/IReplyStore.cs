using Winback.Customers;

namespace Winback.Replies;

/// <summary>A reply as read, with the version that a conditional write needs.</summary>
public sealed record ReplyFile(Reply Reply, string Version);

/// <summary>What customers told us; a customer's replies lie together.</summary>
public interface IReplyStore
{
    /// <param name="customer">Null for one of nobody.</param>
    Task<ReplyFile?> FindAsync(CustomerId? customer, string id, CancellationToken cancel);

    /// <summary>Those whose id begins so, whoever's they are, for a person who types it. Storage looks through the whole table.</summary>
    IAsyncEnumerable<Reply> BeginningAsync(string idBeginning, CancellationToken cancel);

    /// <returns>False when this reply is there already.</returns>
    Task<bool> TryAddAsync(Reply reply, CancellationToken cancel);

    /// <returns>False when it changed since it was read.</returns>
    Task<bool> TryReplaceAsync(ReplyFile seen, Reply reply, CancellationToken cancel);

    /// <summary>All of a customer's, in no order.</summary>
    IAsyncEnumerable<Reply> OfAsync(CustomerId customer, CancellationToken cancel);

    /// <summary>Those about which the owner or the app has something to do. Storage looks through the whole table, which has a row per answer and so is small.</summary>
    IAsyncEnumerable<Reply> OpenAsync(CancellationToken cancel);

    IAsyncEnumerable<Reply> AllAsync(CancellationToken cancel);
}

public static class ReplyStoreUpdates
{
    /// <summary>Reads, changes and writes back a reply, again when somebody else wrote in between.</summary>
    /// <param name="change">Pure; returns the same instance when there is nothing to change.</param>
    /// <returns>As it is now; null when there is no such reply.</returns>
    /// <exception cref="IOException">Lost the race twenty times in a row.</exception>
    public static async Task<Reply?> UpdateAsync(this IReplyStore store, CustomerId? customer, string id, Func<Reply, Reply> change, CancellationToken cancel)
    {
        for (var i = 0; i < CustomerStoreUpdates.MaxTries; i++)
        {
            if (await store.FindAsync(customer, id, cancel) is not { } file) return null;
            var changed = change(file.Reply);
            if (ReferenceEquals(changed, file.Reply) || await store.TryReplaceAsync(file, changed, cancel)) return changed;
        }
        throw new IOException($"Reply {id} is being changed by many at once; try again.");
    }
}
