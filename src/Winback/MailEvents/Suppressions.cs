using Winback.Customers;

namespace Winback.MailEvents;

/// <summary>
/// What the provider tells of a mailbox: the mailbox first, where whoever sends looks, then the rows of all who use it now. A customer who has another
/// address meanwhile is not touched.
/// </summary>
public sealed class Suppressions(ICustomerStore customers, IMailboxStore mailboxes)
{
    public async Task HearAsync(string key, MailboxNews news, DateTimeOffset at, string eventId, CancellationToken cancel)
    {
        var mailbox = await mailboxes.UpdateAsync(
            key, m => m.Health.Hear(news, at, eventId) is var health && ReferenceEquals(health, m.Health) ? m : m with { Health = health }, cancel);
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
