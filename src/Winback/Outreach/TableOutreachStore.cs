using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Storage;

namespace Winback.Outreach;

/// <summary>Table <c>outreach</c>: partitioned like the customers, row = customer | campaign | anchor | step | mail.</summary>
public sealed class TableOutreachStore(StorageAccount storage) : IOutreachStore
{
    private const string TableName = "outreach";

    public async Task<OutreachRecord?> FindAsync(CustomerId customer, string campaign, Anchor anchor, string step, CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        return await table.FindAsync(customer.Partition, Key(customer, campaign, anchor, step), cancel) is { } row ? ToRecord(row) : null;
    }

    public async Task RecordAsync(OutreachRecord outreach, CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        var row = new TableEntity(outreach.Customer.Partition, Key(outreach.Customer, outreach.Campaign, outreach.Anchor, outreach.Step))
            .With("Customer", outreach.Customer.Value).With("Campaign", outreach.Campaign)
            .With("Subject", outreach.Anchor.Subject).With("AnchorDate", outreach.Anchor.Date)
            .With("Step", outreach.Step).With("State", outreach.State.ToString()).With($"{outreach.State}At", outreach.At).With("At", outreach.At)
            .With("ProviderId", outreach.ProviderId).With("Problem", outreach.Problem);
        // Merge keeps the times of earlier states.
        await table.UpsertEntityAsync(row, TableUpdateMode.Merge, cancel);
    }

    public IAsyncEnumerable<OutreachRecord> OfAsync(CustomerId customer, CancellationToken cancel) =>
        QueryAsync(Entities.Prefixed(customer.Partition, $"{customer.Value}|"), cancel);

    public IAsyncEnumerable<OutreachRecord> InStateAsync(StepState state, CancellationToken cancel) =>
        QueryAsync(TableClient.CreateQueryFilter($"State eq {state.ToString()}"), cancel);

    private async IAsyncEnumerable<OutreachRecord> QueryAsync(string filter, [EnumeratorCancellation] CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancel)) yield return ToRecord(row);
    }

    private static string Key(CustomerId customer, string campaign, Anchor anchor, string step) =>
        $"{customer.Value}|{campaign}|{AnchorKey.Of(anchor)}|{step}|mail";

    private static OutreachRecord ToRecord(TableEntity row) => new(
        CustomerId.Parse(row.GetString("Customer")), row.GetString("Campaign"), new Anchor(row.GetString("Subject") ?? "", row.GetDay("AnchorDate")!.Value),
        row.GetString("Step"), Enum.Parse<StepState>(row.GetString("State")), row.GetDateTimeOffset("At")!.Value, row.GetString("ProviderId"),
        row.GetString("Problem"));
}
