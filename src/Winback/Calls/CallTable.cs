using System.Globalization;
using Winback.Customers;
using Winback.Replies.Reading;

namespace Winback.Calls;

/// <summary>The call sheet as CSV, for a spreadsheet.</summary>
public static class CallTable
{
    private static readonly string[] Headings =
    [
        "customer", "name", "phone", "email", "account manager", "why", "campaign", "step", "since", "what to say", "last visit", "visits",
        "revenue", "bought last", "reason given earlier", "reason given on", "no answer on",
    ];

    /// <param name="file">Closed when this returns.</param>
    public static async Task WriteAsync(Stream file, IEnumerable<CallEntry> entries, string language, OwnerClock clock, CancellationToken cancel)
    {
        await using var csv = new CsvCells(file, language, clock.Zone);
        await csv.WriteAsync(Headings, cancel);
        foreach (var e in entries)
        {
            await csv.WriteAsync(
                [
                    e.Customer, e.Name, e.Phone, e.Email, e.AccountManager, Labels.Of(e.Why), e.Campaign, e.Step, e.Since,
                    string.Join(' ', e.Say), e.LastVisit, e.Visits, e.Total,
                    string.Join("; ", e.Purchases.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Day:yyyy-MM-dd} {p.Product} {p.Amount:0.00}"))),
                    e.EarlierReason is { } r ? Labels.Of(r.Reason) + (r.SubReason == SubReason.None ? "" : $" ({Labels.Of(r.SubReason)})") : null, e.EarlierReason?.Day,
                    string.Join("; ", e.NoAnswers.Select(at => clock.Now.DayOf(at).ToString("O", CultureInfo.InvariantCulture))),
                ],
                cancel);
        }
    }
}
