using System.Globalization;
using Winback.Customers;
using Winback.Pages;

namespace Winback.Calls;

/// <summary>The call sheet for whoever holds the telephone, also on one, and on paper.</summary>
internal static class CallSheetPage
{
    private static readonly Html Style = new("""

        .card { max-width: 46rem; }
        .call { margin: 1.75rem 0 0; padding: 1.5rem 0 0; border-top: 1px solid var(--line); }
        .call h2 { margin: 0; font-size: 1.25rem; line-height: 1.3; }
        .call h2 small { font-weight: 400; font-size: .9375rem; color: var(--quiet); }
        .call .why { margin: .25rem 0 .75rem; color: var(--quiet); }
        .call .number { margin: 0 0 1rem; font-size: 1.375rem; font-weight: 600; }
        .call .number a { display: inline-block; padding: .35rem 0; }
        .call h3 { margin: 1.25rem 0 .25rem; font-size: 1rem; }
        .call ul { margin: 0; padding: 0; list-style: none; }
        .call li { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: .3rem 0; border-bottom: 1px solid var(--line); font-variant-numeric: tabular-nums; }
        .call li :first-child { flex: 0 0 9.5rem; }
        .call li :nth-child(2) { flex: 1 1 8rem; }
        .call .total { margin: .4rem 0 0; color: var(--quiet); }
        .ticks { display: none; }
        @media print {
          body { padding: 0; background: none; font-size: 11pt; }
          .card { max-width: none; padding: 0; border: 0; }
          .call { break-inside: avoid; }
          .language, .note { display: none; }
          .ticks { display: block; margin: 1rem 0 0; }
        }

        """);

    /// <param name="language">nl or en.</param>
    public static Page Of(IReadOnlyList<CallEntry> entries, string language, BusinessOptions business, Moment now)
    {
        var words = CallWords.Of(language, business.Currency);
        var intro = entries.Count == 0
            ? words.Text("Er is nu niemand om te bellen.", "There is nobody to call now.")
            : string.Create(CultureInfo.InvariantCulture, $"{words.Text($"{Number(entries.Count, "klant", "klanten")} om te bellen", $"{Number(entries.Count, "customer", "customers")} to call")}, {words.Day(now.Today)} {now.Local:HH:mm}.");
        var note = entries.Count == 0 ? Html.None : Html.Of(
            $"""<p class="hint note">{words.Text("Gebeld? Leg vast hoe het ging:", "Called? Note how it went:")} <code>winback calls outcome {entries[0].Customer} --as reached</code></p>""");
        return new Page(language, words.Text("Bellijst", "Call sheet"), Html.Of($"<p>{intro}</p>{note}{Html.Of(entries.Select(e => Entry(e, words, now)))}"))
        {
            OtherLanguage = $"?lang={Page.Other(language)}",
            Style = Style,
        };
    }

    /// <summary>For a link that is not ours, or is over.</summary>
    public static Page Over(string language) => language == "en"
        ? new("en", "This link is over", Html.Of($"<p>A link to the call sheet works for twelve hours. Make a new one with: <code>winback calls --link</code></p>"))
        : new("nl", "Deze link is verlopen", Html.Of($"<p>Een link naar de bellijst werkt twaalf uur. Maak een nieuwe met: <code>winback calls --link</code></p>"));

    private static Html Entry(CallEntry e, CallWords words, Moment now)
    {
        var number = e.Phone is { } phone
            ? Html.Of($"""<a href="tel:{string.Concat(phone.Where(c => char.IsAsciiDigit(c) || c == '+'))}">{phone}</a>""")
            : Html.Of($"{words.Text("Geen telefoonnummer bekend", "No telephone number known")}");
        var manager = e.AccountManager is { } who ? Html.Of($"<br>{words.Text("Contactpersoon", "Looked after by")}: {who}") : Html.None;
        return Html.Of($"""
            <article class="call">
            <h2>{e.Name} <small>{e.Customer}</small></h2>
            <p class="why">{words.Why(e)}, {words.Text("sinds", "since")} {words.Day(now.DayOf(e.Since))}{manager}</p>
            <p class="number">{number}</p>
            {Html.Of(e.Say.Select(sentence => Html.Of($"""<p lang="{e.SayLanguage}">{sentence}</p>""")))}
            {Told(e, words)}{Tried(e, words, now)}{Purchases(e, words)}
            <p class="ticks">{words.Text("☐ gesproken  ☐ geen gehoor  ☐ komt terug  ☐ verkeerd nummer  ☐ nieuw adres", "☐ reached  ☐ no answer  ☐ comes back  ☐ wrong number  ☐ new address")} ______________________</p>
            </article>
            """);
    }

    private static Html Told(CallEntry e, CallWords words) => e.EarlierReason is { } given
        ? Html.Of($"<p>{words.Text("Reden die ze gaven", "Reason they gave")}, {words.Day(given.Day)}: {words.Reason(given)}.</p>") : Html.None;

    private static Html Tried(CallEntry e, CallWords words, Moment now) => e.NoAnswers.Count == 0 ? Html.None
        : Html.Of($"<p>{words.Text("Geen gehoor", "No answer")} {words.Times(e.NoAnswers.Count)}: {string.Join(", ", e.NoAnswers.Select(at => words.Day(now.DayOf(at))))}.</p>");

    private static Html Purchases(CallEntry e, CallWords words)
    {
        var list = e.Purchases.Select(p => Html.Of($"<li><span>{words.Day(p.Day)}</span><span>{p.Product}</span><span>{words.Money(p.Amount)}</span></li>"));
        var total = words.Text($"In totaal {words.Money(e.Total)} in {words.Times(e.Visits)}.", $"{words.Money(e.Total)} in all, came {words.Times(e.Visits)}.");
        return e.Purchases.Count == 0 ? Html.None : Html.Of($"<h3>{words.Text("Kocht", "Bought")}</h3><ul>{Html.Of(list)}</ul><p class=\"total\">{total}</p>");
    }

    private static string Number(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}
