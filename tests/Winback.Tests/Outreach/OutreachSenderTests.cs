using Winback.Customers;
using Winback.Outreach;
using Winback.Tests.Fakes;

namespace Winback.Tests.Outreach;

/// <summary>One due step, from the queue to the provider.</summary>
public sealed class OutreachSenderTests : IDisposable
{
    private static readonly DateTimeOffset Now = InMemoryApp.Start;

    private readonly InMemoryApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_due_step_is_sent_and_recorded()
    {
        _app.AddLapsed("k1");

        Assert.Equal(OutreachOutcome.Sent, await HandleAsync());

        var mail = Assert.Single(_app.Mail.Sent);
        Assert.Equal("k1@klant.example", mail.To.Address.Value);
        Assert.Equal((InMemoryApp.Restaurant, "invitation"), (mail.Headers["X-Winback-Campaign"], mail.Headers["X-Winback-Step"]));
        var slot = _app.Customers["k1"].Marketing!;
        Assert.Equal(("invitation", StepState.HandedOver, Now, true), (slot.Step, slot.State, slot.At, slot.IsActive));
        var record = Assert.Single(_app.Outreach.All);
        Assert.Equal((StepState.HandedOver, $"id-{mail.MessageId}", "invitation"), (record.State, record.ProviderId, record.Step));
        Assert.Equal((slot.Anchor, slot.Version), (_app.Enrolments.All.Single().Anchor, _app.Campaign(InMemoryApp.Restaurant).Version));
    }

    [Fact]
    public async Task A_repeated_message_is_dropped()
    {
        _app.AddLapsed("k1");
        Assert.Equal(OutreachOutcome.Sent, await HandleAsync());
        Assert.Equal(OutreachOutcome.Dropped, await HandleAsync());
        Assert.Single(_app.Mail.Tried);
    }

    [Fact]
    public async Task The_whole_sequence_ends_finished()
    {
        _app.AddLapsed("k1");
        await HandleAsync();
        _app.Time.Advance(TimeSpan.FromDays(13));
        Assert.Equal(OutreachOutcome.Dropped, await HandleAsync("last-chance"));
        _app.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(OutreachOutcome.Sent, await HandleAsync("last-chance"));
        Assert.Equal(EnrolmentEnd.Finished, _app.Customers["k1"].Marketing!.Ended);
        Assert.Equal(["invitation", "last-chance"], _app.Mail.Sent.Select(m => m.Tags["step"]));
    }

    [Fact]
    public async Task A_customer_who_was_deleted_since_the_scan_gets_nothing()
    {
        _app.AddLapsed("k1");
        _app.Customers.Remove("k1");
        Assert.Equal(OutreachOutcome.Dropped, await HandleAsync());
        Assert.Empty(_app.Effects.Done);
    }

    [Theory]
    [InlineData(InMemoryApp.Restaurant, "last-chance")] // another step is due
    [InlineData(InMemoryApp.Restaurant, "gone")]
    [InlineData("gone", "invitation")] // a campaign that was switched off
    [InlineData(InMemoryApp.Renewal, "30-days")] // not due at all
    public async Task What_is_not_due_is_dropped(string campaign, string step)
    {
        _app.AddLapsed("k1");
        Assert.Equal(OutreachOutcome.Dropped, await HandleAsync(step, campaign));
        Assert.Empty(_app.Effects.Done);
    }

    [Fact]
    public async Task What_became_excluded_since_the_scan_is_dropped()
    {
        _app.AddLapsed("k1", c => c with { LastVisit = new DateOnly(2026, 10, 12) });
        Assert.Equal(OutreachOutcome.Dropped, await HandleAsync());
        Assert.Empty(_app.Mail.Tried);
    }

    [Fact]
    public async Task A_claim_that_loses_to_another_writer_asks_again_and_finds_what_he_wrote()
    {
        _app.AddLapsed("k1");
        _app.Customers.BeforeNextWrite(() => _app.Customers.Change("k1", c => c with { PausedUntil = new DateOnly(2026, 12, 1) }));
        Assert.Equal(OutreachOutcome.Dropped, await HandleAsync());
        Assert.Empty(_app.Mail.Tried);
        Assert.Null(_app.Customers["k1"].Marketing);
    }

    [Fact]
    public async Task A_claim_that_loses_to_a_harmless_change_keeps_it_and_sends_once()
    {
        _app.AddLapsed("k1");
        for (var i = 0; i < 3; i++) _app.Customers.BeforeNextWrite(() => _app.Customers.Change("k1", c => c with { Visits = c.Visits + 1 }));
        Assert.Equal(OutreachOutcome.Sent, await HandleAsync());
        Assert.Single(_app.Mail.Tried);
        Assert.Equal(6, _app.Customers["k1"].Visits);
    }

    [Fact]
    public async Task A_claim_that_always_loses_goes_back_to_the_queue()
    {
        _app.AddLapsed("k1");
        for (var i = 0; i < CustomerStoreUpdates.MaxTries; i++) _app.Customers.BeforeNextWrite(() => _app.Customers.Change("k1", c => c));
        await Assert.ThrowsAsync<IOException>(() => HandleAsync());
        Assert.Empty(_app.Mail.Tried);
    }

