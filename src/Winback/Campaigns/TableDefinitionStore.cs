using System.Globalization;
using Azure.Data.Tables;
using Winback.Storage;

namespace Winback.Campaigns;

/// <summary>Tables <c>definitions</c> (partition = campaign, row = version) and <c>publications</c> (partition = campaign, row = time and kind).</summary>
public sealed class TableDefinitionStore(StorageAccount storage, TimeProvider time) : IDefinitionStore
{
    public async Task KeepAsync(CampaignFiles files, CancellationToken cancel)
    {
        var table = await storage.TableAsync("definitions");
        await table.TryAddAsync(new TableEntity(files.Id, files.Version).With("Files", files.Pack()).With("RecordedAt", time.GetUtcNow()), cancel);
    }

    public async Task<CampaignFiles?> FindAsync(string campaign, string version, CancellationToken cancel)
    {
        var table = await storage.TableAsync("definitions");
        return (await table.FindAsync(campaign, version, cancel))?.GetBinary("Files") is { } packed ? CampaignFiles.Unpack(campaign, packed) : null;
    }

    public async Task AddAsync(Publication publication, CancellationToken cancel)
    {
        var table = await storage.TableAsync("publications");
        var row = string.Create(CultureInfo.InvariantCulture, $"{publication.At.UtcTicks:d19}|{publication.Kind}");
        await table.TryAddAsync(
            new TableEntity(publication.Campaign, row).With("At", publication.At).With("Kind", publication.Kind.ToString()).With("Version", publication.Version), cancel);
    }

    public async Task<IReadOnlyList<Publication>> PublicationsAsync(CancellationToken cancel)
    {
        var table = await storage.TableAsync("publications");
        return await table.QueryAsync<TableEntity>(cancellationToken: cancel)
            .Select(row => new Publication(
                row.PartitionKey, row.GetDateTimeOffset("At")!.Value, Enum.Parse<PublicationKind>(row.GetString("Kind")), row.GetString("Version")))
            .ToListAsync(cancel);
    }
}
