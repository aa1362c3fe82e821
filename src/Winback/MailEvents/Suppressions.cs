using Winback.Customers;

namespace Winback.MailEvents;

/// <summary>
/// What the provider tells of a mailbox, and the owner: the mailbox first, where whoever sends looks, then the rows of all who use it now. A customer who has another
/// address meanwhile is not touched.
/// </summary>
public sealed class Suppressions(ICustomerStore customers, IMailboxStore mailboxes)
{
    public Task HearAsync(string key, MailboxNews news, DateTimeOffset at, string eventId, CancellationToken cancel) =>
        ChangeAsync(key, health => health.Hear(news, at, eventId), cancel);

    /// <summary>Mail may go there again, whatever bounced up to then.</summary>
    public Task LiftAsync(string key, DateTimeOffset at, CancellationToken cancel) => ChangeAsync(key, health => health.Lift(at), cancel);

    private async Task ChangeAsync(string key, Func<MailboxHealth, MailboxHealth> change, CancellationToken cancel)
    {
        var mailbox = await mailboxes.UpdateAsync(
            key, m => change(m.Health) is var health && ReferenceEquals(health, m.Health) ? m : m with { Health = health }, cancel);
        for (var i = 0; i < CustomerStoreUpdates.MaxTries; i++)
        {
            foreach (var owner in mailbox.Owners) await ApplyAsync(CustomerId.Parse(owner), mailbox, cancel);
            // Who writes last must have seen what holds at last.
            var now = await mailboxes.FindAsync(key, cancel) ?? mailbox;
            if (now.Suppression == mailbox.Suppression) return;
            mailbox = now;
        }
        throw new IOException($"Mailbox {key} is being changed by many at once; try again.");
    }

    private async Task ApplyAsync(CustomerId id, Mailbox mailbox, CancellationToken cancel)
    {
        for (var i = 0; i < CustomerStoreUpdates.MaxTries; i++)
        {
            if (await customers.FindAsync(id, cancel) is not { } file || file.Profile.MailboxKey != mailbox.Key) return;
            var changed = file.Customer with { Suppressed = mailbox.Suppression?.Why, SuppressedAt = mailbox.Suppression?.Since };
            if (changed == file.Customer || await customers.TryReplaceAsync(file, changed, file.Profile, cancel) is not null) return;
        }
        throw CustomerStoreUpdates.TooBusy(id);
    }
}
