using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Winback.Customers;
using Winback.Replies;
using Winback.Storage;

namespace Winback.Referrals;

/// <summary>
/// Table <c>referrals</c>: partitioned like the referring customer, row = customer | friend's key. Table <c>referred</c> leads from a friend to them:
/// row = handle | customer | friend's key. It is written first, so that what it leads to may be missing, never the other way about.
/// </summary>
public sealed class TableReferralStore(StorageAccount storage) : IReferralStore
{
    private const string TableName = "referrals";
    private const string FriendTableName = "referred";

    public async Task<bool> TryAddAsync(Referral referral, CancellationToken cancel)
    {
        await NoteAsync(referral, FriendHandle.Of(referral.FriendKey), cancel);
        return await (await storage.TableAsync(TableName)).TryAddAsync(ToRow(referral), cancel);
    }

    public async Task<bool> TryReplaceAsync(ReferralFile seen, Referral changed, CancellationToken cancel)
    {
        if (changed.Matched is { } friend) await NoteAsync(changed, FriendHandle.Of(friend), cancel);
        return await (await storage.TableAsync(TableName)).TryReplaceAsync(ToRow(changed), seen.Version, cancel) is not null;
    }

    public async Task<ReferralFile?> FindAsync(CustomerId referrer, string friendKey, CancellationToken cancel) =>
        await (await storage.TableAsync(TableName)).FindAsync(referrer.Partition, $"{referrer.Value}|{friendKey}", cancel) is { } row
            ? new ReferralFile(ToReferral(row), row.ETag.ToString())
            : null;

    public IAsyncEnumerable<ReferralFile> OfAsync(CustomerId referrer, CancellationToken cancel) =>
        QueryAsync(Entities.Prefixed(referrer.Partition, referrer.Value + "|"), cancel);

    public async IAsyncEnumerable<Referral> OfFriendAsync(FriendHandle friend, [EnumeratorCancellation] CancellationToken cancel)
    {
        var noted = await storage.TableAsync(FriendTableName);
        var table = await storage.TableAsync(TableName);
        await foreach (var note in noted.QueryAsync<TableEntity>(Entities.Prefixed(friend.Partition, friend.Value + "|"), cancellationToken: cancel))
        {
            var row = note.RowKey[(friend.Value.Length + 1)..];
            if (await table.FindAsync(CustomerId.Parse(row[..row.IndexOf('|', StringComparison.Ordinal)]).Partition, row, cancel) is { } found)
                yield return ToReferral(found);
        }
    }

    public IAsyncEnumerable<ReferralFile> AllAsync(CancellationToken cancel) => QueryAsync(null, cancel);

    private async IAsyncEnumerable<ReferralFile> QueryAsync(string? filter, [EnumeratorCancellation] CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancel))
            yield return new ReferralFile(ToReferral(row), row.ETag.ToString());
    }

    private async Task NoteAsync(Referral referral, FriendHandle friend, CancellationToken cancel) =>
        await (await storage.TableAsync(FriendTableName))
            .UpsertEntityAsync(new TableEntity(friend.Partition, $"{friend.Value}|{Key(referral)}"), TableUpdateMode.Replace, cancel);

    private static string Key(Referral referral) => $"{referral.Referrer.Value}|{referral.FriendKey}";

    private static TableEntity ToRow(Referral r) => new TableEntity(r.Referrer.Partition, Key(r))
        .With("Name", r.Name).With("Email", r.Email).With("Phone", r.Phone).With("ReceivedAt", r.ReceivedAt).With("WasKnown", r.WasKnown)
        .With("Language", r.Language).With("ConsentAt", r.Consent?.At).With("ConsentWording", r.Consent?.Wording).With("ConfirmedAt", r.ConfirmedAt)
        .With("AskedState", r.Asked?.State.ToString()).With("AskedAt", r.Asked?.At).With("AskedProblem", r.Asked?.Problem)
        .With("Matched", r.Matched?.Value)
        .With("HandedOutAt", r.HandedOut?.At).With("EarnedOn", r.HandedOut?.EarnedOn).With("ToReferrer", r.HandedOut?.ToReferrer);

    private static Referral ToReferral(TableEntity row)
    {
        var key = row.RowKey.Split('|');
        return new Referral(CustomerId.Parse(key[0]), key[1], row.GetDateTimeOffset("ReceivedAt") ?? default)
        {
            Name = row.GetString("Name"),
            Email = row.GetString("Email"),
            Phone = row.GetString("Phone"),
            Language = row.GetString("Language"),
            WasKnown = row.GetBoolean("WasKnown") ?? false,
            Consent = row.GetDateTimeOffset("ConsentAt") is { } agreed ? new FriendConsent(agreed, row.GetString("ConsentWording") ?? "") : null,
            Asked = row.GetString("AskedState") is { } state
                ? new FriendAsked(Enum.Parse<AnswerState>(state), row.GetDateTimeOffset("AskedAt") ?? default, row.GetString("AskedProblem")) : null,
            ConfirmedAt = row.GetDateTimeOffset("ConfirmedAt"),
            Matched = row.GetString("Matched") is { } friend ? CustomerId.Parse(friend) : null,
            HandedOut = row.GetDateTimeOffset("HandedOutAt") is { } done
                ? new HandedOut(done, row.GetDay("EarnedOn") ?? default, row.GetBoolean("ToReferrer") ?? false) : null,
        };
    }
}
