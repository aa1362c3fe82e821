using Winback.Campaigns.Rendering;
using Winback.Customers;

namespace Winback.Pages;

/// <summary>What is around every page: the look of the mail that led to it, and the headers. A page needs no script and no cookie.</summary>
public static class PageShell
{
    public static IResult Answer(HttpContext http, BusinessOptions business, Page page, int status = StatusCodes.Status200OK)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers["X-Robots-Tag"] = "noindex";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'unsafe-inline'; {(Logo(business) is { } logo ? $"img-src {logo.GetLeftPart(UriPartial.Authority)}; " : "")}form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        return Results.Content(Write(business, page).ToString(), "text/html; charset=utf-8", statusCode: status);
    }

    private static Html Write(BusinessOptions business, Page page)
    {
        var address = Html.Of(new[] { business.PostalAddress, business.Phone }
            .Where(line => !string.IsNullOrWhiteSpace(line))
            .SelectMany(line => line!.Trim().ReplaceLineEndings("\n").Split('\n'))
            .Select(line => Html.Of($"<br>{line}")));
        var brand = Logo(business) is { } logo ? Html.Of($"""<img src="{logo.AbsoluteUri}" alt="{business.Name}" height="40">""") : Html.Of($"{business.Name}");
        var done = page.IsDone ? Html.Of($"""<span class="done" aria-hidden="true">✓</span>""") : Html.None;
        return Html.Of($"""
            <!doctype html>
            <html lang="{page.Language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{(page.HasProblem ? page.Language == "en" ? "Please check: " : "Let op: " : "")}{page.Title} – {business.Name}</title>
            <style>{Colours(business.Colours)}{PageStyle.Rules}{page.Style}</style>
            </head>
            <body>
            <div class="card">
            <header><p class="name">{brand}</p>{Switch(page)}</header>
            <main>
            <h1>{done}{page.Title}</h1>
            {page.Body}
            </main>
            </div>
            <footer><strong>{business.Name}</strong>{address}</footer>
            </body>
            </html>
            """);
    }

    private static Html Switch(Page page)
    {
        if (page.OtherLanguage is not { } address) return Html.None;
        var other = Page.Other(page.Language);
        return Html.Of($"""<a class="language" href="{address}" lang="{other}" hreflang="{other}">{(other == "en" ? "English" : "Nederlands")}</a>""");
    }

    private static Html Colours(MailColours colours) => new($$"""

        :root {
          color-scheme: light dark;
          --page: #f3f0ea; --card: #fff; --line: #e4e0d8; --ink: #1d2120; --quiet: #5f6965; --field: #6f7874; --tint: #f7f4ee; --wrong: #a8201a;
          --accent: {{colours.Accent}}; --on-accent: {{colours.OnAccent}}; --link: {{colours.AccentOnLight}};
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #131615; --card: {{MailColours.DarkCard}}; --line: #313635; --ink: #e9ebe8; --quiet: #a3aba7; --field: #8d9692; --tint: #2a2f2d; --wrong: #ffb3ab;
            --accent: {{colours.AccentOnDark}}; --on-accent: #131615; --link: {{colours.AccentOnDark}};
          }
        }

        """);

    private static Uri? Logo(BusinessOptions business) => business.LogoUrl is { Length: > 0 } url ? new Uri(url) : null;
}
