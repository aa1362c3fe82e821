using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Hosting;
using Winback.Outreach;

namespace Winback.Replies;

/// <summary>Settings under <c>Replies</c>.</summary>
public sealed class ReplyOptions : ICheckedOptions
{
    /// <summary>
    /// Secrets for the webhook's address: <c>/api/replies/inbound?secret=...</c>, the one place where a secret must be in an address. Any of them
    /// is accepted, so that it can be rotated. 16 characters or more. Default none: the route then answers 401.
    /// </summary>
    public IList<string> InboundSecrets { get; } = [];

    /// <summary>How long nothing is sent to a customer who replied. 1 to 365 days. Default 30 days.</summary>
    public TimeSpan HoldFor { get; set; } = TimeSpan.FromDays(30);

    public IEnumerable<string> Problems()
    {
        for (var i = 0; i < InboundSecrets.Count; i++)
            if (InboundSecrets[i].Length < 16) yield return $"Replies__InboundSecrets__{i}: is too short; use 16 characters or more";
        if (HoldFor < TimeSpan.FromDays(1) || HoldFor > TimeSpan.FromDays(365)) yield return "Replies__HoldFor: must be 1.00:00:00 to 365.00:00:00";
    }
}

/// <summary>
/// <c>POST /api/replies/inbound?secret=</c>: SendGrid's Inbound Parse. A reply sets a hold and stops the sequence before it is answered 2xx,
/// so no mail that contradicts it is claimed any more. SendGrid repeats a post on 5xx and drops the mail on 4xx.
/// </summary>
public static partial class InboundEndpoints
{
    /// <summary>SendGrid sends at most 30 MB, attachments included.</summary>
    public const long MaxBytes = 31L * 1024 * 1024;

    public static void MapInbound(this IEndpointRouteBuilder app) => app.MapPost("/api/replies/inbound", Post).DisableAntiforgery();

    private static async Task<IResult> Post(
        HttpContext http, ReplyOptions options, Links links, ICodeStore codes, ICustomerStore customers, IReplyStore replies, CampaignCatalog catalog, OwnerClock clock,
        ILoggerFactory loggers, CancellationToken cancel)
    {
        if (!IsSecret(options, http.Request.Query["secret"].ToString())) return Results.Problem("The secret is missing or wrong.", statusCode: 401);
        if (http.Request.ContentLength > MaxBytes) return Results.Problem($"At most {MaxBytes} bytes.", statusCode: 413);
        InboundMail mail;
        try
        {
            mail = await InboundMail.ReadAsync(http.Request, cancel);
        }
        catch (FormatException e)
        {
            return Results.Problem(e.Message, statusCode: 400);
        }
        var owner = await OwnerAsync(mail, links, codes, cancel);
        var now = clock.Now.Instant;
        var reply = new Reply(
            Reply.IdOf(mail.Header("Message-ID"), mail.Sender, mail.Subject, mail.Text), owner?.Customer, owner?.Campaign, owner?.Step, now, mail.IsAutomatic,
            Reply.Cut(mail.Subject, Reply.MaxSubject), Reply.Cut(mail.Text, Reply.MaxText));
        if (await replies.ExistsAsync(reply.Id, cancel)) return Results.Json(new InboundResponse("unchanged"), ReplyJson.Default.InboundResponse);
        // The hold first: a post that is repeated because we stopped in between must not find its reply recorded and the hold missing.
        if (owner is not null && !mail.IsAutomatic)
        {
            var repliedTo = (await catalog.CurrentAsync(cancel)).Find(owner.Campaign ?? "")?.Class;
            await customers.UpdateAsync(owner.Customer, c => WithReply(c, repliedTo, now + options.HoldFor), cancel);
        }
        var isNew = await replies.TryAddAsync(reply, cancel);
        LogReply(loggers.CreateLogger("Winback.Replies"), reply.Id, owner?.Customer.ToString() ?? "nobody", reply.IsAutomatic, isNew);
        return Results.Json(new InboundResponse(owner is null ? "unmatched" : isNew ? "recorded" : "unchanged"), ReplyJson.Default.InboundResponse);
    }

    /// <summary>The hold is for every mail; over is the sequence that was replied to, or both where that is not known any more.</summary>
    private static Customer WithReply(Customer c, MessageClass? repliedTo, DateTimeOffset until)
    {
        var held = c with { Hold = c.Hold is { } hold && hold.Until > until ? hold : new Hold(until, "replied") };
        if (repliedTo is not MessageClass.Service) held = held.End(MessageClass.Marketing, EnrolmentEnd.Reply);
        return repliedTo is MessageClass.Marketing ? held : held.End(MessageClass.Service, EnrolmentEnd.Reply);
    }

    private static async Task<CodeOwner?> OwnerAsync(InboundMail mail, Links links, ICodeStore codes, CancellationToken cancel)
    {
        foreach (var recipient in mail.Recipients)
        {
            if (EmailAddress.TryParse(recipient, out var address, out _) && links.TryReadReplyAddress(address, out var outreach)
                && await codes.FindAsync(CodeKind.Reply, outreach.Value, cancel) is { } owner)
            {
                return owner;
            }
        }
        return null;
    }

    private static bool IsSecret(ReplyOptions options, string given)
    {
        var valid = false;
        foreach (var secret in options.InboundSecrets)
            valid |= CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
        return valid;
    }

    [LoggerMessage(3000, LogLevel.Information, "Reply {Reply} of customer {Customer} (automatic: {IsAutomatic}, new: {IsNew})")]
    private static partial void LogReply(ILogger logger, string reply, string customer, bool isAutomatic, bool isNew);
}

/// <param name="Result">recorded, unchanged (this post came before) or unmatched (kept, but we don't know whose it is).</param>
public sealed record InboundResponse(string Result);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(InboundResponse))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class ReplyJson : JsonSerializerContext;
