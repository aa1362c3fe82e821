using Winback.Campaigns;
using Winback.Customers;
using Winback.Customers.Import;
using Winback.Mail;
using Winback.Outreach;
using Winback.Replies;
using Winback.Tests.Campaigns;
using Winback.Tests.Fakes;

namespace Winback.Tests.Outreach;

/// <summary>What failed or is uncertain, and what the owner does about it, from the row to the mail.</summary>
public sealed class ByHandTests : IDisposable
{
    private readonly InMemoryApp _app = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_failed_step_that_is_retried_is_sent_by_the_next_scan_and_only_once()
    {
        _app.AddLapsed("k1");
        await FailAsync("k1");
        await ScanAsync();
        Assert.Empty(_app.Mail.Sent); // it waits for the owner

        Assert.True((await RetryAsync()).Done);
        Assert.False((await RetryAsync()).Done);
        await ScanAsync();
        await ScanAsync();

        Assert.Equal("invitation", Assert.Single(_app.Mail.Sent).Tags["step"]);
        var record = Assert.Single(_app.Outreach.All);
        Assert.Equal((StepState.HandedOver, false, false), (record.State, record.NeedsLook, (await RetryAsync()).Done));
        Assert.NotNull(record.ByHandAt);
    }

    [Fact]
    public async Task A_first_step_sent_later_counts_its_days_from_then()
    {
        _app.AddLapsed("k1");
        await FailAsync("k1");
        _app.Time.Advance(TimeSpan.FromDays(42));
        await RetryAsync();
        await ScanAsync();

        var today = _app.Get<OwnerClock>().Now.Today;
        Assert.Equal(today, _app.Customers["k1"].Marketing!.Started);
        Assert.Equal(today, Assert.Single(_app.Enrolments.All).Started);
        Assert.Contains("5 januari 2027", Assert.Single(_app.Mail.Sent).Text, StringComparison.Ordinal); // the coupon: 42 days from 24 November
    }

    [Fact]
    public async Task A_failed_follow_up_goes_on_where_it_was()
    {
        _app.AddLapsed("k1");
        await ScanAsync();
        _app.Time.Advance(TimeSpan.FromDays(14));
        await FailAsync("k1", "last-chance");

        await RetryAsync("last-chance");
        await ScanAsync();

        Assert.Equal(["invitation", "last-chance"], _app.Mail.Sent.Select(m => m.Tags["step"]));
        Assert.Equal((new DateOnly(2026, 10, 13), EnrolmentEnd.Finished), (_app.Customers["k1"].Marketing!.Started, _app.Customers["k1"].Marketing!.Ended));
    }

    [Fact]
    public async Task A_failed_reminder_goes_while_its_days_last()
    {
        _app.AddMember("k1", 20);
        _app.Mail.Next(new Refused("no such mailbox"));
        await ScanAsync();

        await RetryAsync("30-days");
        await ScanAsync();

        Assert.Equal("30-days", Assert.Single(_app.Mail.Sent).Tags["step"]);
    }

    [Fact]
    public async Task A_step_that_fails_again_is_shown_again()
    {
        _app.AddLapsed("k1");
        await FailAsync("k1");
        await RetryAsync();
        Assert.False(_app.Outreach.All.Single().NeedsLook);
        _app.Time.Advance(TimeSpan.FromMinutes(1));
        await FailAsync("k1");
        Assert.True(_app.Outreach.All.Single().NeedsLook);
        Assert.Empty(_app.Mail.Sent);
    }

    [Fact]
    public async Task A_new_address_sends_what_the_old_one_refused()
    {
        _app.AddLapsed("k1");
        await FailAsync("k1");

        await _app.Book.ApplyAsync(CustomerId.Parse("k1"), [new CustomerRow(CustomerId.Parse("k1"), null, null, "new@klant.example", null, null, null)], Cancel);
        await ScanAsync();

        Assert.Equal("new@klant.example", Assert.Single(_app.Mail.Sent).To.Address.Value);
    }

