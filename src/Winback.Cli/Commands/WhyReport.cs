using System.Globalization;
using System.Text.Json;
using Winback.Campaigns;
using Winback.Customers;
using Winback.History;
using Winback.MailEvents;
using Winback.Outreach;
using Winback.Referrals;
using Winback.Replies;
using Winback.Replies.Reading;

namespace Winback.Cli.Commands;

/// <summary>The rule's answer for one campaign.</summary>
/// <param name="Answer">due, waiting or excluded.</param>
/// <param name="Channel">Of a step that is due: mail, or phone for a call.</param>
/// <param name="Explanation">The reason as a sentence.</param>
internal sealed record WhyCampaign(string Campaign, string Answer, string? Step, string? Channel, string? Reason, string Detail, string? Explanation);

/// <param name="Version">Of the campaign that decided; null where that is not recorded.</param>
/// <param name="Channel">mail, or phone for a call, which is handed over to the call sheet.</param>
/// <param name="Times">Since when it was, last, in each state.</param>
/// <param name="Delivery">When the mail provider first told of each: processed, deferred, dropped, blocked, delivered, bounced, complained.</param>
internal sealed record WhyOutreach(
    string Campaign, string? Version, string Anchor, string Step, string Channel, string State, DateTimeOffset At, IReadOnlyDictionary<string, DateTimeOffset> Times,
    IReadOnlyDictionary<string, DateTimeOffset> Delivery, string? Problem, DateTimeOffset? ByHandAt);

internal sealed record WhySubscription(string Number, string Plan, DateOnly Start, DateOnly RenewalDate, bool AutoRenews);

/// <summary>What they bought up to that moment.</summary>
internal sealed record WhyPurchases(int Lines, int Visits, DateOnly? FirstVisit, DateOnly? LastVisit, decimal Revenue);

/// <summary>Something that happened, in words.</summary>
internal sealed record WhyEvent(DateTimeOffset At, string What);

/// <summary>Of the last import, whatever the moment.</summary>
/// <param name="RestsOn">A column of an imported file, or the customer exception; null while nothing said anything.</param>
/// <param name="Since">The local day since which it is so.</param>
internal sealed record WhyPermission(bool IsGiven, string? RestsOn, DateOnly? Since);

/// <summary>A referral by, or of, this customer.</summary>
/// <param name="Referrer">The customer who referred.</param>
internal sealed record WhyReferral(string Id, string Referrer, DateTimeOffset At, string State, string Reason, string Explanation);

/// <summary>What <c>winback why --json</c> prints.</summary>
/// <param name="Answers">The rule's answer about <paramref name="AsOf"/>, one per campaign.</param>
/// <param name="Unknown">With --on: what no dated fact tells, and what was taken in its place.</param>
/// <param name="Referred">The friends they sent by that moment, and what has come of it by now.</param>
/// <param name="ReferredBy">By whom they came.</param>
/// <param name="History">Up to that moment, the earliest first.</param>
internal sealed record Why(
    string Customer, DateTimeOffset AsOf, IReadOnlyList<WhyCampaign> Answers, IReadOnlyList<string> Unknown, WhyPermission Permission, WhyPurchases Purchases,
    IReadOnlyList<WhySubscription> Subscriptions, IReadOnlyList<WhyOutreach> Sent, IReadOnlyList<WhyReferral> Referred,
    IReadOnlyList<WhyReferral> ReferredBy, IReadOnlyList<WhyEvent> History);

