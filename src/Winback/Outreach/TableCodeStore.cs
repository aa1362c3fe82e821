using Azure.Data.Tables;
using Winback.Customers;
using Winback.Storage;

namespace Winback.Outreach;

/// <summary>Table <c>codes</c>: partition = kind and the code's first two characters, row = the code in lower case.</summary>
public sealed class TableCodeStore(StorageAccount storage, TimeProvider time) : ICodeStore
{
    private const string TableName = "codes";

    public async Task<CodeOwner> RegisterAsync(CodeKind kind, string code, CodeOwner owner, CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        var row = new TableEntity(Partition(kind, code), Row(code))
            .With("Customer", owner.Customer.Value).With("Campaign", owner.Campaign).With("Step", owner.Step).With("ValidUntil", owner.ValidUntil)
            .With("Subject", owner.Anchor?.Subject).With("AnchorDate", owner.Anchor?.Date)
            .With("RecordedAt", time.GetUtcNow());
        if (await table.TryAddAsync(row, cancel)) return owner;
        var known = await FindAsync(kind, code, cancel) ?? owner;
        // A mail that left later than planned gives its coupon more days.
        if (known.Customer == owner.Customer && known.Campaign == owner.Campaign && known.ValidUntil != owner.ValidUntil)
            await table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancel);
        return known;
    }

    public async Task<CodeOwner?> FindAsync(CodeKind kind, string code, CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        return await table.FindAsync(Partition(kind, code), Row(code), cancel) is { } row
            ? new CodeOwner(
                CustomerId.Parse(row.GetString("Customer")), row.GetString("Campaign"), row.GetString("Step"), row.GetDay("ValidUntil"),
                row.GetDay("AnchorDate") is { } date ? new Anchor(row.GetString("Subject") ?? "", date) : null)
            : null;
    }

    private static string Partition(CodeKind kind, string code) => $"{kind}-{Row(code)[..2]}".ToLowerInvariant();

    private static string Row(string code) => code.ToLowerInvariant();
}