    [Theory]
    [InlineData(true, false, null, OutreachOutcome.Dropped)]
    [InlineData(false, true, null, OutreachOutcome.Sent)] // no reminders, but invitations are welcome
    [InlineData(false, false, "spam complaint", OutreachOutcome.Dropped)]
    public async Task An_opt_out_of_the_mailbox_that_did_not_reach_the_row_stops_it(bool optedOut, bool serviceOptedOut, string? suppressed, OutreachOutcome expected)
    {
        _app.AddLapsed("k1");
        StopMailbox(optedOut, serviceOptedOut, suppressed);
        Assert.Equal(expected, await HandleAsync());
    }

    [Theory]
    [InlineData(true, false, null, OutreachOutcome.Sent)]
    [InlineData(false, true, null, OutreachOutcome.Dropped)]
    [InlineData(false, false, "hard bounce", OutreachOutcome.Dropped)]
    public async Task For_a_reminder_the_service_opt_out_counts(bool optedOut, bool serviceOptedOut, string? suppressed, OutreachOutcome expected)
    {
        _app.AddMember("k1", daysLeft: 30);
        StopMailbox(optedOut, serviceOptedOut, suppressed);
        Assert.Equal(expected, await HandleAsync("30-days", InMemoryApp.Renewal));
    }

    [Fact]
    public async Task Of_two_customers_with_one_mailbox_one_gets_the_mail()
    {
        _app.AddLapsed("k1", c => c with { SharesMailbox = true }, "samen@klant.example");
        _app.AddLapsed("k2", c => c with { SharesMailbox = true, Revenue = new Money(99_900) }, "samen@klant.example");
        Assert.Equal(OutreachOutcome.Dropped, await HandleAsync(customer: "k1"));
        Assert.Equal(OutreachOutcome.Sent, await HandleAsync(customer: "k2"));
        Assert.Equal(OutreachOutcome.Dropped, await HandleAsync(customer: "k1")); // under the cap of the mailbox now
    }

    [Fact]
    public async Task The_same_step_of_the_same_subscription_is_never_sent_again()
    {
        // S2 ends sooner and takes the slot; then it is renewed ahead, and S1 is the one to be reminded of again.
        var (s1, s2) = (new Subscription("S1", "gym", new(2026, 1, 1), new(2026, 11, 10), false), new Subscription("S2", "sauna", new(2026, 1, 1), new(2026, 10, 30), false));
        _app.AddMember("k1", 0, c => c with { Subscriptions = [s1] });
        Assert.Equal(OutreachOutcome.Sent, await HandleAsync("30-days", InMemoryApp.Renewal));
        _app.Time.Advance(TimeSpan.FromDays(3));
        _app.Customers.Change("k1", c => c with { Subscriptions = [s1, s2] });
        Assert.Equal(OutreachOutcome.Sent, await HandleAsync("30-days", InMemoryApp.Renewal));
        _app.Time.Advance(TimeSpan.FromDays(3));
        _app.Customers.Change("k1", c => c with { Subscriptions = [s1, s2 with { RenewalDate = new(2027, 10, 30) }] });
        Assert.Equal(OutreachOutcome.Dropped, await HandleAsync("30-days", InMemoryApp.Renewal));
        Assert.Distinct(_app.Mail.Sent.Select(m => m.MessageId));
    }

    [Fact]
    public async Task The_coupon_is_another_one_when_somebody_has_it_already()
    {
        _app.AddLapsed("k1");
        var taken = _app.Get<Links>().Code("Coupon", $"k1|{InMemoryApp.Restaurant}|2026-02-10");
        _app.Codes.Put(CodeKind.Coupon, taken, new CodeOwner(CustomerId.Parse("k2"), InMemoryApp.Restaurant));
        await HandleAsync();
        var mine = _app.Codes.All.Single(c => c.Kind == CodeKind.Coupon && !c.Code.Equals(taken, StringComparison.OrdinalIgnoreCase)).Code.ToUpperInvariant();
        Assert.Contains(mine, _app.Mail.Sent.Single().Text, StringComparison.Ordinal);
        Assert.DoesNotContain(taken, _app.Mail.Sent.Single().Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "c", "s")]
    [InlineData("", "c", "s")]
    [InlineData("a|b", "c", "s")]
    [InlineData("k1", "", "s")]
    [InlineData("k1", null, "s")]
    [InlineData("k1", "c", null)]
    public async Task A_malformed_message_is_refused(string? customer, string? campaign, string? step)
    {
        var e = await Assert.ThrowsAsync<FormatException>(
            () => _app.Sender.HandleAsync(new OutreachMessage(customer!, campaign!, step!, Now), TestContext.Current.CancellationToken));
        Assert.Contains("must hold customer, campaign and step", e.Message, StringComparison.Ordinal);
    }

    private void StopMailbox(bool optedOut, bool serviceOptedOut, string? suppressed)
    {
        var mailbox = _app.Mailboxes[_app.MailboxKey("k1@klant.example")]!;
        _app.Mailboxes.Put(mailbox with { OptedOutAt = optedOut ? Now : null, ServiceOptedOutAt = serviceOptedOut ? Now : null, Suppressed = suppressed });
    }

    private Task<OutreachOutcome> HandleAsync(string step = "invitation", string campaign = InMemoryApp.Restaurant, string customer = "k1") =>
        _app.Sender.HandleAsync(new OutreachMessage(customer, campaign, step, _app.Time.GetUtcNow()), TestContext.Current.CancellationToken);
}
