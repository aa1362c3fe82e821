using System.Globalization;
using Winback.Calls;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Mail;
using Winback.Outreach;
using Winback.Tests.Fakes;

namespace Winback.Tests.Outreach;

/// <summary>A step that is a call, from the queue to the call sheet. Nothing is sent for it.</summary>
public sealed class CallStepTests : IDisposable
{
    private const string Campaign = CoachFolder.Campaign;

    private static readonly CustomerId K1 = CustomerId.Parse("k1");

    private readonly CoachFolder _coach = new();
    private readonly InMemoryApp _app;

    public CallStepTests() => _app = NewApp(_coach);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _app.Dispose();
        _coach.Dispose();
    }

    [Fact]
    public async Task A_mail_is_followed_by_a_call_and_that_by_a_mail_whether_anybody_called_or_not()
    {
        await LiveUntilAsync("2026-10-13"); // Tuesday
        Assert.Equal(["how-is-it-going"], Sent);
        Assert.Empty(await SheetAsync());

        await LiveUntilAsync("2026-10-19");
        Assert.Empty(await SheetAsync());
        await LiveUntilAsync("2026-10-20");
        var entry = Assert.Single(await SheetAsync());
        Assert.Equal((CallReason.Step, Campaign, "catch-up", "06-12345678"), (entry.Why, entry.Campaign, entry.Step, entry.Phone));
        Assert.Equal("2026-10-20", $"{_app.Get<OwnerClock>().Now.DayOf(entry.Since):yyyy-MM-dd}");
        Assert.Single(Sent);

        await LiveUntilAsync("2026-11-09"); // 20 days later it still waits for somebody to call
        Assert.Equal("catch-up", Assert.Single(await SheetAsync()).Step);
        await LiveUntilAsync("2026-11-10");
        Assert.Equal(["how-is-it-going", "door-open"], Sent);
        Assert.Empty(await SheetAsync()); // what there was to say is past
        Assert.Equal(EnrolmentEnd.Finished, _app.Customers["k1"].Marketing?.Ended);
        Assert.Equal([(Channel.Mail, "door-open"), (Channel.Mail, "how-is-it-going"), (Channel.Phone, "catch-up")], _app.Outreach.All.Select(o => (o.Channel, o.Step)).Order());
        Assert.All(_app.Outreach.All, o => Assert.Equal(StepState.HandedOver, o.State));
    }

    [Fact]
    public async Task What_to_say_is_in_the_language_of_the_customer()
    {
        Change(p => p with { Language = "en" });
        await LiveUntilAsync("2026-10-20");
        var say = Assert.Single(await SheetAsync()).Say;
        Assert.Equal("Hear how Sam is doing, and whether you can be of use", say[0]);
        Assert.Equal("Begin with your name, Eetkamer De Linde, and ask whether this is a good moment. If not, agree on another.", say[1]);
        Assert.Contains("- If they want to go on: agree on a date at once.", say);
    }

    [Fact]
    public async Task The_same_call_queued_ten_times_comes_onto_the_sheet_once()
    {
        await LiveUntilAsync("2026-10-19");
        _app.Time.Advance(TimeSpan.FromDays(1));
        var message = new OutreachMessage("k1", Campaign, "catch-up", _app.Time.GetUtcNow());
        Assert.Equal(OutreachOutcome.OnCallSheet, await _app.Sender.HandleAsync(message, Cancel));
        var version = _app.Customers.VersionOf("k1");
        for (var i = 0; i < 9; i++) Assert.Equal(OutreachOutcome.Dropped, await _app.Sender.HandleAsync(message, Cancel));
        Assert.Equal((version, 2), (_app.Customers.VersionOf("k1"), _app.Outreach.All.Count));
        Assert.Single(await SheetAsync());
    }

    [Fact]
    public async Task A_claim_left_behind_comes_onto_the_sheet_after_all_since_nobody_else_can_have_put_it_there()
    {
        await LiveUntilAsync("2026-10-19");
        _app.Time.Advance(TimeSpan.FromDays(1));
        var (message, at) = (new OutreachMessage("k1", Campaign, "catch-up", _app.Time.GetUtcNow()), _app.Time.GetUtcNow());
        _app.Effects.StopAfter(2); // the code of its pages, the claim
        await Assert.ThrowsAsync<KilledException>(() => _app.Sender.HandleAsync(message, Cancel));
        _app.Effects.Restart();
        Assert.Equal("customer k1 changed", _app.Effects.Done[^1]);
        Assert.Equal(StepState.Claimed, _app.Customers["k1"].Marketing?.State);
        Assert.Empty(await SheetAsync());

        _app.Time.Advance(TimeSpan.FromMinutes(10));
        await _app.Sender.HandleAsync(message, Cancel);

        Assert.Equal((StepState.HandedOver, at), (_app.Customers["k1"].Marketing?.State, _app.Customers["k1"].Marketing?.At));
        Assert.Equal(at, Assert.Single(await SheetAsync()).Since);
    }

    [Theory]
    [InlineData(false, new[] { 0, 7, 28 })]
    [InlineData(true, new[] { 0, 7 })]
    public async Task Killed_after_any_effect_every_step_is_made_once(bool twice, int[] days)
    {
        var runs = 0;
        for (var first = 0; await LiveAsync(days, first); first++)
        {
            runs++;
            for (var second = 0; twice && await LiveAsync(days, first, second); second++) runs++;
        }
        Assert.InRange(runs, 6 * days.Length * (twice ? 6 : 1), 10_000);
    }

    [Theory]
    [InlineData("suppressed", OutreachOutcome.OnCallSheet)]
    [InlineData("no address", OutreachOutcome.OnCallSheet)]
    [InlineData("mailbox suppressed", OutreachOutcome.OnCallSheet)] // which the row does not know yet
    [InlineData("mailbox opted out", OutreachOutcome.Dropped)]
    [InlineData("opted out", OutreachOutcome.Dropped)]
    [InlineData("no number", OutreachOutcome.Dropped)]
    public async Task What_a_mailbox_refuses_stops_no_call_and_what_the_person_says_does(string what, OutreachOutcome expected)
    {
        await LiveUntilAsync("2026-10-19");
        _app.Time.Advance(TimeSpan.FromDays(1));
        var key = _app.Customers.ProfileOf("k1").MailboxKey!;
        var mailbox = _app.Mailboxes[key]!;
        switch (what)
        {
            case "suppressed": _app.Customers.Change("k1", c => c with { Suppressed = "hard bounce" }); break;
            case "no address": _app.Customers.Put(_app.Customers["k1"] with { HasUsableAddress = false }, _app.Customers.ProfileOf("k1") with { Email = null, MailboxKey = null }); break;
            case "mailbox suppressed": _app.Mailboxes.Put(mailbox with { Health = mailbox.Health.Hear(MailboxNews.HardBounce, _app.Time.GetUtcNow(), "e1") }); break;
            case "mailbox opted out": _app.Mailboxes.Put(mailbox with { OptedOutAt = _app.Time.GetUtcNow() }); break;
            case "opted out": _app.Customers.Change("k1", c => c with { OptedOutAt = _app.Time.GetUtcNow() }); break;
            default: Change(p => p with { Phone = " " }); break;
        }
        Assert.Equal(expected, await _app.Sender.HandleAsync(new OutreachMessage("k1", Campaign, "catch-up", _app.Time.GetUtcNow()), Cancel));
        Assert.Equal(expected == OutreachOutcome.OnCallSheet ? 1 : 0, (await SheetAsync()).Count);
    }

    [Fact]
    public async Task A_call_without_a_number_is_passed_over_and_the_last_mail_leaves_on_its_day()
    {
        Change(p => p with { Phone = null });
        await LiveUntilAsync("2026-11-10");
        Assert.Equal(["how-is-it-going", "door-open"], Sent);
        Assert.DoesNotContain(_app.Outreach.All, o => o.Channel == Channel.Phone);
    }

    [Fact]
    public async Task Who_has_no_address_is_called_with_links_that_work_and_a_coupon_that_stays()
    {
        using var coach = new CoachFolder(
            """{ "id": "catch-up", "channel": "phone" }, { "id": "door-open", "afterDays": 10 }""", """ "offer": { "text": { "nl": "een gratis uur", "en": "a free hour" } },""");
        coach.Append("catch-up.nl.md", "\nAanbod: {{offer.text}}, code {{offer.code}} tot {{offer.valid_until}}. Afmelden: {{links.unsubscribe}}\n");
        using var app = NewApp(coach);
        app.Customers.Put(app.Customers["k1"] with { HasUsableAddress = false }, app.Customers.ProfileOf("k1") with { Email = null, MailboxKey = null });
        await app.ScanAndSendAsync(Cancel);
        var said = (await app.Get<CallSheet>().ReadAsync(null, Cancel)).Single().Say[^1];
        Assert.Matches("^Aanbod: een gratis uur, code [0-9A-Z]{8} tot donderdag 12 november 2026\\. Afmelden: https://post\\.delinde\\.example/api/preferences/", said);

        app.Time.Advance(TimeSpan.FromDays(3));
        var later = (await app.Get<CallSheet>().ReadAsync(null, Cancel)).Single().Say[^1];
        Assert.Equal(said[..said.IndexOf("Afmelden", StringComparison.Ordinal)], later[..later.IndexOf("Afmelden", StringComparison.Ordinal)]);
    }

    [Theory] // It comes onto the sheet on 13 October at noon, and is made on the 16th.
    [InlineData("2026-10-14", "2026-10-16 reached", null)] // came back by themselves
    [InlineData("2026-10-15", "", null)]
    [InlineData("2026-10-17", "2026-10-16 reached", "2026-10-17")]
    [InlineData("2026-10-17", "2026-10-16 no-answer", null)] // nobody was spoken to
    [InlineData("2027-01-14", "2026-10-16 comes-back", "2027-01-14")] // 90 days after the call
    [InlineData("2027-01-15", "2026-10-16 comes-back", null)]
    [InlineData("2026-10-27", "", "2026-10-27")] // the mail of Monday the 26th was the first contact
    [InlineData("2026-10-25", "", null)]
    public async Task What_a_campaign_that_begins_with_a_call_wins_counts_from_the_call_that_was_made(string bought, string called, string? wonBackOn)
    {
        using var coach = new CoachFolder("""{ "id": "catch-up", "channel": "phone" }, { "id": "door-open", "afterDays": 10 }""");
        using var app = NewApp(coach);
        var day = Day(bought);
        for (var today = Day("2026-10-13"); today <= day; today = today.AddDays(1))
        {
            app.Time.SetUtcNow(InMemoryApp.Start.AddDays(today.DayNumber - Day("2026-10-13").DayNumber));
            await app.ScanAndSendAsync(Cancel);
            if (called.StartsWith($"{today:yyyy-MM-dd} ", StringComparison.Ordinal)) await NoteAsync(app, called[11..]);
        }
        await app.Book.AddPurchasesAsync(K1, [new Purchase(K1, day, null, new Money(9_000), null, null, 0)], Cancel);
        if (called.Length > 0 && Day(called[..10]) > day)
        {
            app.Time.SetUtcNow(InMemoryApp.Start.AddDays(Day(called[..10]).DayNumber - Day("2026-10-13").DayNumber));
            await NoteAsync(app, called[11..]);
        }
        Assert.Equal(wonBackOn, app.Enrolments.All.Single().WonBackOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_mail_that_was_refused_after_a_call_that_nobody_made_is_no_contact()
    {
        using var coach = new CoachFolder("""{ "id": "catch-up", "channel": "phone" }, { "id": "door-open", "afterDays": 13 }""");
        using var app = NewApp(coach);
        await app.ScanAndSendAsync(Cancel);
        app.Time.SetUtcNow(InMemoryApp.Start.AddDays(13));
        app.Mail.Next(new Refused("no such mailbox"));
        await app.ScanAndSendAsync(Cancel);
        Assert.Equal(StepState.Failed, app.Customers["k1"].Marketing?.State);
        await app.Book.AddPurchasesAsync(K1, [new Purchase(K1, Day("2026-10-27"), null, new Money(9_000), null, null, 0)], Cancel);
        Assert.Null(app.Enrolments.All.Single().WonBackOn);
    }

    private IEnumerable<string> Sent => _app.Mail.Sent.Select(m => m.Tags["step"]);

    private static InMemoryApp NewApp(CoachFolder coach)
    {
        var app = coach.NewApp();
        app.AddLapsed("k1");
        app.Customers.Put(app.Customers["k1"], app.Customers.ProfileOf("k1") with { Phone = "06-12345678" });
        return app;
    }

    private async Task<bool> LiveAsync(int[] days, params int[] kills)
    {
        using var app = NewApp(_coach);
        var wasKilled = await KilledWeeks.LiveAsync(app, K1, days, kills);
        var story = $"killed after {string.Join(" and ", kills)} effects: {string.Join("; ", app.Effects.Done)}";
        string[] steps = [.. new[] { "how-is-it-going", "catch-up", "door-open" }.Take(days.Length)];
        foreach (var step in steps)
        {
            var record = app.Outreach.All.SingleOrDefault(r => r.Step == step);
            Assert.True(record is { State: StepState.HandedOver } or { State: StepState.Uncertain, Channel: Channel.Mail }, $"{step} is {record?.State}; {story}");
            Assert.True(app.Mail.Sent.Count(m => m.Tags["step"] == step) <= (step == "catch-up" ? 0 : 1), $"{step} was sent twice; {story}");
        }
        var onSheet = (await app.Get<CallSheet>().ReadAsync(null, Cancel)).Count;
        Assert.True(onSheet == (days.Length == 2 ? 1 : 0), $"{onSheet} on the sheet; {story}");
        Assert.True(app.Enrolments.All.Count == 1 && app.Customers["k1"].Marketing?.Step == steps[^1], $"{app.Customers["k1"].Marketing}; {story}");
        return wasKilled;
    }

    private async Task LiveUntilAsync(string day)
    {
        while (_app.Get<OwnerClock>().Now.Today < Day(day))
        {
            await _app.ScanAndSendAsync(Cancel);
            _app.Time.Advance(TimeSpan.FromDays(1));
        }
        await _app.ScanAndSendAsync(Cancel);
    }

    private Task<IReadOnlyList<CallEntry>> SheetAsync() => _app.Get<CallSheet>().ReadAsync(null, Cancel);

    private static Task<NotedCall?> NoteAsync(InMemoryApp app, string outcome) => app.Get<CallBook>().NoteAsync(
        K1, new CallNote(Winback.Replies.Reading.Labels.TryParse<CallOutcome>(outcome, out var parsed) ? parsed : throw new FormatException(outcome)), Cancel);

    private void Change(Func<Profile, Profile> change) => _app.Customers.Put(_app.Customers["k1"], change(_app.Customers.ProfileOf("k1")));

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
