using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Storage;

namespace Winback.Outreach;

/// <summary>Table <c>outreach</c>: partitioned like the customers, row = customer | campaign | anchor | step | channel.</summary>
public sealed class TableOutreachStore(StorageAccount storage) : IOutreachStore
{
    private const string TableName = "outreach";
    private const int MaxTries = 20;

    public async Task<OutreachRecord?> FindAsync(
        CustomerId customer, string campaign, Anchor anchor, string step, Channel channel, CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        return await table.FindAsync(customer.Partition, Key(customer, campaign, anchor, step, channel), cancel) is { } row ? ToRecord(row) : null;
    }

    public async Task RecordAsync(OutreachRecord outreach, CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        var row = ToRow(outreach);
        // Merge keeps the times of earlier states, and would keep their problem too.
        row["Problem"] = outreach.Problem ?? "";
        await table.UpsertEntityAsync(row, TableUpdateMode.Merge, cancel);
    }

    public async Task<bool> TryChangeAsync(OutreachRecord seen, OutreachRecord changed, CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        var key = Key(seen.Customer, seen.Campaign, seen.Anchor, seen.Step, seen.Channel);
        if (await table.FindAsync(seen.Customer.Partition, key, cancel) is not { } row || ToRecord(row) is var now && (now.State != seen.State || now.At != seen.At))
            return false;
        foreach (var (column, value) in ToRow(changed)) row[column] = value;
        if (changed.Problem is null) row.Remove("Problem");
        return await table.TryReplaceAsync(row, row.ETag.ToString(), cancel) is not null;
    }

    public async Task RecordAsync(
        CustomerId customer, string campaign, Anchor anchor, string step, DeliveryState delivery, DateTimeOffset at, CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        for (var i = 0; i < MaxTries; i++)
        {
            var row = await table.FindAsync(customer.Partition, Key(customer, campaign, anchor, step, Channel.Mail), cancel);
            if (row?.GetDateTimeOffset(Column(delivery)) <= at) return;
            var changed = row ?? NewRow(customer, campaign, anchor, step, Channel.Mail);
            changed[Column(delivery)] = at;
            if (row is null ? await table.TryAddAsync(changed, cancel) : await table.TryReplaceAsync(changed, row.ETag.ToString(), cancel) is not null) return;
        }
        throw new IOException($"The outreach to customer {customer} is being changed by many at once; try again.");
    }

    public IAsyncEnumerable<OutreachRecord> AllAsync(CancellationToken cancel) => QueryAsync(null, cancel);

    private static TableEntity NewRow(CustomerId customer, string campaign, Anchor anchor, string step, Channel channel) =>
        new TableEntity(customer.Partition, Key(customer, campaign, anchor, step, channel))
            .With("Customer", customer.Value).With("Campaign", campaign).With("Subject", anchor.Subject).With("AnchorDate", anchor.Date).With("Step", step)
            .With("Channel", channel == Channel.Mail ? null : channel.ToString());

    private static TableEntity ToRow(OutreachRecord outreach) =>
        NewRow(outreach.Customer, outreach.Campaign, outreach.Anchor, outreach.Step, outreach.Channel)
            .With("State", outreach.State.ToString()).With($"{outreach.State}At", outreach.At).With("At", outreach.At)
            .With("ProviderId", outreach.ProviderId).With("Problem", outreach.Problem).With("ByHandAt", outreach.ByHandAt);

    public IAsyncEnumerable<OutreachRecord> OfAsync(CustomerId customer, CancellationToken cancel) =>
        QueryAsync(Entities.Prefixed(customer.Partition, $"{customer.Value}|"), cancel);

    public IAsyncEnumerable<OutreachRecord> InStateAsync(StepState state, CancellationToken cancel) =>
        QueryAsync(TableClient.CreateQueryFilter($"State eq {state.ToString()}"), cancel).Where(o => o.State == state);

    public IAsyncEnumerable<OutreachRecord> CallsAsync(CancellationToken cancel) => QueryAsync("Channel eq 'Phone'", cancel);

    private async IAsyncEnumerable<OutreachRecord> QueryAsync(string? filter, [EnumeratorCancellation] CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancel)) yield return ToRecord(row);
    }

    private static string Key(CustomerId customer, string campaign, Anchor anchor, string step, Channel channel) =>
        $"{customer.Value}|{campaign}|{AnchorKey.Of(anchor)}|{step}|{(channel == Channel.Phone ? "phone" : "mail")}";

    private static string Column(DeliveryState delivery) => $"{delivery}At";

    private static OutreachRecord ToRecord(TableEntity row)
    {
        var delivery = Enum.GetValues<DeliveryState>().Select(s => (State: s, At: row.GetDateTimeOffset(Column(s)))).Where(t => t.At is not null)
            .ToImmutableSortedDictionary(t => t.State, t => t.At!.Value);
        // The provider may have told of it before anything was recorded.
        var state = row.GetString("State") is { } word ? Enum.Parse<StepState>(word) : StepState.HandedOver;
        var at = row.GetDateTimeOffset("At") ?? delivery.Values.Min();
        var times = Enum.GetValues<StepState>().Select(s => (State: s, At: row.GetDateTimeOffset($"{s}At"))).Where(t => t.At is not null)
            .ToImmutableSortedDictionary(t => t.State, t => t.At!.Value);
        return new OutreachRecord(
            CustomerId.Parse(row.GetString("Customer")), row.GetString("Campaign"), new Anchor(row.GetString("Subject") ?? "", row.GetDay("AnchorDate")!.Value),
            row.GetString("Step"), state, at, row.GetString("ProviderId"), row.GetString("Problem") is { Length: > 0 } problem ? problem : null, row.GetDateTimeOffset("ByHandAt"))
        {
            Channel = Enum.TryParse<Channel>(row.GetString("Channel"), out var channel) ? channel : Channel.Mail,
            Times = times.SetItem(state, at),
        }.With(delivery);
    }
}
