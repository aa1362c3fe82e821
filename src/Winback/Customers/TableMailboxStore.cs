using System.Collections.Immutable;
using Azure.Data.Tables;
using Winback.Storage;

namespace Winback.Customers;

/// <summary>Table <c>addresses</c>: partition = first two digits of the mailbox key, row = the mailbox key. Holds no address.</summary>
public sealed class TableMailboxStore(StorageAccount storage) : IMailboxStore
{
    private const string TableName = "addresses";
    private const int MaxTries = 20;

    public async Task<Mailbox?> FindAsync(string key, CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        return await table.FindAsync(key[..2], key, cancel) is { } row ? ToMailbox(row) : null;
    }

    public async Task<Mailbox> UpdateAsync(string key, Func<Mailbox, Mailbox> change, CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        for (var i = 0; i < MaxTries; i++)
        {
            var row = await table.FindAsync(key[..2], key, cancel);
            var seen = row is null ? Mailbox.Of(key) : ToMailbox(row);
            var changed = change(seen);
            if (ReferenceEquals(changed, seen)) return seen;
            if (row is null ? await table.TryAddAsync(ToRow(changed), cancel) : await table.TryReplaceAsync(ToRow(changed), row.ETag.ToString(), cancel) is not null)
                return changed;
            // Many customers of one file may have the same address.
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(10 * (i + 1))), cancel);
        }
        throw new IOException($"Mailbox {key} is being changed by many at once; try again.");
    }

    private static TableEntity ToRow(Mailbox m) => new TableEntity(m.Key[..2], m.Key)
        .WithJson("Owners", [.. m.Owners], CustomerJson.Default.StringArray)
        .With("OptedOutAt", m.OptedOutAt)
        .With("ServiceOptedOutAt", m.ServiceOptedOutAt)
        .With("Suppressed", m.Suppressed)
        .With("ComplainedAt", m.Health.ComplainedAt)
        .With("HardBouncedAt", m.Health.HardBouncedAt)
        .With("DeliveredAt", m.Health.DeliveredAt)
        .With("LiftedAt", m.Health.LiftedAt)
        .WithJson("SoftBounces", m.Health.SoftBounces.IsEmpty ? null : m.Health.SoftBounces.ToArray(), CustomerJson.Default.SoftBounceArray)
        .With("AskedFor", m.Asked?.To)
        .With("AskedAt", m.Asked?.At).With("AskedClaim", m.Asked?.ClaimId)
        .WithJson("StoppedBy", m.StoppedBy.IsEmpty ? null : m.StoppedBy, CustomerJson.Default.ImmutableDictionaryStringString);

    private static Mailbox ToMailbox(TableEntity row) => new(
        row.RowKey, (row.GetJson("Owners", CustomerJson.Default.StringArray) ?? []).ToImmutableSortedSet(StringComparer.Ordinal),
        row.GetDateTimeOffset("OptedOutAt"), row.GetDateTimeOffset("ServiceOptedOutAt"), row.GetString("Suppressed"))
    {
        Health = new MailboxHealth(row.GetDateTimeOffset("ComplainedAt"), row.GetDateTimeOffset("HardBouncedAt"), row.GetDateTimeOffset("DeliveredAt"))
        {
            LiftedAt = row.GetDateTimeOffset("LiftedAt"),
            SoftBounces = [.. row.GetJson("SoftBounces", CustomerJson.Default.SoftBounceArray) ?? []],
        },
        Asked = row.GetString("AskedFor") is { } asked ? new Answered(asked, row.GetDateTimeOffset("AskedAt") ?? default, row.GetString("AskedClaim")) : null,
        StoppedBy = row.GetJson("StoppedBy", CustomerJson.Default.ImmutableDictionaryStringString) ?? ImmutableDictionary<string, string>.Empty,
    };
}
