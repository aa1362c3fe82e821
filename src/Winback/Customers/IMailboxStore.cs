using System.Collections.Immutable;

namespace Winback.Customers;

/// <summary>What holds for one mailbox, whoever uses it.</summary>
/// <param name="Key">See <see cref="MailboxKeys"/>.</param>
/// <param name="Owners">The customers with this address; several may share it.</param>
/// <param name="Suppressed">Why nothing at all goes there: spam complaint, hard bounce.</param>
public sealed record Mailbox(
    string Key, ImmutableSortedSet<string> Owners, DateTimeOffset? OptedOutAt = null, DateTimeOffset? ServiceOptedOutAt = null,
    string? Suppressed = null)
{
    public static Mailbox Of(string key) => new(key, ImmutableSortedSet<string>.Empty.WithComparer(StringComparer.Ordinal));
}

/// <summary>The mailboxes by key: opt-outs and owners.</summary>
public interface IMailboxStore
{
    Task<Mailbox?> FindAsync(string key, CancellationToken cancel);

    /// <summary>Changes a mailbox, making it when it is new; again when somebody else wrote in between.</summary>
    /// <param name="change">Pure; returns the same instance when there is nothing to change.</param>
    Task<Mailbox> UpdateAsync(string key, Func<Mailbox, Mailbox> change, CancellationToken cancel);
}
