using Winback.Customers;
using Winback.Outreach;

namespace Winback.Replies;

/// <summary>
/// <c>/api/unsubscribe/{token}</c>. GET shows a button and changes nothing, since link scanners open every link; POST acts, from the button
/// or as one click from the mail program (RFC 8058: no cookie, no login, no redirect). A link never expires.
/// </summary>
public static class UnsubscribeEndpoints
{
    public static void MapUnsubscribe(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/unsubscribe/{token}", Show);
        app.MapPost("/api/unsubscribe/{token}", Post).DisableAntiforgery();
    }

    private static async Task<IResult> Show(
        string token, HttpContext http, Links links, ICustomerStore customers, BusinessOptions business, CancellationToken cancel) =>
        links.TryReadUnsubscribe(token, out var link)
            ? Answer(http, business, UnsubscribePage.Ask(await LanguageAsync(link, customers, business, cancel), link.Class), StatusCodes.Status200OK)
            : Unknown(http, business);

    private static async Task<IResult> Post(
        string token, HttpContext http, Links links, OptOut optOut, ICustomerStore customers, BusinessOptions business, CancellationToken cancel)
    {
        if (!links.TryReadUnsubscribe(token, out var link)) return Unknown(http, business);
        await optOut.ApplyAsync(link, cancel);
        return Answer(http, business, UnsubscribePage.Done(await LanguageAsync(link, customers, business, cancel), link.Class), StatusCodes.Status200OK);
    }

    private static async Task<string> LanguageAsync(UnsubscribeLink link, ICustomerStore customers, BusinessOptions business, CancellationToken cancel) =>
        (link.Customer is { } id ? await customers.FindAsync(id, cancel) : null)?.Profile.Language ?? business.Language;

    private static IResult Unknown(HttpContext http, BusinessOptions business) =>
        Answer(http, business, UnsubscribePage.Unknown(business.Language), StatusCodes.Status404NotFound);

    private static IResult Answer(HttpContext http, BusinessOptions business, UnsubscribePage page, int status)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers["X-Robots-Tag"] = "noindex";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";
        return Results.Content(page.ToHtml(business), "text/html; charset=utf-8", statusCode: status);
    }
}