/// <summary>Puts together what is known about one customer.</summary>
internal static class WhyReport
{
    /// <param name="then">A moment that is past; null for now.</param>
    /// <returns>Null when there is no such customer.</returns>
    public static async Task<Why?> ReadAsync(IServiceProvider parts, CustomerId id, Moment? then, CancellationToken cancel)
    {
        if (await parts.GetRequiredService<HistoryReader>().ReadAsync(id, cancel) is not { } history) return null;
        var at = then ?? parts.GetRequiredService<OwnerClock>().Now;
        var (verdicts, unknown) = then is null
            ? (await parts.GetRequiredService<Examiner>().ExamineAsync(history.Customer, at, cancel), [])
            : await AskAsync(parts, history, at, cancel);
        var purchases = history.Purchases.Where(p => Rewind.Happened(p, at)).ToList();
        var visits = VisitRule.Summarise(purchases);
        var referrals = parts.GetRequiredService<ReferralBook>();
        return new Why(
            id.Value, at.Instant, [.. verdicts.Select(Describe)], unknown,
            new WhyPermission(history.Customer.MarketingPermission, RestsOn(history.Profile.PermissionSource), history.Profile.PermissionSince),
            new WhyPurchases(purchases.Count, visits.Visits, visits.FirstVisit, visits.LastVisit, visits.Revenue.Amount),
            [.. history.Subscriptions.Where(s => s.Start <= at.Today).OrderBy(s => s.Start).Select(s => new WhySubscription(s.Number, s.Plan, s.Start, s.RenewalDate, s.AutoRenews))],
            [.. history.Outreach.Where(o => o.Times.Values.Min() <= at.Instant).OrderBy(o => o.At).Select(o => Describe(o, history))],
            Describe(await referrals.OfAsync(id, cancel), at), Describe(await referrals.OfFriendAsync(id, cancel), at),
            [.. Events(history, at).Where(e => e.At <= at.Instant).OrderBy(e => e.At)]);
    }

    /// <summary>The word of a state: handed-over, due-again.</summary>
    public static string Word(StepState state) => JsonNamingPolicy.KebabCaseLower.ConvertName(state.ToString());

    private static async Task<(IReadOnlyList<Verdict> Verdicts, IReadOnlyList<string> Unknown)> AskAsync(
        IServiceProvider parts, CustomerHistory history, Moment then, CancellationToken cancel)
    {
        var catalog = parts.GetRequiredService<CampaignCatalog>();
        foreach (var enrolment in history.Enrolments) await catalog.FindAsync(enrolment.Campaign, enrolment.Version, cancel);
        var campaigns = await catalog.AtAsync(then.Instant, cancel);
        var rewound = Rewind.To(
            history, then, campaigns, new Standing(parts.GetRequiredService<ReplyOptions>(), then.Zone));
        var verdicts = parts.GetRequiredService<Rule>().Ask(rewound.Customer, campaigns, then);
        return (verdicts, verdicts.Count > 0 ? rewound.Unknown : [.. rewound.Unknown, "No campaign was published by then."]);
    }

    private static WhyCampaign Describe(Verdict verdict) => verdict switch
    {
        Due due => new WhyCampaign(due.Campaign, "due", due.Step.Id, Labels.Of(due.Step.Channel), null, due.Detail, null),
        Excluded excluded => new WhyCampaign(excluded.Campaign, "excluded", null, null, excluded.Reason.Word(), excluded.Detail, excluded.Reason.Explain()),
        _ => new WhyCampaign(verdict.Campaign, "waiting", null, null, null, verdict.Detail, null),
    };

    private static WhyOutreach Describe(OutreachRecord o, CustomerHistory history) => new(
        o.Campaign, history.Enrolments.FirstOrDefault(e => e.Campaign == o.Campaign && e.Anchor == o.Anchor)?.Version, o.Anchor.ToString(), o.Step, Labels.Of(o.Channel), Word(o.State), o.At,
        o.Times.ToDictionary(t => Word(t.Key), t => t.Value), o.Delivery.ToDictionary(d => Labels.Of(d.Key), d => d.Value), o.Problem, o.ByHandAt);

    private static IReadOnlyList<WhyReferral> Describe(IReadOnlyList<DecidedReferral> referrals, Moment at) =>
    [
        .. referrals.Where(r => r.Referral.ReceivedAt <= at.Instant).Select(r => new WhyReferral(
            r.Referral.Id, r.Referral.Referrer.Value, r.Referral.ReceivedAt, r.Decision.State.Word(), r.Decision.Reason.Word(), r.Decision.Reason.Explain())),
    ];