    [Fact]
    public async Task An_uncertain_step_is_never_retried_without_consent_and_with_it_once()
    {
        _app.AddLapsed("k1");
        _app.Mail.Next(new Unknown("no answer"));
        await ScanAsync();
        Assert.False((await RetryAsync()).Done);
        await ScanAsync();
        Assert.Single(_app.Mail.Tried);

        Assert.True((await RetryAsync(mayBeTwice: true)).Done);
        await ScanAsync();
        await ScanAsync();

        Assert.Equal(2, _app.Mail.Tried.Count);
        Assert.Equal((StepState.HandedOver, true), (_app.Customers["k1"].Marketing!.State, _app.Customers["k1"].Marketing!.SentAgain));
    }

    [Fact]
    public async Task An_uncertain_step_that_was_sent_goes_on_with_the_next()
    {
        _app.AddLapsed("k1");
        _app.Mail.Next(new Unknown("no answer"));
        await ScanAsync();

        Assert.True((await _app.Get<ByHand>().SentAsync(_app.Outreach.All.Single(), Cancel)).Done);

        var record = _app.Outreach.All.Single();
        Assert.Equal((StepState.HandedOver, false, null), (record.State, record.NeedsLook, record.Problem));
        await ScanAsync();
        Assert.Single(_app.Mail.Tried);
        _app.Time.Advance(TimeSpan.FromDays(14));
        await ScanAsync();
        Assert.Equal("last-chance", _app.Mail.Tried[^1].Tags["step"]);
    }

    [Fact]
    public async Task An_uncertain_step_that_was_not_sent_is_sent()
    {
        _app.AddLapsed("k1");
        _app.Mail.Next(new Unknown("no answer"));
        await ScanAsync();

        Assert.True((await _app.Get<ByHand>().NotSentAsync(_app.Outreach.All.Single(), Cancel)).Done);
        await ScanAsync();

        Assert.Equal(2, _app.Mail.Tried.Count);
        Assert.Equal((StepState.HandedOver, false), (_app.Customers["k1"].Marketing!.State, _app.Customers["k1"].Marketing!.SentAgain));
    }

    [Fact]
    public async Task What_is_done_about_one_campaign_leaves_a_step_of_the_same_name_in_another_alone()
    {
        _app.AddLapsed("k1");
        _app.Mail.Next(new Unknown("no answer"));
        await ScanAsync();
        // Another campaign failed before, for the same last visit.
        var failed = _app.Outreach.All.Single() with { Campaign = "we-miss-you", State = StepState.Failed };
        _app.Outreach.Put(failed);
        var uncertain = failed with { State = StepState.Uncertain };

        Assert.False((await _app.Get<ByHand>().RetryAsync(failed, mayBeTwice: true, Cancel)).Done);
        await _app.Get<ByHand>().SentAsync(uncertain, Cancel);
        await _app.Get<ByHand>().NotSentAsync(uncertain, Cancel);
        await ScanAsync();

        Assert.Equal(StepState.Uncertain, _app.Customers["k1"].Marketing!.State);
        Assert.Single(_app.Mail.Tried);
    }

    [Fact]
    public async Task What_the_customer_answered_meanwhile_stands_and_the_failure_can_be_put_away()
    {
        _app.AddLapsed("k1");
        await FailAsync("k1");
        await _app.Get<OptOut>().ApplyAsync(new UnsubscribeLink(CustomerId.Parse("k1"), MessageClass.Marketing, _app.MailboxKey("k1@klant.example")), Cancel);

        var retried = await RetryAsync();
        Assert.Equal((false, "the enrolment is over (opt-out)"), (retried.Done, retried.Detail));
        await ScanAsync();
        Assert.Empty(_app.Mail.Sent);
        Assert.True(_app.Outreach.All.Single().NeedsLook);

        Assert.True((await _app.Get<ByHand>().NotSentAsync(_app.Outreach.All.Single(), Cancel)).Done);
        Assert.Equal((StepState.Failed, false), (_app.Outreach.All.Single().State, _app.Outreach.All.Single().NeedsLook));
    }

    [Fact]
    public async Task A_send_that_overtakes_the_record_is_not_undone()
    {
        _app.AddLapsed("k1");
        await FailAsync("k1");
        var seen = _app.Outreach.All.Single();
        // The scan is quicker than the second write: by then the mail is on its way.
        _app.Outreach.BeforeNextWrite(() => _app.Outreach.Put(seen with { State = StepState.HandedOver, At = _app.Time.GetUtcNow().AddSeconds(1) }));

        Assert.False((await _app.Get<ByHand>().RetryAsync(seen, false, Cancel)).Done);
        Assert.Equal(StepState.HandedOver, _app.Outreach.All.Single().State);
    }

