using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure.Data.Tables;
using Winback.Storage;

namespace Winback.Customers;

/// <summary>Table <c>customers</c>: partition = <see cref="CustomerId.Partition"/>, row = customer number.</summary>
public sealed class TableCustomerStore(StorageAccount storage) : ICustomerStore
{
    public const string TableName = "customers";

    /// <summary>Raised when a row's meaning changes, so that a migration can tell old rows from new ones.</summary>
    private const int SchemaVersion = 1;

    /// <summary>What the scan reads: everything the rule needs, and of the profile only the number, to know whether there is one.</summary>
    public static readonly ImmutableArray<string> ScanColumns =
    [
        "PartitionKey", "RowKey", "HasAddress", "Phone", "SharesMailbox", "Permission", "LastVisit", "Visits", "RevenueCents", "Subscriptions", "OptedOutAt",
        "ServiceOptedOutAt", "Suppressed", "SuppressedAt", "ErasedAt", "DeceasedAt", "HoldUntil", "HoldWhy", "ComplaintSince", "PausedUntil", "MarketingEveryDays", "Marketing", "Service", "Started",
        "LastMarketingAt", "LastServiceAt",
    ];

    public async Task<CustomerFile?> FindAsync(CustomerId id, CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        return await table.FindAsync(id.Partition, id.Value, cancel) is { } row ? ToFile(row) : null;
    }

