using Winback.Customers;
using Winback.Outreach;
using Winback.Tests.Fakes;

namespace Winback.Tests.Outreach;

/// <summary>
/// The app is killed after each of its effects in turn, from the scan's first write to the record of the last step, and goes on as the Functions host
/// would have it: a message that was not handled comes back, a scan runs every hour. Whatever was killed, nobody is sent twice and nobody is lost.
/// </summary>
public sealed class OutreachKillTests
{
    private static readonly CustomerId Customer = CustomerId.Parse("k1");

    /// <summary>The days on which a step is due, counted from <see cref="InMemoryApp.Start"/>.</summary>
    private static readonly (string Step, int Day)[] RestaurantSteps = [("invitation", 0), ("last-chance", 14)];

    private static readonly (string Step, int Day)[] RenewalSteps = [("30-days", 0), ("7-days", 23), ("1-day", 29)];

    [Fact]
    public Task A_marketing_campaign_killed_after_any_effect_sends_no_step_twice_and_loses_none() =>
        KillEverywhereAsync(InMemoryApp.Restaurant, RestaurantSteps, twice: false);

    [Fact]
    public Task A_service_campaign_killed_after_any_effect_sends_a_step_again_only_when_it_was_uncertain() =>
        KillEverywhereAsync(InMemoryApp.Renewal, RenewalSteps, twice: false);

    [Fact]
    public Task A_first_invitation_killed_after_any_two_effects_is_sent_once_at_most() =>
        KillEverywhereAsync(InMemoryApp.Restaurant, RestaurantSteps[..1], twice: true);

    [Fact]
    public Task A_first_reminder_killed_after_any_two_effects_is_sent_again_once_at_most() =>
        KillEverywhereAsync(InMemoryApp.Renewal, RenewalSteps[..1], twice: true);

    [Theory]
    [InlineData(InMemoryApp.Restaurant, "invitation", false, StepState.Uncertain, 1)]
    [InlineData(InMemoryApp.Renewal, "30-days", false, StepState.HandedOver, 2)] // its policy sends it once more
    [InlineData(InMemoryApp.Restaurant, "invitation", true, StepState.HandedOver, 1)]
    [InlineData(InMemoryApp.Renewal, "30-days", true, StepState.HandedOver, 1)]
    public async Task A_claim_left_behind_is_left_alone_while_fresh_and_then_settled_from_what_was_recorded(
        string campaign, string step, bool wasRecorded, StepState state, int mails)
    {
        using var app = NewApp(campaign);
        var message = new OutreachMessage("k1", campaign, step, InMemoryApp.Start);
        app.Mail.Next(_ => throw new KilledException());
        await Assert.ThrowsAsync<KilledException>(() => app.Sender.HandleAsync(message, Cancel));
        var claim = Slot(app.Customers["k1"], campaign)!;
        if (wasRecorded) app.Outreach.Put(new OutreachRecord(Customer, campaign, claim.Anchor, step, StepState.HandedOver, InMemoryApp.Start.AddSeconds(1), "p1", null));

        app.Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        Assert.Equal(OutreachOutcome.Dropped, await app.Sender.HandleAsync(message, Cancel));
        Assert.Equal(StepState.Claimed, Slot(app.Customers["k1"], campaign)!.State);

        app.Time.Advance(TimeSpan.FromSeconds(1));
        await app.Sender.HandleAsync(message, Cancel);
        var settled = Slot(app.Customers["k1"], campaign)!;
        Assert.Equal((state, step), (settled.State, settled.Step));
        Assert.Equal((state, mails), (app.Outreach.All.Single().State, app.Mail.Tried.Count));
        Assert.Equal(InMemoryApp.Start, await app.Enrolments.FirstContactAsync(Customer, settled, Cancel)); // not when it went again
        if (wasRecorded) Assert.Equal(InMemoryApp.Start.AddSeconds(1), settled.At); // when it was sent, not when it was settled
    }

    [Fact]
    public async Task A_claim_of_a_campaign_that_was_switched_off_is_settled_too()
    {
        using var app = NewApp(InMemoryApp.Restaurant);
        var claim = new Enrolment("gone", "v1", new Anchor("", new DateOnly(2026, 2, 10)), new DateOnly(2026, 10, 13), "hello", StepState.Claimed, InMemoryApp.Start, "dead");
        app.Customers.Change("k1", c => c with { Marketing = claim });
        app.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(OutreachOutcome.Dropped, await app.Sender.HandleAsync(new OutreachMessage("k1", "gone", "hello", InMemoryApp.Start), Cancel));
        Assert.Equal((StepState.Uncertain, EnrolmentEnd.Finished), (app.Customers["k1"].Marketing!.State, app.Customers["k1"].Marketing!.Ended));
    }

