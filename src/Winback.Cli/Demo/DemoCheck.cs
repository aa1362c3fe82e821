using Winback.Cli.Local;
using Winback.Outreach;
using Winback.Scan;

namespace Winback.Cli.Demo;

/// <summary>Compares what happened with what the sample base, which does not know the rule, says must happen. Pure.</summary>
public static class DemoCheck
{
    private const int Shown = 5;

    public static IReadOnlyList<string> Problems(SampleBase sample, ScanCounts counts, IReadOnlyList<InboxMail> mails)
    {
        var problems = new List<string>();
        if (counts.Examined != sample.Customers.Count) problems.Add($"{counts.Examined} customers were examined, {sample.Customers.Count} are there");
        var got = mails.Select(m => $"{m.Recipient} {m.Header(MailComposer.CampaignHeader)} {m.Header(MailComposer.StepHeader)}").ToList();
        var wanted = sample.DueRecipients.Select(d => $"{d.Address} {d.Campaign} {d.Step}").ToList();
        Differ("not in the inbox", wanted.Except(got));
        Differ("in the inbox and not due", got.Except(wanted));
        Differ("in the inbox more than once", got.CountBy(g => g).Where(g => g.Value > wanted.Count(w => w == g.Key) && wanted.Contains(g.Key)).Select(g => g.Key));
        foreach (var expected in sample.Expected.Where(e => e.Outcome == Outcome.Excluded).GroupBy(e => (e.Campaign, Reason: e.Reason!)))
        {
            var found = counts.Campaigns.GetValueOrDefault(expected.Key.Campaign)?.Excluded.GetValueOrDefault(expected.Key.Reason) ?? 0;
            if (found != expected.Count()) problems.Add($"{expected.Key.Campaign}: {found} excluded as {expected.Key.Reason}, expected {expected.Count()}");
        }
        return problems;

        void Differ(string what, IEnumerable<string> rows)
        {
            var all = rows.ToList();
            if (all.Count > 0) problems.Add($"{all.Count} {what}, for instance {string.Join("; ", all.Take(Shown))}");
        }
    }
}
