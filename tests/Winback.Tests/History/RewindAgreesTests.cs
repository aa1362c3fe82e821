using Winback.Campaigns;
using Winback.Customers;
using Winback.Customers.Import;
using Winback.History;
using Winback.Mail;
using Winback.Outreach;
using Winback.Replies;
using Winback.Replies.Reading;
using Winback.Tests.Fakes;

namespace Winback.Tests.History;

/// <summary>What the rule said every day for three months is what it says afterwards about each of those days.</summary>
public sealed class RewindAgreesTests : IDisposable
{
    private const int Days = 90;

    private readonly InMemoryApp _app = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Moment Now => _app.Get<OwnerClock>().Now;

    public void Dispose() => _app.Dispose();

    public static TheoryData<string, int> Stories => new()
    {
        { "nothing happens", 0 },
        { "buys", 20 },
        { "buys on the day of the first mail", 0 },
        { "opts out", 5 },
        { "opts out", 30 },
        { "replies", 3 },
        { "replies", 40 },
        { "is refused, and retried", 0 },
        { "is uncertain", 0 },
        { "is uncertain, and settled as sent", 0 },
        { "is uncertain, and settled as not sent", 0 },
        { "ends a subscription", 0 },
        { "ends a subscription, and opts out", 12 },
        { "ends a subscription, uncertain", 0 },
    };

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task Every_day_is_told_as_it_was(string story, int day)
    {
        await BeginAsync(story);
        var told = new List<(Moment Noon, string[] Words)>();
        for (var i = 0; i < Days; i++)
        {
            var noon = Now;
            var customer = (await _app.Customers.FindAsync(CustomerId.Parse("k1"), Cancel))!.Customer;
            told.Add((noon, Words(await _app.Get<Examiner>().ExamineAsync(customer, noon, Cancel))));
            _app.Time.Advance(TimeSpan.FromMinutes(1));
            if (i == 0 && story.Contains("refused", StringComparison.Ordinal)) _app.Mail.Next(new Refused("no such mailbox"));
            if (i == 0 && story.Contains("uncertain", StringComparison.Ordinal)) _app.Mail.Next(new Unknown("no answer"));
            await _app.ScanAndSendAsync(Cancel);
            _app.Time.Advance(TimeSpan.FromMinutes(1));
            if (i == day) await HappenAsync(story);
            if (i == 4) await SettleAsync(story);
            _app.Time.SetUtcNow(Moment.InstantOf(noon.Today.AddDays(1).ToDateTime(new TimeOnly(12, 0)), noon.Zone));
        }

        var history = (await _app.Get<HistoryReader>().ReadAsync(CustomerId.Parse("k1"), Cancel))!;
        var campaigns = _app.ShippedSet;
        Assert.Multiple([
            .. told.Select(t => (Action)(() => Assert.Equal(
                (t.Noon.Today, string.Join(", ", t.Words)),
                (t.Noon.Today, string.Join(", ", Words(_app.Get<Rule>().Ask(Rewind.To(history, t.Noon, campaigns, new Standing(new ReplyOptions(), t.Noon.Zone)).Customer, campaigns, t.Noon))))))),
        ]);
    }

    private static string[] Words(IReadOnlyList<Verdict> verdicts) => [.. verdicts.Select(v => $"{v.Campaign}: {Winback.Tests.Campaigns.Given.Word(v)}")];

    private async Task BeginAsync(string story)
    {
        _app.AddLapsed("k1");
        // From facts, as an import would: what is rewound is recomputed from them.
        var id = CustomerId.Parse("k1");
        await _app.Book.ApplyAsync(id, [new PurchaseRow(new Purchase(id, new DateOnly(2026, 2, 10), null, new Money(12_300), null, null, 0))], Cancel);
        if (!story.Contains("subscription", StringComparison.Ordinal)) return;
        var ends = Now.Today.AddDays(25);
        await _app.Book.ApplyAsync(id, [new SubscriptionRow(id, new Subscription("S1", "unlimited", ends.AddYears(-1), ends, false))], Cancel);
    }

    private async Task HappenAsync(string story)
    {
        var id = CustomerId.Parse("k1");
        if (story.StartsWith("buys", StringComparison.Ordinal))
            await _app.Book.AddPurchasesAsync(id, [new Purchase(id, Now.Today, Now.Instant, new Money(4500), null, null, 0)], Cancel);
        if (story.Contains("opts out", StringComparison.Ordinal))
        {
            var messageClass = story.Contains("subscription", StringComparison.Ordinal) ? MessageClass.Service : MessageClass.Marketing;
            await _app.Get<OptOut>().ApplyAsync(new UnsubscribeLink(id, messageClass, _app.MailboxKey("k1@klant.example")), Cancel);
        }
        if (story != "replies") return;
        await _app.Get<Conversation>().TakeAsync(
            new Reply("r1", id, InMemoryApp.Restaurant, "invitation", Now.Instant, Road.Mail, "Re:", "Thanks") { Reading = ReplyReading.Given("Thanks", Reason.None, SubReason.None, Intent.Thanks) }, Cancel);
    }

    private async Task SettleAsync(string story)
    {
        if (story.Contains("retried", StringComparison.Ordinal)) Assert.True((await _app.Get<ByHand>().RetryAsync(_app.Outreach.All.Single(), false, Cancel)).Done);
        if (story.EndsWith("not sent", StringComparison.Ordinal)) Assert.True((await _app.Get<ByHand>().NotSentAsync(_app.Outreach.All.Single(), Cancel)).Done);
        if (story.EndsWith("as sent", StringComparison.Ordinal)) Assert.True((await _app.Get<ByHand>().SentAsync(_app.Outreach.All.Single(), Cancel)).Done);
    }
}
