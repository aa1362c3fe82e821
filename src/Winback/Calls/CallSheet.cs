using Winback.Campaigns;
using Winback.Campaigns.Rendering;
using Winback.Customers;
using Winback.Outreach;
using Winback.Replies;
using Winback.Replies.Reading;

namespace Winback.Calls;

/// <summary>A line that was bought.</summary>
public sealed record Bought(DateOnly Day, string? Product, decimal Amount);

/// <summary>The latest reason that a customer gave.</summary>
public sealed record GivenReason(Reason Reason, SubReason SubReason, DateOnly Day);

/// <summary>One customer on the call sheet.</summary>
/// <param name="Since">Since when they are to be called.</param>
/// <param name="Phone">The one on which they asked to be called, else as imported; null where none is known.</param>
/// <param name="AccountManager">Who looks after this customer; null for the owner.</param>
/// <param name="Say">What to say, in sentences.</param>
/// <param name="SayLanguage">Of those: nl or en.</param>
/// <param name="Purchases">The last five lines, the latest first.</param>
/// <param name="Total">All that they bought, in the owner's currency.</param>
/// <param name="NoAnswers">When it was tried in vain.</param>
/// <param name="Reply">The reply that asks for the call.</param>
/// <param name="Campaign">Of a step.</param>
/// <param name="Step">That is the call.</param>
public sealed record CallEntry(
    string Customer, CallReason Why, DateTimeOffset Since, string? Name, string? Phone, string? Email, string? AccountManager, IReadOnlyList<string> Say, string SayLanguage,
    IReadOnlyList<Bought> Purchases, decimal Total, int Visits, DateOnly? LastVisit, GivenReason? EarlierReason, IReadOnlyList<DateTimeOffset> NoAnswers, string? Reply,
    string? Campaign = null, string? Step = null);

/// <summary>Reads the call sheet: whom to call, and what to know before.</summary>
public sealed class CallSheet(
    ICustomerStore customers, IReplyStore replies, IFactStore facts, ICallStore calls, IOutreachStore outreach, CampaignCatalog catalog, CallComposer composer,
    CallOptions options, BusinessOptions business, OwnerClock clock)
{
    private const int ShownPurchases = 5;

    /// <summary>Who asked to be called, then whose step is a call, of both who waits longest first; then of high value, the highest first.</summary>
    /// <param name="language">Of the sheet: nl or en; null for the owner's. What a campaign has to say is in the customer's.</param>
    public async Task<IReadOnlyList<CallEntry>> ReadAsync(string? language, CancellationToken cancel)
    {
        language ??= business.Language;
        var words = CallWords.Of(language, business.Currency);
        var (entries, seen, now) = (new List<CallEntry>(), new HashSet<CustomerId>(), clock.Now);
        await foreach (var request in replies.OpenAsync(cancel))
        {
            if (request.Customer is { } id && request.FollowUp.Tasks.Contains(OwnerTask.Call) && seen.Add(id) && await customers.FindAsync(id, cancel) is { } file)
                await AddAsync(file);
        }
        if (await catalog.HasCallsAsync(cancel))
        {
            await foreach (var call in outreach.CallsAsync(cancel))
            {
                if (await customers.FindAsync(call.Customer, cancel) is not { } file) continue;
                if (CallRule.Steps(file, await catalog.ForAsync(file.Customer, cancel), now).Any() && seen.Add(call.Customer)) await AddAsync(file);
            }
        }
        if (options.HighValue is { } highValue)
        {
            await foreach (var file in customers.OfRevenueAsync(Money.FromAmount(highValue), cancel))
                if (CallRule.IsUnanswered(file, options, now) && seen.Add(file.Customer.Id)) await AddAsync(file);
        }
        return [.. entries.OrderBy(e => e.Why).ThenBy(e => e.Why == CallReason.HighValue ? default : e.Since).ThenByDescending(e => e.Total)
            .ThenBy(e => e.Customer, StringComparer.Ordinal)];

        async Task AddAsync(CustomerFile file)
        {
            var all = await replies.OfAsync(file.Customer.Id, cancel).ToListAsync(cancel);
            var made = await calls.OfAsync(file.Customer.Id, cancel).ToListAsync(cancel);
            var campaigns = await catalog.ForAsync(file.Customer, cancel);
            if (CallRule.Ask(file, all, made, campaigns, options, now) is not { } due) return;
            var points = due.Step is { } step ? await PointsAsync(file, step, campaigns.Of(step)!, now, cancel) : null;
            entries.Add(EntryOf(
                file, due, all, await facts.PurchasesAsync(file.Customer.Id, cancel), points, points is null ? language : file.Profile.Language ?? business.Language, words, now));
        }
    }

    /// <summary>By the version that the enrolment runs under.</summary>
    private Task<TalkingPoints> PointsAsync(CustomerFile file, Enrolment enrolment, Campaign campaign, Moment now, CancellationToken cancel)
    {
        var due = new Due(campaign.Id, campaign.Version, campaign.Steps[campaign.IndexOf(enrolment.Step)], enrolment.Anchor, IsNew: false, "");
        return composer.ComposeAsync(file, campaign, due, now, cancel);
    }

    private static CallEntry EntryOf(
        CustomerFile file, CallDue due, IEnumerable<Reply> all, IEnumerable<Purchase> purchases, TalkingPoints? points, string language, CallWords words, Moment now)
    {
        var (c, p) = (file.Customer, file.Profile);
        var told = all.Where(r => r.Standing is { Automatic: false } reading && reading.Reason != Reason.None).MaxBy(r => r.ReceivedAt);
        IReadOnlyList<Bought> bought =
            [.. purchases.OrderByDescending(s => s.Day).ThenByDescending(s => s.At).Take(ShownPurchases).Select(s => new Bought(s.Day, s.Product, s.Amount.Amount))];
        return new CallEntry(
            c.Id.Value, due.Why, due.Since, p.Name ?? p.FirstName, CallRule.NumberOf(p, due.Request), p.Email, p.AccountManager,
            points is null ? words.Say(c, due, bought, now) : [points.Purpose, .. points.Points], language, bought, c.Revenue.Amount, c.Visits, c.LastVisit,
            told is null ? null : new GivenReason(told.Standing!.Reason, told.Standing.SubReason, now.DayOf(told.ReceivedAt)), due.NoAnswers, due.Request?.Id,
            due.Step?.Campaign, due.Step?.Step);
    }
}
