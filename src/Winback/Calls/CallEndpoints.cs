using System.Text.Json.Serialization;
using Winback.Customers;
using Winback.Hosting;
using Winback.Outreach;
using Winback.Pages;

namespace Winback.Calls;

/// <param name="Result">recorded, or unchanged when it was noted already.</param>
/// <param name="Reply">The id of the reply that it became; null when the customer told nothing.</param>
public sealed record CallResponse(string Result, string? Reply);

/// <summary><c>/api/calls</c> with an API key, and the page of the sheet behind a link that is signed for twelve hours.</summary>
public static class CallEndpoints
{
    /// <summary>A working day: whoever had the link yesterday does not have the sheet today.</summary>
    public static readonly TimeSpan LinkFor = TimeSpan.FromHours(12);

    public static void MapCalls(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/calls", GetAsync).RequireApiKey();
        app.MapGet("/api/calls/sheet/{token}", ShowAsync);
        app.MapPost("/api/calls/{customer}", PostAsync).RequireApiKey();
    }

    private static async Task<IResult> GetAsync(HttpContext http, CallSheet sheet, BusinessOptions business, OwnerClock clock, CancellationToken cancel)
    {
        if (FormatOf(http.Request) is not ("csv" or "json" or "html") and var other)
            return Results.ValidationProblem(new Dictionary<string, string[]> { ["format"] = [$"\"{other}\" is not csv, json or html"] });
        var language = PageLanguage.Asked(http) ?? business.Language;
        var entries = await sheet.ReadAsync(language, cancel);
        http.Response.Headers.CacheControl = "no-store";
        switch (FormatOf(http.Request))
        {
            case "json":
                return Results.Json(entries, CallJson.Default.IReadOnlyListCallEntry);
            case "csv":
                var file = new MemoryStream();
                await CallTable.WriteAsync(file, entries, language, clock, cancel);
                return Results.File(file.ToArray(), "text/csv; charset=utf-8", $"calls-{clock.Now.Today:yyyy-MM-dd}.csv");
            default:
                return PageShell.Answer(http, business, CallSheetPage.Of(entries, language, business, clock.Now));
        }
    }

    private static async Task<IResult> ShowAsync(
        string token, HttpContext http, CallSheet sheet, Links links, BusinessOptions business, OwnerClock clock, CancellationToken cancel)
    {
        var language = PageLanguage.Asked(http) ?? business.Language;
        return links.IsCallSheet(token, clock.Now.Instant)
            ? PageShell.Answer(http, business, CallSheetPage.Of(await sheet.ReadAsync(language, cancel), language, business, clock.Now))
            : PageShell.Answer(http, business, CallSheetPage.Over(language), StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> PostAsync(string customer, CallNote note, CallBook book, CancellationToken cancel)
    {
        var problems = note.Problems();
        if (!CustomerId.TryParse(customer, out var id, out var problem)) problems["customer"] = [problem];
        if (problems.Count > 0) return Results.ValidationProblem(problems);
        if (await book.NoteAsync(id, note, cancel) is not { } noted) return Results.Problem("There is no such customer.", statusCode: StatusCodes.Status404NotFound);
        return Results.Json(
            new CallResponse(noted.IsNew ? "recorded" : "unchanged", noted.Reply?.Id), CallJson.Default.CallResponse,
            statusCode: noted.IsNew ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
    }

    /// <summary>As asked for in the address, else as the caller prefers; a page for whoever does not say.</summary>
    private static string FormatOf(HttpRequest request)
    {
        if (request.Query["format"] is [{ } asked]) return asked;
        var preferred = request.GetTypedHeaders().Accept.OrderByDescending(a => a.Quality ?? 1)
            .Select(a => a.MediaType.Value).FirstOrDefault(m => m is "text/csv" or "application/json" or "text/html");
        return preferred switch { "text/csv" => "csv", "application/json" => "json", _ => "html" };
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<CallEntry>))]
[JsonSerializable(typeof(CallNote))]
[JsonSerializable(typeof(CallResponse))]
internal sealed partial class CallJson : JsonSerializerContext;
