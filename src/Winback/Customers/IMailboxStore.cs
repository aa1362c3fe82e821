using System.Collections.Immutable;

namespace Winback.Customers;

/// <param name="Since">Null where that is not known.</param>
public sealed record Suppression(string Why, DateTimeOffset? Since);

/// <summary>What holds for one mailbox, whoever uses it.</summary>
/// <param name="Key">See <see cref="MailboxKeys"/>.</param>
/// <param name="Owners">The customers with this address; several may share it.</param>
/// <param name="Suppressed">Why nothing at all goes there, whatever the provider tells: too many have it.</param>
public sealed record Mailbox(
    string Key, ImmutableSortedSet<string> Owners, DateTimeOffset? OptedOutAt = null, DateTimeOffset? ServiceOptedOutAt = null,
    string? Suppressed = null)
{
    /// <summary>More customers with one address are no family: it stands for "no address", as info@ or none@ do.</summary>
    public const int MaxOwners = 50;

    /// <summary>What the mail provider told of it.</summary>
    public MailboxHealth Health { get; init; } = MailboxHealth.Unknown;

    /// <summary>Why nothing at all goes there; null when something may.</summary>
    public Suppression? Suppression => Health.Suppression ?? (Suppressed is { } why ? new Suppression(why, null) : null);

    /// <summary>The claim on the mail that asks a friend who signed up with it whether that was them: the latest of all sign-ups, by whomever.</summary>
    public Answered? Asked { get; init; }

    /// <summary>As <see cref="Customer.StoppedBy"/>, of the opt-outs.</summary>
    public ImmutableDictionary<string, string> StoppedBy { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Adds a customer. The address of too many is suppressed rather than guessed about.</summary>
    public Mailbox Join(CustomerId customer) =>
        Owners.Contains(customer.Value) || (Owners.Count >= MaxOwners && Suppressed is not null) ? this
        : Owners.Count < MaxOwners ? this with { Owners = Owners.Add(customer.Value) }
        : this with { Suppressed = $"more than {MaxOwners} customers have this address" };

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
