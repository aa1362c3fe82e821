using System.Text.Json.Serialization;
using Winback.Customers;
using Winback.Hosting;
using Winback.Replies.Reading;

namespace Winback.Replies;

/// <summary>An answer of a customer that came to another mailbox, a form or a till.</summary>
/// <param name="Id">What makes a repeated call change nothing: the mail's Message-ID, the form's number. Required.</param>
/// <param name="Customer">The customer number, where it is known.</param>
/// <param name="To">The address that it was sent to: ours tells whose it is.</param>
/// <param name="InReplyTo">The Message-ID of the mail that it answers.</param>
/// <param name="From">The writer's address.</param>
/// <param name="Text">The whole body, plain or HTML. This or a reason or an intent is required.</param>
/// <param name="Headers">The raw header lines, by which a machine's answer is recognised.</param>
/// <param name="ReceivedAt">Default now.</param>
/// <param name="Reason">forgot, dissatisfied or situation-changed, where it was said outright. Then the text is not read for it.</param>
/// <param name="SubReason">Says the reason too.</param>
/// <param name="Intents">return, unsubscribe, refer, question, thanks, already-customer, erase-data, call-me.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReplyRequest(
    string? Id, string? Customer, string? To, string? InReplyTo, string? From, string? Subject, string? Text, string? Headers, DateTimeOffset? ReceivedAt,
    Reason? Reason, SubReason? SubReason, IReadOnlyList<Intent>? Intents)
{
    public bool IsSaidOutright => Reason is not null || SubReason is not null || Intents is { Count: > 0 };
}

/// <summary><c>POST /api/replies</c>, with an API key: the road for every other mailbox and form.</summary>
public static class ReplyEndpoints
{
    private const int MaxBytes = 1024 * 1024;
    private const int MaxShort = 1000;

    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void MapReplies(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/replies", Post).RequireApiKey().WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MaxBytes));

    private static async Task<IResult> Post(
        ReplyRequest request, ReplyMatcher matcher, Conversation conversation, ICustomerStore customers, ReplyReader reader, OwnerClock clock, CancellationToken cancel)
    {
        var errors = Problems(request, clock.Now.Instant);
        CustomerId? customer = null;
        if (request.Customer is { Length: > 0 } number)
        {
            if (!CustomerId.TryParse(number, out var given, out var problem)) errors["customer"] = [problem];
            else if (errors.Count == 0 && await customers.FindAsync(given, cancel) is null) errors["customer"] = ["there is no such customer"];
            else customer = given;
        }
        if (errors.Count > 0) return Results.ValidationProblem(errors);
        var match = customer is not null
            ? new ReplyMatch(new Outreach.CodeOwner(customer.Value), MatchedBy.Token)
            : await matcher.FindAsync(request.To is { } to ? [to] : [], request.InReplyTo is { } id ? [id.Trim('<', '>', ' ')] : [], request.From, cancel);
        var mail = new IncomingReply(request.Subject ?? "", request.Headers ?? "", request.Text ?? "");
        // Whatever a connector makes of it, what a machine sent is never answered.
        var reading = Reply.Kept(request.IsSaidOutright && !reader.Read(mail with { Subject = "", Text = "" }).Automatic
            ? ReplyReading.Given(ReplyText.Extract(mail.Text), request.Reason ?? Reason.None, request.SubReason ?? SubReason.None, [.. request.Intents ?? []])
            : reader.Read(mail));
        var reply = new Reply(
            Reply.IdOf(request.Id!.Trim().Trim('<', '>')), match.Owner?.Customer, match.Owner?.Campaign, match.Owner?.Step,
            request.ReceivedAt?.ToUniversalTime() ?? clock.Now.Instant, Road.Api,
            Reply.Cut(mail.Subject, Reply.MaxSubject), reading.Reply)
        {
            MatchedBy = match.By,
            Reading = reading,
            IsBulk = InboundMail.IsBulkBy(mail.Headers),
            MessageId = request.Id.Contains('@', StringComparison.Ordinal) ? request.Id.Trim().Trim('<', '>') : null,
        };
        var isNew = await conversation.TakeAsync(reply, cancel, match.Owner?.Anchor);
        return Results.Json(
            new ReplyResponse(!isNew ? "unchanged" : reply.Customer is null ? "unmatched" : "recorded"), ReplyJson.Default.ReplyResponse,
            statusCode: isNew ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
    }

    private static Dictionary<string, string[]> Problems(ReplyRequest request, DateTimeOffset now)
    {
        var errors = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(request.Id?.Trim(' ', '<', '>'))) errors["id"] = ["is missing; it makes a repeated call harmless"];
        if (string.IsNullOrWhiteSpace(request.Text) && !request.IsSaidOutright) errors["text"] = ["is missing; send the text, or a reason or intents"];
        if (request.ReceivedAt > now.AddDays(1)) errors["receivedAt"] = ["is in the future"];
        if (request.ReceivedAt < Earliest) errors["receivedAt"] = ["is too long ago"];
        if (request is { Reason: { } reason, SubReason: { } sub } && sub != SubReason.None && SubReasons.ReasonOf(sub) != reason)
            errors["subReason"] = [$"belongs to {Labels.Of(SubReasons.ReasonOf(sub))}"];
        foreach (var (name, text) in new[] { ("id", request.Id), ("to", request.To), ("inReplyTo", request.InReplyTo), ("from", request.From), ("subject", request.Subject) })
            if (text?.Length > MaxShort) errors[name] = [$"at most {MaxShort} characters"];
        return errors;
    }
}