    [Fact]
    public async Task A_settled_follow_up_does_not_move_the_first_contact()
    {
        using var app = NewApp(InMemoryApp.Restaurant);
        await app.Sender.HandleAsync(new OutreachMessage("k1", InMemoryApp.Restaurant, "invitation", InMemoryApp.Start), Cancel);
        app.Time.Advance(TimeSpan.FromDays(14));
        var followUp = new OutreachMessage("k1", InMemoryApp.Restaurant, "last-chance", app.Time.GetUtcNow());
        app.Mail.Next(_ => throw new KilledException());
        await Assert.ThrowsAsync<KilledException>(() => app.Sender.HandleAsync(followUp, Cancel));
        app.Time.Advance(TimeSpan.FromHours(1));
        await app.Sender.HandleAsync(followUp, Cancel);
        Assert.Equal(InMemoryApp.Start, await app.Enrolments.FirstContactAsync(Customer, app.Customers["k1"].Marketing!, Cancel));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Runs the same weeks again and again, killed one effect later each time, until a run ends before the kill.</summary>
    private static async Task KillEverywhereAsync(string campaign, (string Step, int Day)[] steps, bool twice)
    {
        var runs = 0;
        for (var first = 0; await LiveAsync(campaign, steps, first); first++)
        {
            runs++;
            for (var second = 0; twice && await LiveAsync(campaign, steps, first, second); second++) runs++;
        }
        // Queueing, two saves of the shard, claim, mail, record and completion of every step: less would mean that the app was not killed everywhere.
        Assert.InRange(runs, 7 * steps.Length * (twice ? 7 : 1), 10_000);
    }

    /// <returns>Whether the app was killed as often as asked.</returns>
    private static async Task<bool> LiveAsync(string campaign, (string Step, int Day)[] steps, params int[] kills)
    {
        using var app = NewApp(campaign);
        var wasKilled = await KilledWeeks.LiveAsync(app, Customer, steps.Select(s => s.Day), kills);
        AssertAllIsWell(app, campaign, steps, $"killed after {string.Join(" and ", kills)} effects: {string.Join("; ", app.Effects.Done)}");
        return wasKilled;
    }

    private static void AssertAllIsWell(InMemoryApp app, string campaign, (string Step, int Day)[] steps, string story)
    {
        foreach (var (step, _) in steps)
        {
            var record = app.Outreach.All.SingleOrDefault(r => r.Step == step);
            Assert.True(record is { State: StepState.HandedOver or StepState.Uncertain }, $"{step} is lost ({record?.State}); {story}");
            var sent = app.Mail.Sent.Count(m => m.Tags["step"] == step);
            // A reminder of which nobody knows whether it left may go once more; an invitation never.
            var atMost = campaign == InMemoryApp.Renewal && story.Contains($"{step} Uncertain", StringComparison.Ordinal) ? 2 : 1;
            Assert.True(sent <= atMost, $"{step} was sent {sent} times; {story}");
            Assert.True(sent >= 1 || record!.State == StepState.Uncertain, $"{step} is {record!.State} but was not sent; {story}");
        }
        var slot = Slot(app.Customers["k1"], campaign)!;
        Assert.True(slot.Step == steps[^1].Step && slot.State is (StepState.HandedOver or StepState.Uncertain), $"The slot is {slot}; {story}");
        Assert.True(slot.State == app.Outreach.All.Single(r => r.Step == slot.Step).State, $"The row and the record differ; {story}");
        Assert.True(app.Mail.Sent.Select(m => m.MessageId).Distinct().Count() <= steps.Length, $"A step had two message ids; {story}");
        Assert.True(app.Enrolments.All.Count == 1, $"{app.Enrolments.All.Count} enrolments; {story}");
        if (campaign == InMemoryApp.Restaurant) Assert.True(app.Codes.All.Count(c => c.Kind == CodeKind.Coupon) == 1, $"Not one coupon; {story}");
        if (campaign == InMemoryApp.Restaurant && steps.Length == 2) Assert.True(slot.Ended == EnrolmentEnd.Finished, $"Not finished; {story}");
    }

    private static InMemoryApp NewApp(string campaign)
    {
        var app = new InMemoryApp();
        if (campaign == InMemoryApp.Restaurant) app.AddLapsed("k1");
        else app.AddMember("k1", daysLeft: 30);
        return app;
    }

    private static Enrolment? Slot(Customer customer, string campaign) => campaign == InMemoryApp.Restaurant ? customer.Marketing : customer.Service;
}