    [Fact]
    public async Task A_claim_that_nobody_completed_is_uncertain_also_when_the_owners_clock_is_ahead()
    {
        _app.AddLapsed("k1");
        await FailAsync("k1");
        await RetryAsync();
        var record = _app.Outreach.All.Single();
        _app.Outreach.Put(record with { At = record.At.AddMinutes(5) }); // by the clock of the owner's computer
        _app.Customers.Change("k1", c => c with { Marketing = c.Marketing! with { State = StepState.Claimed, At = _app.Time.GetUtcNow(), ClaimId = "killed" } });

        _app.Time.Advance(TimeSpan.FromHours(1));
        await ScanAsync();
        await ScanAsync();

        Assert.Equal((StepState.Uncertain, StepState.Uncertain), (_app.Customers["k1"].Marketing!.State, _app.Outreach.All.Single().State));
        Assert.Empty(_app.Mail.Sent);
    }

    [Fact]
    public async Task While_something_is_being_sent_to_the_customer_nothing_is_settled_and_it_stays_open()
    {
        _app.AddLapsed("k1");
        _app.Mail.Next(new Unknown("no answer"));
        await ScanAsync();
        _app.Customers.Change("k1", c => c with { Marketing = Given.Enrolled("we-miss-you", state: StepState.Claimed) with { At = _app.Time.GetUtcNow() } });

        var settled = await _app.Get<ByHand>().NotSentAsync(_app.Outreach.All.Single(), Cancel);

        Assert.Equal((false, "a step of this customer is being handed over; try again in some minutes"), (settled.Done, settled.Detail));
        Assert.True(_app.Outreach.All.Single().NeedsLook);
    }

    [Fact]
    public async Task A_reminder_that_a_later_one_followed_is_not_due_again()
    {
        _app.AddMember("k1", 20);
        _app.Mail.Next(new Unknown("no answer"), new Unknown("no answer"));
        await ScanAsync();
        await ScanAsync();
        _app.Time.Advance(TimeSpan.FromDays(14));
        await ScanAsync();

        var retried = await RetryAsync("30-days", mayBeTwice: true);

        Assert.Equal((false, "its campaign went on since"), (retried.Done, retried.Detail));
        Assert.True(_app.Outreach.All.Single(o => o.Step == "30-days").NeedsLook);
    }

    [Fact]
    public async Task Stopped_anywhere_the_same_again_completes_it_and_sends_once()
    {
        for (var effects = 1; ; effects++)
        {
            using var app = new InMemoryApp();
            app.AddLapsed("k1");
            app.Mail.Next(new Refused("no such mailbox"));
            await app.ScanAndSendAsync(Cancel);
            app.Effects.StopAfter(effects);
            try
            {
                await app.Get<ByHand>().RetryAsync(app.Outreach.All.Single(), false, Cancel);
            }
            catch (KilledException)
            {
                Assert.InRange(effects, 1, 2);
            }
            if (app.Effects.IsArmed) return;
            app.Effects.Restart();
            await app.Get<ByHand>().RetryAsync(app.Outreach.All.Single(), false, Cancel);
            await app.ScanAndSendAsync(Cancel);
            await app.ScanAndSendAsync(Cancel);
            Assert.Equal((1, StepState.HandedOver), (app.Mail.Sent.Count, app.Outreach.All.Single().State));
        }
    }

    private Task<ByHandResult> RetryAsync(string step = "invitation", bool mayBeTwice = false) =>
        _app.Get<ByHand>().RetryAsync(_app.Outreach.All.Single(o => o.Step == step), mayBeTwice, Cancel);

    private async Task FailAsync(string customer, string step = "invitation")
    {
        _app.Mail.Next(new Refused("no such mailbox"));
        Assert.Equal(OutreachOutcome.Failed, await _app.Sender.HandleAsync(new OutreachMessage(customer, InMemoryApp.Restaurant, step, _app.Time.GetUtcNow()), Cancel));
    }

    private Task ScanAsync() => _app.ScanAndSendAsync(Cancel);
}
