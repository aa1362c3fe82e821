using Winback.Customers;
using Winback.Outreach;
using Winback.Replies;

namespace Winback.Pages;

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
            ? PageShell.Answer(http, business, UnsubscribePage.Ask(await LanguageAsync(http, link, customers, business, cancel), link.Class))
            : Unknown(http, business);

    private static async Task<IResult> Post(
        string token, HttpContext http, Links links, OptOut optOut, ICustomerStore customers, BusinessOptions business, CancellationToken cancel)
    {
        if (!links.TryReadUnsubscribe(token, out var link)) return Unknown(http, business);
        // A mail program that does not wait for the answer has unsubscribed all the same.
        await optOut.ApplyAsync(link, CancellationToken.None);
        return PageShell.Answer(http, business, UnsubscribePage.Done(await LanguageAsync(http, link, customers, business, cancel), link.Class));
    }

    private static async Task<string> LanguageAsync(HttpContext http, UnsubscribeLink link, ICustomerStore customers, BusinessOptions business, CancellationToken cancel) =>
        PageLanguage.Asked(http) ?? (link.Customer is { } id ? await customers.FindAsync(id, cancel) : null)?.Profile.Language ?? business.Language;

    private static IResult Unknown(HttpContext http, BusinessOptions business) =>
        PageShell.Answer(http, business, StrayPage.Unknown(PageLanguage.Asked(http) ?? business.Language), StatusCodes.Status404NotFound);
}
