using Winback.Cli.Commands.Replies;
using Winback.Customers;
using Winback.Replies;

namespace Winback.Cli.Commands.Cases;

/// <summary>What <c>winback cases list --json</c> prints.</summary>
internal sealed record CasesReport(CaseFigures Figures, IReadOnlyList<ReplyReport> Cases);

/// <summary>How complaints were solved, and whether it brought customers back. Counted from the facts whenever they are asked for.</summary>
/// <param name="Late">Open past their clock.</param>
/// <param name="MedianHours">From the complaint to its solution; null when none was solved.</param>
/// <param name="CameBack">Solved complaints after which the customer bought again, on the day of the solution or later, however much later.</param>
/// <param name="CameBackShare">Of those solved, 0 to 1; null when none was.</param>
internal sealed record CaseFigures(int Open, int Late, int Solved, int SolvedInTime, double? MedianHours, int CameBack, double? CameBackShare, int InTimeCameBack)
{
    public static async Task<CaseFigures> ReadAsync(IReadOnlyList<Reply> cases, IFactStore facts, ReplyOptions options, Moment now, CancellationToken cancel)
    {
        var solved = cases.Where(c => c.HandledAt is not null).ToList();
        var (back, inTimeBack) = (0, 0);
        foreach (var c in solved)
        {
            var day = now.DayOf(c.HandledAt!.Value);
            var later = (await facts.PurchasesAsync(c.Customer!.Value, cancel)).Where(p => p.Day >= day && (p.At is not { } at || at >= c.HandledAt));
            if (VisitRule.Summarise(later).FirstVisit is null) continue;
            back++;
            if (InTime(c)) inTimeBack++;
        }
        var hours = solved.Select(c => (c.HandledAt!.Value - c.CaseSince).TotalHours).Order().ToList();
        return new CaseFigures(
            cases.Count(c => c.IsOpenCase), cases.Count(c => CaseClockIsLate(c)), solved.Count, solved.Count(InTime),
            hours.Count == 0 ? null : Math.Round((hours[(hours.Count - 1) / 2] + hours[hours.Count / 2]) / 2, 1), back,
            solved.Count == 0 ? null : Math.Round((double)back / solved.Count, 3), inTimeBack);

        bool InTime(Reply c) => c.HandledAt <= c.CaseSince + options.SolveWithin;
        bool CaseClockIsLate(Reply c) => Winback.Replies.Answers.CaseClock.IsLate(c, options, now.Instant);
    }
}
