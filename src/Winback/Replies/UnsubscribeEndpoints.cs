using System.Net;
using Winback.Campaigns;
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
        string token, HttpContext http, Links links, ICustomerStore customers, BusinessOptions business, CancellationToken cancel)
    {
        if (!links.TryReadUnsubscribe(token, out var link)) return Unknown(http, business);
        var words = Words(await LanguageAsync(link, customers, business, cancel));
        return Page(http, business, words, link.Class == MessageClass.Service ? words.AskService : words.AskMarketing, words.Button, StatusCodes.Status200OK);
    }

    private static async Task<IResult> Post(
        string token, HttpContext http, Links links, OptOut optOut, ICustomerStore customers, BusinessOptions business, CancellationToken cancel)
    {
        if (!links.TryReadUnsubscribe(token, out var link)) return Unknown(http, business);
        await optOut.ApplyAsync(link, cancel);
        var words = Words(await LanguageAsync(link, customers, business, cancel));
        return Page(http, business, words, link.Class == MessageClass.Service ? words.DoneService : words.DoneMarketing, null, StatusCodes.Status200OK);
    }

    private static async Task<string> LanguageAsync(UnsubscribeLink link, ICustomerStore customers, BusinessOptions business, CancellationToken cancel) =>
        (await customers.FindAsync(link.Customer, cancel))?.Profile.Language ?? business.Language;

    private static IResult Unknown(HttpContext http, BusinessOptions business)
    {
        var words = Words(business.Language);
        return Page(http, business, words, words.Unknown, null, StatusCodes.Status404NotFound);
    }

    private static IResult Page(HttpContext http, BusinessOptions business, PageWords words, string text, string? button, int status)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers["X-Robots-Tag"] = "noindex";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";
        var name = WebUtility.HtmlEncode(business.Name);
        var form = button is null ? "" : $"<form method=\"post\"><button type=\"submit\">{WebUtility.HtmlEncode(button)}</button></form>";
        return Results.Content(
            $$"""
            <!doctype html>
            <html lang="{{words.Language}}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{{WebUtility.HtmlEncode(words.Title)}} – {{name}}</title>
            <style>
            :root { color-scheme: light dark; }
            body { margin: 0; font: 1.0625rem/1.6 system-ui, sans-serif; background: #f4f1ec; color: #23211e; }
            main { max-width: 34rem; margin: 12vh auto 0; padding: 2rem 1.5rem; background: #fff; border-radius: .75rem; }
            h1 { margin: 0 0 .75rem; font-size: 1.375rem; line-height: 1.3; }
            button { font: inherit; font-weight: 600; padding: .75rem 1.5rem; min-height: 2.75rem; border: 0; border-radius: .5rem; background: #1f5f5b; color: #fff; cursor: pointer; }
            button:focus-visible { outline: 3px solid #b45309; outline-offset: 2px; }
            @media (max-width: 36rem) { main { margin: 0; min-height: 100vh; border-radius: 0; box-sizing: border-box; } }
            @media (prefers-color-scheme: dark) { body { background: #191817; color: #eceae6; } main { background: #262422; } button { background: #8fd0c8; color: #10201e; } }
            </style>
            </head>
            <body><main><h1>{{name}}</h1><p>{{WebUtility.HtmlEncode(text)}}</p>{{form}}</main></body>
            </html>
            """,
            "text/html; charset=utf-8", statusCode: status);
    }

    private static PageWords Words(string language) => language == "en" ? English : Dutch;

    private static readonly PageWords Dutch = new(
        "nl", "Afmelden",
        "Wil je geen uitnodigingen en aanbiedingen meer van ons krijgen? Druk op de knop en het stopt meteen.",
        "Wil je geen herinneringen meer krijgen als je abonnement afloopt? Je abonnement zelf verandert hierdoor niet.",
        "Ja, stop ermee",
        "Klaar: je krijgt van ons geen uitnodigingen en aanbiedingen meer. Je blijft natuurlijk altijd welkom.",
        "Klaar: je krijgt geen herinneringen meer over je abonnement. Aan je abonnement zelf verandert niets.",
        "Deze link klopt niet helemaal. Open hem opnieuw vanuit de mail, of antwoord op de mail: dan regelen wij het.");

    private static readonly PageWords English = new(
        "en", "Unsubscribe",
        "Would you rather not get invitations and offers from us? Press the button and they stop at once.",
        "Would you rather not be reminded when your subscription ends? The subscription itself does not change.",
        "Yes, stop them",
        "Done: you will get no more invitations and offers from us. You are always welcome, of course.",
        "Done: you will get no more reminders about your subscription. The subscription itself does not change.",
        "This link is not quite right. Open it again from the mail, or answer the mail and we will take care of it.");

    private sealed record PageWords(
        string Language, string Title, string AskMarketing, string AskService, string Button, string DoneMarketing, string DoneService, string Unknown);
}
