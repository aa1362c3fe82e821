using System.Text.Json.Serialization;
using Winback.Hosting;

namespace Winback.MailEvents;

/// <param name="Recorded">New.</param>
/// <param name="Unchanged">Told before.</param>
/// <param name="Ignored">Not about a mail that we know of, or not to be read.</param>
public sealed record MailEventsResponse(int Recorded, int Unchanged, int Ignored);

/// <summary>
/// <c>POST /api/mail/events</c>: SendGrid's event webhook. SendGrid repeats a post for 24 hours until it is answered 2xx; what was taken in before an
/// answer got lost is known then.
/// </summary>
public static partial class MailEventEndpoints
{
    /// <summary>SendGrid posts at most some 768 KB.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    private const int OutreachAtOnce = 16;

    public static void MapMailEvents(this IEndpointRouteBuilder app) => app.MapPost("/api/mail/events", Post).DisableAntiforgery();

    private static async Task<IResult> Post(
        HttpContext http, MailEventOptions options, MailEventBook book, TimeProvider time, ILoggerFactory loggers, CancellationToken cancel)
    {
        if (options.PublicKeys.Count == 0)
            return Results.Problem("Set MailEvents__PublicKeys__0 to the verification key of SendGrid's event webhook.", statusCode: 401);
        if (await ReadAsync(http.Request, cancel) is not { } body) return Results.Problem($"At most {MaxBytes} bytes.", statusCode: 413);
        if (!IsSigned(http.Request, body, options))
            return Results.Problem("The signature is missing or not that of a key in MailEvents__PublicKeys.", statusCode: 401);
        IReadOnlyList<IncomingMailEvent?> events;
        try
        {
            events = MailEventReader.Read(body, time.GetUtcNow());
        }
        catch (FormatException e)
        {
            return Results.Problem(e.Message, statusCode: 400);
        }
        var response = await TakeAsync(book, events, cancel);
        LogTaken(loggers.CreateLogger("Winback.MailEvents"), response.Recorded, response.Unchanged, response.Ignored);
        return Results.Json(response, MailEventJson.Default.MailEventsResponse);
    }

    /// <summary>Several outreaches at once, or a full post would take longer than a caller waits; the events of one in turn, as they would only meet.</summary>
    private static async Task<MailEventsResponse> TakeAsync(MailEventBook book, IReadOnlyList<IncomingMailEvent?> events, CancellationToken cancel)
    {
        var (recorded, unchanged) = (0, 0);
        await Parallel.ForEachAsync(
            events.OfType<IncomingMailEvent>().GroupBy(e => e.Outreach),
            new ParallelOptions { MaxDegreeOfParallelism = OutreachAtOnce, CancellationToken = cancel },
            async (ofOne, token) =>
            {
                foreach (var e in ofOne)
                {
                    var outcome = await book.TakeAsync(e, token);
                    if (outcome == MailEventOutcome.Recorded) Interlocked.Increment(ref recorded);
                    if (outcome == MailEventOutcome.Unchanged) Interlocked.Increment(ref unchanged);
                }
            });
        return new MailEventsResponse(recorded, unchanged, events.Count - recorded - unchanged);
    }

    /// <summary>
    /// The timestamp's age does not count: SendGrid repeats a post for 24 hours, and one that is played back later changes nothing, since every event in
    /// it is known.
    /// </summary>
    private static bool IsSigned(HttpRequest request, ReadOnlyMemory<byte> body, MailEventOptions options)
    {
        using var signature = WebhookSignature.Of(request);
        signature.Append(body.Span);
        return signature.IsValid(options.PublicKeys);
    }

    /// <returns>Null when there is more than may be.</returns>
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        if (request.ContentLength > MaxBytes) return null;
        using var body = new MemoryStream((int)(request.ContentLength ?? 0));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancel)) > 0)
        {
            if (body.Length + read > MaxBytes) return null;
            body.Write(buffer, 0, read);
        }
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    [LoggerMessage(4000, LogLevel.Information, "Mail events: {Recorded} recorded, {Unchanged} unchanged, {Ignored} ignored")]
    private static partial void LogTaken(ILogger logger, int recorded, int unchanged, int ignored);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MailEventsResponse))]
internal sealed partial class MailEventJson : JsonSerializerContext;
