using System.Collections.Concurrent;
using Winback.Customers;

namespace Winback.Tests.Fakes;

public sealed class InMemoryMailboxStore(Effects effects) : InMemoryStore(effects), IMailboxStore
{
    private readonly ConcurrentDictionary<string, Mailbox> _rows = new(StringComparer.Ordinal);

    public Mailbox? this[string key] => _rows.GetValueOrDefault(key);

    /// <summary>Puts a row there, whatever there was; no effect of the app.</summary>
    public void Put(Mailbox mailbox) => _rows[mailbox.Key] = mailbox;

    public Task<Mailbox?> FindAsync(string key, CancellationToken cancel)
    {
        Reading();
        return Task.FromResult(this[key]);
    }

    public Task<Mailbox> UpdateAsync(string key, Func<Mailbox, Mailbox> change, CancellationToken cancel)
    {
        Writing();
        while (true)
        {
            var row = this[key];
            var seen = row ?? Mailbox.Of(key);
            var changed = change(seen);
            if (ReferenceEquals(changed, seen)) return Task.FromResult(seen);
            if (row is null ? !_rows.TryAdd(key, changed) : !_rows.TryUpdate(key, changed, row)) continue;
            Written($"mailbox {key} changed");
            return Task.FromResult(changed);
        }
    }
}
