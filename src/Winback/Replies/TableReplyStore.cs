using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Replies.Reading;
using Winback.Storage;

namespace Winback.Replies;

/// <summary>Table <c>replies</c>: partitioned like the customer, row = customer | id; of nobody: partition <c>-</c>, row = id.</summary>
public sealed class TableReplyStore(StorageAccount storage) : IReplyStore
{
    private const string TableName = "replies";
    private const string Nobody = "-";

    public async Task<ReplyFile?> FindAsync(CustomerId? customer, string id, CancellationToken cancel) =>
        await (await storage.TableAsync(TableName)).FindAsync(Partition(customer), Row(customer, id), cancel) is { } row
            ? new ReplyFile(ToReply(row), row.ETag.ToString()) : null;

    public IAsyncEnumerable<Reply> BeginningAsync(string idBeginning, CancellationToken cancel) =>
        QueryAsync(TableClient.CreateQueryFilter($"Id ge {idBeginning} and Id lt {idBeginning + "g"}"), cancel);

    public async Task<bool> TryAddAsync(Reply reply, CancellationToken cancel) => await (await storage.TableAsync(TableName)).TryAddAsync(ToRow(reply), cancel);

    public async Task<bool> TryReplaceAsync(ReplyFile seen, Reply reply, CancellationToken cancel) =>
        await (await storage.TableAsync(TableName)).TryReplaceAsync(ToRow(reply), seen.Version, cancel) is not null;

    public IAsyncEnumerable<Reply> OfAsync(CustomerId customer, CancellationToken cancel) =>
        QueryAsync(Entities.Prefixed(customer.Partition, customer.Value + "|"), cancel);

    public IAsyncEnumerable<Reply> OpenAsync(CancellationToken cancel) => QueryAsync("Open eq true", cancel);

    public IAsyncEnumerable<Reply> AllAsync(CancellationToken cancel) => QueryAsync(null, cancel);

    private async IAsyncEnumerable<Reply> QueryAsync(string? filter, [EnumeratorCancellation] CancellationToken cancel)
    {
        var table = await storage.TableAsync(TableName);
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancel)) yield return ToReply(row);
    }

    private static string Partition(CustomerId? customer) => customer?.Partition ?? Nobody;

    private static string Row(CustomerId? customer, string id) => customer is null ? id : $"{customer.Value}|{id}";

    /// <summary>The columns of a reply; an unset one is left out.</summary>
    public static TableEntity ToRow(Reply r) => new TableEntity(Partition(r.Customer), Row(r.Customer, r.Id))
        .With("Id", r.Id).With("Customer", r.Customer?.Value).With("Campaign", r.Campaign).With("Step", r.Step).With("Class", r.Class?.ToString()).With("ReceivedAt", r.ReceivedAt)
        .With("Road", r.Road.ToString()).With("MatchedBy", r.MatchedBy.ToString()).With("Subject", r.Subject).With("Text", r.Text).With("RawPost", r.RawPost)
        // The text has a column of its own.
        .WithJson("Reading", r.Reading is null ? null : r.Reading with { Reply = "" }, ReplyJson.Default.ReplyReading)
        .WithJson("Correction", r.Correction is null ? null : r.Correction with { Reply = "" }, ReplyJson.Default.ReplyReading)
        .With("CorrectedAt", r.CorrectedAt).With("MessageId", r.MessageId).With("Phone", r.Phone).With("Attachments", r.Attachments == 0 ? null : r.Attachments)
        .WithJson("Answer", r.Answer, ReplyJson.Default.GivenAnswer).WithJson("Invitation", r.Invitation, ReplyJson.Default.GivenAnswer)
        .With("IsBulk", r.IsBulk ? true : null).With("OwnerClaimedAt", r.OwnerClaimedAt).With("OwnerMailedAt", r.OwnerMailedAt)
        .With("OpenedAt", r.OpenedAt).With("EscalatedAt", r.EscalatedAt).With("HandledAt", r.HandledAt).With("Solution", r.Solution)
        .With("InvitesBack", r.InvitesBack ? true : null).With("Unfollowed", r.Unfollowed ? true : null)
        .With("Open", r.IsOpen || r.AwaitsInvitation || r.Unfollowed || r.RawPost is not null ? true : null);

    public static Reply ToReply(TableEntity row)
    {
        var text = row.GetString("Text") ?? "";
        return new Reply(
            row.GetString("Id"), row.GetString("Customer") is { } customer ? CustomerId.Parse(customer) : null, row.GetString("Campaign"), row.GetString("Step"),
            row.GetDateTimeOffset("ReceivedAt")!.Value, Enum.Parse<Road>(row.GetString("Road")), row.GetString("Subject") ?? "", text)
        {
            MatchedBy = Enum.Parse<MatchedBy>(row.GetString("MatchedBy")),
            Class = row.GetString("Class") is { } messageClass ? Enum.Parse<MessageClass>(messageClass) : null,
            Unfollowed = row.GetBoolean("Unfollowed") ?? false,
            RawPost = row.GetString("RawPost"),
            Reading = Read("Reading"),
            Correction = Read("Correction"),
            CorrectedAt = row.GetDateTimeOffset("CorrectedAt"),
            MessageId = row.GetString("MessageId"),
            Phone = row.GetString("Phone"),
            IsBulk = row.GetBoolean("IsBulk") ?? false,
            Attachments = row.GetInt32("Attachments") ?? 0,
            Answer = row.GetJson("Answer", ReplyJson.Default.GivenAnswer),
            Invitation = row.GetJson("Invitation", ReplyJson.Default.GivenAnswer),
            OwnerClaimedAt = row.GetDateTimeOffset("OwnerClaimedAt"),
            OwnerMailedAt = row.GetDateTimeOffset("OwnerMailedAt"),
            OpenedAt = row.GetDateTimeOffset("OpenedAt"),
            EscalatedAt = row.GetDateTimeOffset("EscalatedAt"),
            HandledAt = row.GetDateTimeOffset("HandledAt"),
            Solution = row.GetString("Solution"),
            InvitesBack = row.GetBoolean("InvitesBack") ?? false,
        };

        ReplyReading? Read(string column) => row.GetJson(column, ReplyJson.Default.ReplyReading) is { } reading ? reading with { Reply = text } : null;
    }
}