    private static IEnumerable<WhyEvent> Events(CustomerHistory history, Moment at)
    {
        foreach (var e in history.Enrolments)
        {
            var from = e.Anchor.Subject.Length == 0 ? $"since the visit of {Day(e.Anchor.Date)}" : $"since {e.Anchor.Subject} ends on {Day(e.Anchor.Date)}";
            yield return new WhyEvent(Start(e.Started), $"Enrolled in {e.Campaign}, {from}. The campaign's version: {e.Version}.");
            if (e.WonBackOn is { } won) yield return new WhyEvent(Start(won), $"Won back by {e.Campaign}: bought for {e.Revenue} within its attribution window.");
        }
        foreach (var o in history.Outreach)
        {
            foreach (var (state, since) in o.Times)
            {
                var problem = state == o.State && o.Problem is { } p ? $": {p}" : "";
                yield return new WhyEvent(since, $"{o.Campaign}, {o.Step}: {Sentence(state, o.Channel)}{problem}.");
            }
            if (o.ByHandAt is { } byHand) yield return new WhyEvent(byHand, $"{o.Campaign}, {o.Step}: settled by hand.");
        }
        foreach (var e in history.MailEvents) yield return new WhyEvent(e.At, $"{e.Campaign}, {e.Step}: {Sentence(e.Kind)}{(e.Reason is { } reason ? $": {reason}" : "")}.");
        foreach (var reply in history.Replies.SelectMany(WhyReply.Events)) yield return reply;
        foreach (var call in history.Calls) yield return new WhyEvent(call.At, $"Called: {Labels.Of(call.Outcome)}.");
        var c = history.Customer;
        if (c.OptedOutAt is { } optedOut) yield return new WhyEvent(optedOut, "Unsubscribed from marketing mail.");
        if (c.ServiceOptedOutAt is { } noReminders) yield return new WhyEvent(noReminders, "Asked for no more reminders.");
        if (c is { Suppressed: { } why, SuppressedAt: { } suppressed }) yield return new WhyEvent(suppressed, $"Nothing goes to this mailbox any more: {why}.");
        if (c.PausedAt is { } paused) yield return new WhyEvent(paused, c.PausedUntil is { } until ? $"Asked for no invitations until {Day(until)}." : "Ended the pause.");
        if (c.MarketingEveryAt is { } chosen)
            yield return new WhyEvent(chosen, c.MarketingEveryDays == 0 ? "Chose to be written to as often as anybody." : $"Asked for at most one invitation in {c.MarketingEveryDays} days.");
        if (history.Profile.LanguageChosenAt is { } spoken) yield return new WhyEvent(spoken, $"Chose mail in {(history.Profile.Language == "en" ? "English" : "Dutch")}.");
        if (c.ErasedAt is { } erased) yield return new WhyEvent(erased, "Asked to be erased.");
        if (c.DeceasedAt is { } deceased) yield return new WhyEvent(deceased, "Was reported deceased.");

        DateTimeOffset Start(DateOnly day) => Moment.InstantOf(day.ToDateTime(TimeOnly.MinValue), at.Zone);
    }

    /// <summary>What a permission rests on, in words.</summary>
    public static string? RestsOn(PermissionSource? source) => source switch
    {
        PermissionSource.Column => "a column of an imported file",
        PermissionSource.CustomerException => "the customer exception",
        _ => null,
    };

    private static string Sentence(StepState state, Channel channel) => state switch
    {
        StepState.HandedOver when channel == Channel.Phone => "a call, came onto the call sheet",
        StepState.HandedOver => "handed over to the mail provider",
        StepState.Uncertain => "may or may not have been sent",
        StepState.Failed => "failed, surely not sent",
        StepState.DueAgain => "is to be sent again",
        _ => "is being sent",
    };

    private static string Sentence(MailEventKind kind) => kind switch
    {
        MailEventKind.Processed => "the mail provider has it",
        MailEventKind.Deferred => "the other side asks to wait",
        MailEventKind.Dropped => "the mail provider did not send it",
        MailEventKind.Delivered => "delivered",
        MailEventKind.HardBounce => "bounced for good",
        MailEventKind.SoftBounce => "bounced for now",
        MailEventKind.Open => "opened",
        MailEventKind.Click => "a link was opened",
        MailEventKind.SpamReport => "called spam",
        MailEventKind.GroupResubscribe => "subscribed again at the mail provider, which changes nothing here",
        _ => "unsubscribed at the mail provider",
    };

    private static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
