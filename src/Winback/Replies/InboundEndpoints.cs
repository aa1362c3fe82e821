using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Winback.Customers;
using Winback.Hosting;
using Winback.Replies.Reading;

namespace Winback.Replies;

/// <summary>
/// <c>POST /api/replies/inbound?secret=</c>: SendGrid's Inbound Parse. The post is kept as it came, the reply noted and the customer's sequence stopped
/// before it is answered 2xx, so no mail that contradicts it is claimed any more; it is read afterwards. SendGrid repeats a post on 5xx and drops the mail on 4xx.
/// </summary>
public static partial class InboundEndpoints
{
    /// <summary>SendGrid sends at most 30 MB, attachments included.</summary>
    public const long MaxBytes = 31L * 1024 * 1024;

    public static void MapInbound(this IEndpointRouteBuilder app) => app.MapPost("/api/replies/inbound", Post).DisableAntiforgery();

    private static async Task<IResult> Post(
        HttpContext http, ReplyOptions options, IRawPostStore posts, IReplyStore replies, ReplyMatcher matcher, Conversation conversation, OwnerClock clock,
        ILoggerFactory loggers, CancellationToken cancel)
    {
        if (!MayPost(options, http.Request.Query["secret"].ToString())) return Results.Problem("The secret is missing or wrong.", statusCode: 401);
        if (options.InboundPublicKeys.Count > 0 && !WebhookSignature.IsGiven(http.Request)) return Results.Problem("The signature is missing or wrong.", statusCode: 401);
        if (http.Request.ContentLength > MaxBytes) return Results.Problem($"At most {MaxBytes} bytes.", statusCode: 413);
        var name = Guid.NewGuid().ToString("n");
        var post = posts.Begin(name, http.Request.ContentType ?? "");
        using var signature = WebhookSignature.Of(http.Request);
        InboundMail mail;
        try
        {
            await using var body = new KeptBody(http.Request.Body, async (bytes, stop) =>
            {
                signature.Append(bytes.Span);
                await post.WriteAsync(bytes, stop);
            });
            mail = await InboundMail.ReadAsync(http.Request.ContentType, body, headOnly: true, cancel);
            // What follows the last part is signed too.
            await body.CopyToAsync(Stream.Null, cancel);
        }
        catch (FormatException e)
        {
            return Results.Problem(e.Message, statusCode: 400);
        }
        if (options.InboundPublicKeys.Count > 0 && !signature.IsValid(options.InboundPublicKeys)) return Results.Problem("The signature is missing or wrong.", statusCode: 401);

        var match = await matcher.FindAsync(mail.Recipients, mail.References, mail.From, cancel);
        var reply = new Reply(
            Reply.IdOf(mail.MessageId is { Length: > 0 } id ? [id] : [mail.Sender, mail.Subject, mail.Text]),
            match.Owner?.Customer, match.Owner?.Campaign, match.Owner?.Step, clock.Now.Instant, Road.Mail, Reply.Cut(mail.Subject, Reply.MaxSubject), "")
        {
            MatchedBy = match.By,
            RawPost = name,
            MessageId = mail.MessageId is { Length: > 0 and <= Reply.MaxSubject } messageId ? messageId : null,
        };
        // One that waits to be read may have been cut off before its message was queued: then it is taken in again.
        var known = await replies.FindAsync(reply.Customer, reply.Id, cancel);
        if (known is { Reply.RawPost: null }) return Results.Json(new ReplyResponse("unchanged"), ReplyJson.Default.ReplyResponse);
        if (known is null) await post.CommitAsync(cancel);
        var isNew = await conversation.TakeAsync(reply, cancel, match.Owner?.Anchor);
        // The same post came twice at once: the other one's is read.
        if (known is null && !isNew) await posts.RemoveAsync(name, cancel);
        LogReply(loggers.CreateLogger("Winback.Replies"), reply.Id, reply.Customer?.ToString() ?? "nobody", reply.MatchedBy, isNew);
        return Results.Json(new ReplyResponse(!isNew ? "unchanged" : reply.Customer is null ? "unmatched" : "recorded"), ReplyJson.Default.ReplyResponse);
    }

    /// <summary>By secret, or where there is none by signature, which is looked at once the whole post is here.</summary>
    private static bool MayPost(ReplyOptions options, string given)
    {
        if (options.InboundSecrets.Count == 0) return options.InboundPublicKeys.Count > 0;
        var valid = false;
        foreach (var secret in options.AllInboundSecrets())
            valid |= CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
        return valid;
    }

    [LoggerMessage(3000, LogLevel.Information, "Reply {Reply} of customer {Customer} (matched by {MatchedBy}, new: {IsNew})")]
    private static partial void LogReply(ILogger logger, string reply, string customer, MatchedBy matchedBy, bool isNew);
}

/// <param name="Result">recorded, unchanged (this one came before) or unmatched (kept, but we don't know whose it is).</param>
public sealed record ReplyResponse(string Result);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ReplyResponse))]
[JsonSerializable(typeof(ReplyRequest))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(ReplyReading))]
[JsonSerializable(typeof(GivenAnswer))]
[JsonSerializable(typeof(ReadMessage))]
[JsonSerializable(typeof(FollowUpMessage))]
internal sealed partial class ReplyJson : JsonSerializerContext;
