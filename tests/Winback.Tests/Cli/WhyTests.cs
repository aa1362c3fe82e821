using Winback.Campaigns;
using Winback.Cli.Commands;
using Winback.Customers;
using Winback.Mail;
using Winback.MailEvents;
using Winback.Outreach;
using Winback.Replies;
using Winback.Replies.Reading;
using Winback.Tests.Campaigns;
using Winback.Tests.Fakes;

namespace Winback.Tests.Cli;

/// <summary><c>winback why</c>: what it knows about one customer, now and on a past day.</summary>
public sealed class WhyTests : IDisposable
{
    private static readonly CustomerId Id = CustomerId.Parse("k1");

    private readonly InMemoryApp _app = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task An_unknown_customer_is_nobody() => Assert.Null(await WhyReport.ReadAsync(_app.Services, Id, null, Cancel));

    [Fact]
    public async Task Everything_that_happened_is_told_in_order_with_the_rules_answer_in_words()
    {
        await LiveAsync();

        var why = (await WhyReport.ReadAsync(_app.Services, Id, null, Cancel))!;

        var answer = why.Answers.Single(a => a.Campaign == InMemoryApp.Restaurant);
        Assert.Equal(("excluded", "opted-out", "They unsubscribed from marketing mail; only they can undo that."), (answer.Answer, answer.Reason, answer.Explanation));
        Assert.Equal((1, new DateOnly(2026, 2, 10), 123m), (why.Purchases.Visits, why.Purchases.LastVisit, why.Purchases.Revenue));
        var version = _app.Enrolments.All.Single().Version;
        Assert.Equal(
            [
                $"Enrolled in {InMemoryApp.Restaurant}, since the visit of 2026-02-10. The campaign's version: {version}.",
                $"{InMemoryApp.Restaurant}, invitation: may or may not have been sent.",
                $"{InMemoryApp.Restaurant}, invitation: settled by hand.",
                $"Replied to invitation of {InMemoryApp.Restaurant}: thanks.",
                "Unsubscribed from marketing mail.",
            ],
            why.History.Select(e => e.What).Where(w => !w.EndsWith("handed over to the mail provider.", StringComparison.Ordinal)));
        var sent = Assert.Single(why.Sent);
        Assert.Equal(("handed-over", version), (sent.State, sent.Version));
        Assert.Equal(["handed-over", "uncertain"], sent.Times.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(why.Unknown);
        Assert.Equal(new WhyPermission(true, null, null), why.Permission);
    }

    [Theory]
    [InlineData(PermissionSource.Column, "a column of an imported file")]
    [InlineData(PermissionSource.CustomerException, "the customer exception")]
    public async Task What_a_permission_rests_on_is_told(PermissionSource source, string words)
    {
        _app.Customers.Put(new Customer { Id = Id, MarketingPermission = true }, new Profile(PermissionSource: source, PermissionSince: new DateOnly(2026, 3, 1)));
        var why = (await WhyReport.ReadAsync(_app.Services, Id, null, Cancel))!;
        Assert.Equal(new WhyPermission(true, words, new DateOnly(2026, 3, 1)), why.Permission);
    }

    [Fact]
    public async Task What_the_mail_provider_told_is_in_the_story()
    {
        await LiveAsync();
        var id = _app.Outreach.All.Single().Id;
        var told = new IncomingMailEvent("e1", id, EmailAddress.Parse("k1@klant.example"), MailEventKind.HardBounce, InMemoryApp.Start.AddMinutes(1), "550 5.1.1 unknown");
        await _app.Get<MailEventBook>().TakeAsync(told, Cancel);

        var why = (await WhyReport.ReadAsync(_app.Services, Id, null, Cancel))!;

        Assert.Equal(InMemoryApp.Start.AddMinutes(1), Assert.Single(why.Sent).Delivery["bounced"]);
        Assert.Equal(
            [$"{InMemoryApp.Restaurant}, invitation: bounced for good: 550 5.1.1 unknown.", "Nothing goes to this mailbox any more: hard bounce."],
            why.History.Where(e => e.At == told.At).Select(e => e.What));
    }

    [Fact]
    public async Task A_past_day_is_answered_from_what_had_happened_by_then_and_says_what_nobody_can_know()
    {
        await LiveAsync();
        var clock = _app.Get<OwnerClock>();

        var before = (await WhyReport.ReadAsync(_app.Services, Id, new Moment(InMemoryApp.Start.AddDays(-7), clock.Zone), Cancel))!;

        var answer = before.Answers.Single(a => a.Campaign == InMemoryApp.Restaurant);
        Assert.Equal(("due", "invitation"), (answer.Answer, answer.Step));
        Assert.Equal((0, 0), (before.Sent.Count, before.History.Count));
        Assert.Contains(before.Unknown, u => u.StartsWith("Permission", StringComparison.Ordinal));
        Assert.All(before.Unknown, u => Assert.EndsWith(".", u, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(-20, "excluded", "active")] // the version of those days wanted 12 months
    [InlineData(-7, "due", null)]
    public async Task A_past_day_is_answered_by_the_version_that_held_then(int day, string answer, string? reason)
    {
        var folder = CampaignFolderCopy.Create();
        var file = Path.Combine(folder.FullName, InMemoryApp.Restaurant, CampaignFiles.DefinitionFile);
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Cancel)).Replace("\"months\": 6", "\"months\": 12", StringComparison.Ordinal), Cancel);
        var earlier = CampaignFiles.Read(folder.FullName, InMemoryApp.Restaurant);
        folder.Delete(true);
        await _app.Definitions.KeepAsync(earlier, Cancel);
        await _app.Definitions.AddAsync(new Publication(InMemoryApp.Restaurant, InMemoryApp.Start.AddDays(-25), PublicationKind.Published, earlier.Version), Cancel);
        await LiveAsync(publishedOn: -10);
        var why = (await WhyReport.ReadAsync(_app.Services, Id, new Moment(InMemoryApp.Start.AddDays(day), _app.Get<OwnerClock>().Zone), Cancel))!;
        var told = why.Answers.Single(a => a.Campaign == InMemoryApp.Restaurant);
        Assert.Equal((answer, reason), (told.Answer, told.Reason));
    }

