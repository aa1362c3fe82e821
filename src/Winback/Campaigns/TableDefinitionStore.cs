using Azure.Data.Tables;
using Winback.Storage;

namespace Winback.Campaigns;

/// <summary>Table <c>definitions</c>: partition = campaign, row = version.</summary>
public sealed class TableDefinitionStore(StorageAccount storage, TimeProvider time) : IDefinitionStore
{
    public async Task KeepAsync(Campaign campaign, CancellationToken cancel)
    {
        var table = await storage.TableAsync("definitions");
        await table.TryAddAsync(
            new TableEntity(campaign.Id, campaign.Version).With("Definition", campaign.Source).With("RecordedAt", time.GetUtcNow()), cancel);
    }
}
