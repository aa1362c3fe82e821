using System.Net;
using Winback.Campaigns;
using Winback.Campaigns.Rendering;
using Winback.Customers;

namespace Winback.Replies;

/// <summary>The page behind the unsubscribe link, in the look of the mail that led to it. It loads nothing and needs no script.</summary>
internal sealed record UnsubscribePage(string Language, string Title, string Text, string? Button = null, bool IsDone = false)
{
    /// <summary>One button; nothing has changed yet.</summary>
    public static UnsubscribePage Ask(string language, MessageClass messageClass) => (language, messageClass) switch
    {
        ("en", MessageClass.Service) => new("en", "No more reminders?",
            "Press the button and we will no longer remind you that your subscription ends. The subscription itself does not change.", "Stop the reminders"),
        ("en", _) => new("en", "No more invitations?", "Press the button and we will send you no more invitations and offers, from this moment on.", "Unsubscribe me"),
        (_, MessageClass.Service) => new("nl", "Geen herinneringen meer?",
            "Druk op de knop, dan herinneren we je er niet meer aan dat je abonnement afloopt. Aan je abonnement zelf verandert niets.", "Stop de herinneringen"),
        _ => new("nl", "Geen uitnodigingen meer?", "Druk op de knop, dan sturen we je vanaf nu geen uitnodigingen en aanbiedingen meer.", "Schrijf me uit"),
    };

    public static UnsubscribePage Done(string language, MessageClass messageClass) => (language, messageClass) switch
    {
        ("en", MessageClass.Service) => new("en", "No more reminders",
            "We will no longer remind you that your subscription ends. The subscription itself does not change.", IsDone: true),
        ("en", _) => new("en", "You are unsubscribed", "You will get no more invitations and offers from us. You are always welcome, of course.", IsDone: true),
        (_, MessageClass.Service) => new("nl", "Geen herinneringen meer",
            "We herinneren je er niet meer aan dat je abonnement afloopt. Aan je abonnement zelf verandert niets.", IsDone: true),
        _ => new("nl", "Je bent uitgeschreven", "Je krijgt van ons geen uitnodigingen en aanbiedingen meer. Je blijft natuurlijk altijd welkom.", IsDone: true),
    };

    public static UnsubscribePage Unknown(string language) => language == "en"
        ? new("en", "This link is not quite right", "Open it again from the mail, or answer the mail and we will take care of it.")
        : new("nl", "Deze link klopt niet helemaal", "Open hem opnieuw vanuit de mail, of antwoord op de mail: dan regelen wij het.");

    public string ToHtml(BusinessOptions business)
    {
        var colours = business.Colours;
        var name = WebUtility.HtmlEncode(business.Name);
        var address = string.Join("<br>", new[] { business.PostalAddress, business.Phone }
            .Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => WebUtility.HtmlEncode(line!.Trim()).ReplaceLineEndings("<br>")));
        var done = IsDone ? "<span class=\"done\" aria-hidden=\"true\">✓</span>" : "";
        var form = Button is null ? "" : $"<form method=\"post\"><button type=\"submit\">{WebUtility.HtmlEncode(Button)}</button></form>";
        return $$"""
            <!doctype html>
            <html lang="{{Language}}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{{WebUtility.HtmlEncode(Title)}} – {{name}}</title>
            <style>
            :root {
              color-scheme: light dark;
              --page: #f3f0ea; --card: #fff; --line: #e4e0d8; --ink: #1d2120; --quiet: #5f6965;
              --accent: {{colours.Accent}}; --on-accent: {{colours.OnAccent}}; --name: {{colours.AccentOnLight}};
            }
            @media (prefers-color-scheme: dark) {
              :root {
                --page: #131615; --card: {{MailColours.DarkCard}}; --line: #313635; --ink: #e9ebe8; --quiet: #a3aba7;
                --accent: {{colours.AccentOnDark}}; --on-accent: #131615; --name: {{colours.AccentOnDark}};
              }
            }
            body { margin: 0; padding: clamp(0px, 6vw - 1.5rem, 5rem) 0 2rem; background: var(--page); color: var(--ink); font: 1.0625rem/1.6 system-ui, sans-serif; }
            main { max-width: 32rem; margin: 0 auto; padding: 2.25rem 2.75rem 2.5rem; background: var(--card); border: 1px solid var(--line); border-top: 5px solid var(--accent); border-radius: 10px; }
            .name { margin: 0 0 1.75rem; font: 1.5rem/1.3 Georgia, 'Times New Roman', serif; color: var(--name); }
            h1 { margin: 0 0 .75rem; font-size: 1.375rem; line-height: 1.3; text-wrap: balance; }
            p { margin: 0; text-wrap: pretty; }
            .done { display: inline-block; width: 1.5em; margin-right: .5em; border-radius: 50%; background: var(--accent); color: var(--on-accent); font-size: .8em; line-height: 1.5; text-align: center; }
            form { margin: 1.75rem 0 0; }
            button { font: inherit; font-weight: 600; padding: .8rem 1.75rem; border: 0; border-radius: 8px; background: var(--accent); color: var(--on-accent); cursor: pointer; }
            button:hover { filter: brightness(1.1); }
            button:focus-visible { outline: 3px solid var(--ink); outline-offset: 3px; }
            footer { max-width: 32rem; margin: 1.5rem auto 0; padding: 0 1.5rem; font-size: .8125rem; color: var(--quiet); text-align: center; }
            @media (max-width: 36rem) {
              main { padding: 1.75rem 1.5rem 2rem; border-width: 5px 0 1px; border-radius: 0; }
              button { width: 100%; }
            }
            </style>
            </head>
            <body>
            <main><p class="name">{{name}}</p><h1>{{done}}{{WebUtility.HtmlEncode(Title)}}</h1><p>{{WebUtility.HtmlEncode(Text)}}</p>{{form}}</main>
            <footer><strong>{{name}}</strong><br>{{address}}</footer>
            </body>
            </html>
            """;
    }
}