    [Fact]
    public async Task Before_anything_was_published_nothing_could_be_due()
    {
        await LiveAsync();
        var why = (await WhyReport.ReadAsync(_app.Services, Id, new Moment(InMemoryApp.Start.AddDays(-40), _app.Get<OwnerClock>().Zone), Cancel))!;
        Assert.Empty(why.Answers);
        Assert.Contains("No campaign was published by then.", why.Unknown);
    }

    /// <summary>Gets an invitation of uncertain fate that the owner settles, replies on the next day and opts out on the one after.</summary>
    private async Task LiveAsync(int publishedOn = -30)
    {
        foreach (var definition in _app.Get<ShippedCampaigns>().Definitions)
        {
            await _app.Definitions.KeepAsync(definition.Files, Cancel);
            await _app.Definitions.AddAsync(new Publication(definition.Campaign.Id, InMemoryApp.Start.AddDays(publishedOn), PublicationKind.Published, definition.Campaign.Version), Cancel);
        }
        _app.AddLapsed("k1");
        await _app.Book.AddPurchasesAsync(Id, [new Purchase(Id, new DateOnly(2026, 2, 10), null, new Money(12_300), null, null, 0)], Cancel);
        _app.Mail.Next(new Unknown("no answer"));
        await _app.ScanAndSendAsync(Cancel);
        _app.Time.Advance(TimeSpan.FromHours(1));
        await _app.Get<ByHand>().SentAsync(_app.Outreach.All.Single(), Cancel);
        _app.Time.Advance(TimeSpan.FromDays(1));
        await _app.Replies.TryAddAsync(new Reply("r1", Id, InMemoryApp.Restaurant, "invitation", _app.Time.GetUtcNow(), Road.Mail, "Re:", "Thanks") { Reading = ReplyReading.Given("Thanks", Reason.None, SubReason.None, Intent.Thanks) }, Cancel);
        _app.Time.Advance(TimeSpan.FromDays(1));
        await _app.Get<OptOut>().ApplyAsync(new UnsubscribeLink(Id, MessageClass.Marketing, _app.MailboxKey("k1@klant.example")), Cancel);
        _app.Time.Advance(TimeSpan.FromDays(1));
    }
}