    public async IAsyncEnumerable<CustomerFile> AllAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: cancel)) yield return ToFile(row);
    }

    public async IAsyncEnumerable<CustomerFile> OfRevenueAsync(Money atLeast, [EnumeratorCancellation] CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"RevenueCents ge {atLeast.Cents}"), cancellationToken: cancel))
            yield return ToFile(row);
    }

    public async Task<bool> TryAddAsync(Customer customer, Profile profile, CancellationToken cancel) =>
        await (await storage.TableAsync(TableName)).TryAddAsync(ToRow(customer, profile), cancel);

    public async Task<string?> TryReplaceAsync(CustomerFile seen, Customer customer, Profile profile, CancellationToken cancel) =>
        await (await storage.TableAsync(TableName)).TryReplaceAsync(ToRow(customer, profile), seen.Version, cancel);

    public async IAsyncEnumerable<CustomerPage> ScanAsync(char shard, string? after, [EnumeratorCancellation] CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        await foreach (var page in table.QueryAsync<TableEntity>(Filter(shard, after), 1000, ScanColumns, cancel).AsPages().ReadAheadAsync(cancel))
        {
            var customers = new List<Customer>(page.Values.Count);
            List<string>? unreadable = null;
            foreach (var row in page.Values)
            {
                if (TryRead(row) is { } customer) customers.Add(customer);
                else (unreadable ??= []).Add(row.RowKey);
            }
            var last = page.Values.Count == 0 ? null : page.Values[^1];
            yield return new CustomerPage(customers, unreadable ?? [], last is null ? null : $"{last.PartitionKey}|{last.RowKey}");
        }
    }

    private static CustomerFile ToFile(TableEntity row) => new(ToCustomer(row), ToProfile(row), row.ETag.ToString());

    /// <summary>One bad row never stops a scan.</summary>
    private static Customer? TryRead(TableEntity row)
    {
        try
        {
            return ToCustomer(row);
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A shard is a range of sixteen partitions; the cursor is the last row that was done.</summary>
    public static string Filter(char shard, string? after)
    {
        var end = TableClient.CreateQueryFilter($"PartitionKey le {shard + "f"}");
        if (after is null) return TableClient.CreateQueryFilter($"PartitionKey ge {shard + "0"}") + " and " + end;
        var (partition, row) = (after[..2], after[3..]);
        return TableClient.CreateQueryFilter($"((PartitionKey eq {partition} and RowKey gt {row}) or PartitionKey gt {partition})") + " and " + end;
    }

    public static TableEntity ToRow(Customer c, Profile p) => new TableEntity(c.Id.Partition, c.Id.Value)
        .With("Schema", SchemaVersion)
        .With("HasAddress", c.HasUsableAddress ? true : null)
        .With("SharesMailbox", c.SharesMailbox ? true : null)
        .With("Permission", c.MarketingPermission ? true : null)
        .With("LastVisit", c.LastVisit)
        .With("Visits", c.Visits == 0 ? null : c.Visits)
        .With("RevenueCents", c.Revenue == Money.Zero ? null : c.Revenue.Cents)
        .WithJson("Subscriptions", c.Subscriptions.IsEmpty ? null : c.Subscriptions.ToArray(), CustomerJson.Default.SubscriptionArray)
        .With("OptedOutAt", c.OptedOutAt)
        .With("ServiceOptedOutAt", c.ServiceOptedOutAt)
        .With("Suppressed", c.Suppressed)
        .With("SuppressedAt", c.SuppressedAt)
        .With("ErasedAt", c.ErasedAt)
        .With("DeceasedAt", c.DeceasedAt)
        .With("HoldUntil", c.Hold?.Until)
        .With("HoldWhy", c.Hold?.Why)
        .With("ComplaintSince", c.ComplaintSince)
        .With("PausedUntil", c.PausedUntil)
        .With("PausedAt", c.PausedAt)
        .With("MarketingEveryDays", c.MarketingEveryDays == 0 ? null : c.MarketingEveryDays)
        .With("MarketingEveryAt", c.MarketingEveryAt)
        .WithJson("Marketing", c.Marketing, CustomerJson.Default.Enrolment)
        .WithJson("Service", c.Service, CustomerJson.Default.Enrolment)
        .WithJson("Started", c.Started.IsEmpty ? null : c.Started, CustomerJson.Default.ImmutableDictionaryStringDateOnly)
        .With("LastMarketingAt", c.LastMarketingAt)
        .With("LastServiceAt", c.LastServiceAt)
        .WithJson("StoppedBy", c.StoppedBy.IsEmpty ? null : c.StoppedBy, CustomerJson.Default.ImmutableDictionaryStringString)
        .With("AnsweredTo", c.Answered?.To).With("AnsweredClaim", c.Answered?.ClaimId)
        .With("AnsweredAt", c.Answered?.At)
        .With("Name", p.Name)
        .With("FirstName", p.FirstName)
        .With("Email", p.Email)
        .With("Phone", p.Phone)
        .With("Language", p.Language)
        .With("MailboxKey", p.MailboxKey)
        .With("PermissionSource", p.PermissionSource?.ToString())
        .With("PermissionSince", p.PermissionSince)
        .With("LanguageChosenAt", p.LanguageChosenAt)
        .With("AccountManager", p.AccountManager)
        .WithJson("FormerEmails", p.FormerEmails.IsEmpty ? null : p.FormerEmails.ToArray(), CustomerJson.Default.StringArray)
        .WithJson("FormerPhones", p.FormerPhones.IsEmpty ? null : p.FormerPhones.ToArray(), CustomerJson.Default.StringArray);

    public static Customer ToCustomer(TableEntity row) => new()
    {
        Id = CustomerId.Parse(row.RowKey),
        HasUsableAddress = row.GetBoolean("HasAddress") ?? false,
        HasPhone = !string.IsNullOrWhiteSpace(row.GetString("Phone")),
        SharesMailbox = row.GetBoolean("SharesMailbox") ?? false,
        MarketingPermission = row.GetBoolean("Permission") ?? false,
        LastVisit = row.GetDay("LastVisit"),
        Visits = row.GetInt32("Visits") ?? 0,
        Revenue = new Money(row.GetInt64("RevenueCents") ?? 0),
        Subscriptions = row.GetJson("Subscriptions", CustomerJson.Default.SubscriptionArray) is { } s ? ImmutableArray.Create(s) : [],
        OptedOutAt = row.GetDateTimeOffset("OptedOutAt"),
        ServiceOptedOutAt = row.GetDateTimeOffset("ServiceOptedOutAt"),
        Suppressed = row.GetString("Suppressed"),
        SuppressedAt = row.GetDateTimeOffset("SuppressedAt"),
        ErasedAt = row.GetDateTimeOffset("ErasedAt"),
        DeceasedAt = row.GetDateTimeOffset("DeceasedAt"),
        Hold = row.GetDateTimeOffset("HoldUntil") is { } until ? new Hold(until, row.GetString("HoldWhy") ?? "") : null,
        ComplaintSince = row.GetDateTimeOffset("ComplaintSince"),
        PausedUntil = row.GetDay("PausedUntil"),
        PausedAt = row.GetDateTimeOffset("PausedAt"),
        MarketingEveryDays = row.GetInt32("MarketingEveryDays") ?? 0,
        MarketingEveryAt = row.GetDateTimeOffset("MarketingEveryAt"),
        Marketing = row.GetJson("Marketing", CustomerJson.Default.Enrolment),
        Service = row.GetJson("Service", CustomerJson.Default.Enrolment),
        Started = row.GetJson("Started", CustomerJson.Default.ImmutableDictionaryStringDateOnly) ?? ImmutableDictionary<string, DateOnly>.Empty,
        LastMarketingAt = row.GetDateTimeOffset("LastMarketingAt"),
        LastServiceAt = row.GetDateTimeOffset("LastServiceAt"),
        StoppedBy = row.GetJson("StoppedBy", CustomerJson.Default.ImmutableDictionaryStringString) ?? ImmutableDictionary<string, string>.Empty,
        Answered = row.GetDateTimeOffset("AnsweredAt") is { } answered ? new Answered(row.GetString("AnsweredTo") ?? "", answered, row.GetString("AnsweredClaim")) : null,
    };

    public static Profile ToProfile(TableEntity row) => new(
        row.GetString("Name"), row.GetString("FirstName"), row.GetString("Email"), row.GetString("Phone"), row.GetString("Language"),
        row.GetString("MailboxKey"), Enum.TryParse<PermissionSource>(row.GetString("PermissionSource"), out var source) ? source : null, row.GetDay("PermissionSince"),
        row.GetDateTimeOffset("LanguageChosenAt"))
    {
        AccountManager = row.GetString("AccountManager"),
        FormerEmails = row.GetJson("FormerEmails", CustomerJson.Default.StringArray) is { } emails ? ImmutableArray.Create(emails) : [],
        FormerPhones = row.GetJson("FormerPhones", CustomerJson.Default.StringArray) is { } phones ? ImmutableArray.Create(phones) : [],
    };
}
