using System.Globalization;
using System.Runtime.CompilerServices;
using Winback.Campaigns;
using Winback.Cli.Commands;
using Winback.Customers;
using Winback.Outreach;
using Winback.Replies;
using Winback.Replies.Reading;

namespace Winback.Cli.Export;

internal enum ExportKind { Customers, Purchases, Enrolments, Outreach, Replies }

/// <summary>What an export holds: a heading, and rows that are read as they are written.</summary>
internal sealed record ExportTable(IReadOnlyList<string> Headings, IAsyncEnumerable<object?[]> Rows)
{
    public static async Task<ExportTable> OfAsync(ExportKind kind, IServiceProvider parts, CancellationToken cancel) => kind switch
    {
        ExportKind.Customers => Customers(parts, await parts.GetRequiredService<CampaignCatalog>().CurrentAsync(cancel), cancel),
        ExportKind.Purchases => new ExportTable(
            ["customer", "date", "time", "amount", "order", "product"],
            parts.GetRequiredService<IFactStore>().AllPurchasesAsync(cancel)
                .Select(p => new object?[] { p.Customer.Value, p.Day, p.At, p.Amount.Amount, p.OrderNumber, p.Product })),
        ExportKind.Enrolments => new ExportTable(
            ["customer", "campaign", "version", "because of", "date", "started", "won back on", "bought for"],
            parts.GetRequiredService<IEnrolmentStore>().AllAsync(cancel).Select(e => new object?[]
            {
                e.Customer.Value, e.Campaign, e.Version, e.Anchor.Subject.Length == 0 ? "last visit" : e.Anchor.Subject, e.Anchor.Date, e.Started, e.WonBackOn,
                e.WonBackOn is null ? null : e.Revenue.Amount,
            })),
        ExportKind.Outreach => new ExportTable(
            ["customer", "campaign", "because of", "date", "step", "channel", "state", "since", "delivery", "problem", "settled by hand", "provider's id"],
            parts.GetRequiredService<IOutreachStore>().AllAsync(cancel).Select(o => new object?[]
            {
                o.Customer.Value, o.Campaign, o.Anchor.Subject.Length == 0 ? "last visit" : o.Anchor.Subject, o.Anchor.Date, o.Step, Labels.Of(o.Channel), WhyReport.Word(o.State), o.At,
                o.Delivered is { } delivery ? Labels.Of(delivery) : null, o.Problem,
                o.ByHandAt, o.ProviderId,
            })),
        _ => new ExportTable(
            ["received", "customer", "campaign", "step", "automatic", "subject", "text"],
            parts.GetRequiredService<IReplyStore>().AllAsync(cancel)
                .Select(r => new object?[] { r.ReceivedAt, r.Customer?.Value, r.Campaign, r.Step, r.Standing?.Automatic, r.Subject, r.Text })),
    };

    /// <summary>With the rule's answer per campaign: what the owner asks first about a customer.</summary>
    private static ExportTable Customers(IServiceProvider parts, CampaignSet campaigns, CancellationToken cancel) => new(
        [
            "customer", "name", "first name", "email", "phone", "language", "permission", "permission rests on", "permission since", "last visit", "visits", "revenue", "unsubscribed", "no reminders since", "suppressed", "suppressed since",
            "on hold until", "subscriptions end on", "last marketing contact", "last reminder", .. campaigns.Ordered.Select(c => $"{c.Id} now"),
        ],
        CustomerRows(parts, campaigns, cancel));

    private static async IAsyncEnumerable<object?[]> CustomerRows(IServiceProvider parts, CampaignSet campaigns, [EnumeratorCancellation] CancellationToken cancel)
    {
        var examiner = parts.GetRequiredService<Examiner>();
        var now = parts.GetRequiredService<OwnerClock>().Now;
        await foreach (var (c, p, _) in parts.GetRequiredService<ICustomerStore>().AllAsync(cancel))
        {
            var verdicts = await examiner.ExamineAsync(c, now, cancel);
            yield return
            [
                c.Id.Value, p.Name, p.FirstName, p.Email, p.Phone, p.Language, c.MarketingPermission, WhyReport.RestsOn(p.PermissionSource), p.PermissionSince, c.LastVisit, c.Visits, c.Revenue.Amount, c.OptedOutAt,
                c.ServiceOptedOutAt, c.Suppressed, c.SuppressedAt, c.Hold?.Until, string.Join(" ", c.Subscriptions.Select(s => s.RenewalDate.ToString("O", CultureInfo.InvariantCulture))), c.LastMarketingAt,
                c.LastServiceAt, .. campaigns.Ordered.Select(campaign => verdicts.FirstOrDefault(v => v.Campaign == campaign.Id) is { } v ? Words(v) : null),
            ];
        }
    }

    private static string Words(Verdict verdict) => verdict switch
    {
        Due due => $"{due.Step.Id} is due: {due.Detail}",
        Excluded excluded => $"{excluded.Reason.Word()}: {excluded.Detail}",
        _ => $"waiting: {verdict.Detail}",
    };
}
