using Azure.Data.Tables;
using Winback.Storage;

namespace Winback.Referrals;

/// <summary>Table <c>referrals</c>: partitioned like the referring customer, row = customer | id.</summary>
public sealed class TableReferralStore(StorageAccount storage) : IReferralStore
{
    private const string TableName = "referrals";

    public async Task<bool> TryAddAsync(Referral referral, CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        return await table.TryAddAsync(
            new TableEntity(referral.Referrer.Partition, $"{referral.Referrer.Value}|{referral.Id}")
                .With("Name", referral.Name).With("Contact", referral.Contact).With("ReceivedAt", referral.ReceivedAt),
            cancel);
    }

    public async Task<int> CountAsync(CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        return await table.QueryAsync<TableEntity>(select: ["RowKey"], cancellationToken: cancel).CountAsync(cancel);
    }
}
