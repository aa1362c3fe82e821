using Winback.Campaigns;
using Winback.Customers;
using Winback.Customers.Import;
using Winback.Replies;
using Winback.Replies.Answers;
using Winback.Replies.Reading;
using Winback.Tests.Fakes;

namespace Winback.Tests.Replies;

/// <summary>The app is killed after each effect of what a page, the owner or an import asks of it. Who posted on a page does not come back; the owner says it again, or does not.</summary>
public sealed class BrokenOffTests
{
    private static readonly CustomerId K1 = CustomerId.Parse("K1");
    private static readonly CustomerId K2 = CustomerId.Parse("K2");
    private static readonly ReplyReading Unsubscribe = ReplyReading.Given("Schrijf me uit", Reason.None, intents: Intent.Unsubscribe);
    private static readonly ReplyReading Complaint = ReplyReading.Given("Koud eten", Reason.Dissatisfied, SubReason.Quality);
    private static readonly ReplyReading Thanks = ReplyReading.Given("Dank je", Reason.None, intents: Intent.Thanks);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_said_on_a_page_is_completed_without_being_said_again() =>
        await KilledEverywhereAsync(
            New,
            app => app.Get<Conversation>().TakeAsync(Of("r1", Complaint) with { Road = Road.Page }, Cancel),
            async app =>
            {
                if (app.Replies.All.Count == 0) return; // the page said so
                await LaterAsync(app);
                Assert.Equal((InMemoryApp.Start, true), (app.Customers["K1"].ComplaintSince, app.Customers["K1"].Hold is not null));
                Assert.Single(app.Mail.Sent, m => m.Tags.GetValueOrDefault("for") == "owner");
                Assert.False(app.Replies.All.Single().Unfollowed);
            },
            atLeast: 4);

    [Fact]
    public async Task A_solved_complaint_is_solved_and_the_customer_invited_without_the_owner_saying_it_again() =>
        await KilledEverywhereAsync(
            async () =>
            {
                var app = await New();
                await app.Get<Conversation>().TakeAsync(Of("r1", Complaint), Cancel);
                await app.FollowUpAsync(Cancel);
                app.Time.Advance(TimeSpan.FromHours(25));
                return app;
            },
            app => app.Get<Conversation>().HandleAsync(K1, "r1", "gebeld", invitesBack: true, Cancel),
            async app =>
            {
                if (app.Replies.All.Single().HandledAt is null) return;
                await LaterAsync(app);
                Assert.Null(app.Customers["K1"].ComplaintSince);
                Assert.Equal(AnswerState.HandedOver, app.Replies.All.Single().Invitation?.State);
            },
            atLeast: 3);

    [Fact]
    public async Task A_misread_opt_out_of_a_shared_mailbox_is_lifted_for_all_of_them_when_the_correction_is_repeated() =>
        await KilledEverywhereAsync(
            SharedAndOptedOutAsync,
            app => app.Get<Conversation>().CorrectAsync(K1, "r1", _ => Thanks, Cancel),
            async app =>
            {
                await app.Get<Conversation>().CorrectAsync(K1, "r1", _ => Thanks, Cancel);
                Assert.Equal((null, null), (app.Customers["K1"].OptedOutAt, app.Customers["K2"].OptedOutAt));
                Assert.Null(app.Mailboxes[app.MailboxKey("K1@klant.example")]!.OptedOutAt);
            },
            atLeast: 5);

    [Fact]
    public async Task Nobody_who_shares_it_loses_an_opt_out_of_his_own_by_that() =>
        await KilledEverywhereAsync(
            async () =>
            {
                var app = await SharedAndOptedOutAsync();
                await app.Get<Conversation>().TakeAsync(Of("r2", Unsubscribe) with { Customer = K2 }, Cancel);
                return app;
            },
            app => app.Get<Conversation>().CorrectAsync(K1, "r1", _ => Thanks, Cancel),
            async app =>
            {
                await LaterAsync(app);
                await app.Get<Conversation>().CorrectAsync(K1, "r1", _ => Thanks, Cancel);
                Assert.NotNull(app.Customers["K2"].OptedOutAt);
                Assert.NotNull(app.Mailboxes[app.MailboxKey("K1@klant.example")]!.OptedOutAt);
            },
            atLeast: 5);

    [Fact]
    public async Task A_reply_that_was_being_assigned_is_assigned_when_that_is_said_again() =>
        await KilledEverywhereAsync(
            async () =>
            {
                var app = await New();
                await app.Get<Conversation>().TakeAsync(Of("r1", Unsubscribe) with { Customer = null, Campaign = null, Step = null }, Cancel);
                await app.FollowUpAsync(Cancel);
                return app;
            },
            app => app.Get<Conversation>().AssignAsync("r1", K1, Cancel),
            async app =>
            {
                Assert.NotNull(await app.Get<Conversation>().AssignAsync("r1", K1, Cancel));
                Assert.NotNull(app.Customers["K1"].OptedOutAt);
                Assert.All(app.Replies.All.Where(r => r.Customer is null), r => Assert.NotNull(r.HandledAt));
            },
            atLeast: 5);

    [Fact]
    public async Task Whose_mailbox_was_opted_out_by_a_misread_reply_before_they_came_to_it_is_back_with_the_correction()
    {
        using var app = await New();
        await app.Get<Conversation>().TakeAsync(Of("r1", Unsubscribe), Cancel);
        await app.Book.ApplyAsync(K2, [new CustomerRow(K2, null, null, "K1@klant.example", null, null, null)], Cancel);
        Assert.NotNull(app.Customers["K2"].OptedOutAt);

        await app.Get<Conversation>().CorrectAsync(K1, "r1", _ => Thanks, Cancel);

        Assert.Equal((null, null), (app.Customers["K1"].OptedOutAt, app.Customers["K2"].OptedOutAt));
    }

    [Fact]
    public async Task A_campaign_that_is_gone_takes_no_opt_out_with_it()
    {
        using var app = await New();
        await app.Get<Conversation>().TakeAsync(Of("r1", Unsubscribe) with { Campaign = "gone-by-now", Class = MessageClass.Service }, Cancel);
        Assert.NotNull(app.Customers["K1"].ServiceOptedOutAt);

        await app.Get<Conversation>().TakeAsync(Of("r2", Thanks), Cancel);

        Assert.NotNull(app.Customers["K1"].ServiceOptedOutAt);
    }

    [Fact]
    public async Task What_a_reply_answers_is_noted_when_it_comes_in()
    {
        using var app = await New();
        await app.Get<Conversation>().TakeAsync(Of("r1", Thanks), Cancel);
        await app.Get<Conversation>().TakeAsync(Of("r2", Thanks) with { Campaign = "gone-by-now" }, Cancel, new Anchor("S1", new DateOnly(2026, 12, 1)));
        await app.Get<Conversation>().TakeAsync(Of("r3", Thanks) with { Campaign = "gone-by-now" }, Cancel);
        Assert.Equal([MessageClass.Marketing, MessageClass.Service, null], app.Replies.All.OrderBy(r => r.Id, StringComparer.Ordinal).Select(r => r.Class));
    }

    /// <param name="after">Once the app runs again.</param>
    /// <param name="atLeast">So many effects it has: less would mean that it was not killed everywhere.</param>
    private static async Task KilledEverywhereAsync(Func<Task<InMemoryApp>> given, Func<InMemoryApp, Task> act, Func<InMemoryApp, Task> after, int atLeast)
    {
        var kills = 0;
        for (var wasKilled = true; wasKilled; kills++)
        {
            using var app = await given();
            app.Effects.StopAfter(kills);
            try
            {
                await act(app);
                wasKilled = false;
            }
            catch (KilledException)
            {
                // As asked.
            }
            app.Effects.Restart();
            await after(app);
        }
        Assert.InRange(kills, atLeast, 100);
    }

    private static async Task LaterAsync(InMemoryApp app)
    {
        for (var i = 0; i < 3; i++)
        {
            app.Time.Advance(TimeSpan.FromMinutes(31));
            await app.Get<CaseClock>().RunAsync(Cancel);
            await app.FollowUpAsync(Cancel);
        }
    }

    /// <summary>K1 opted out, and with that K2, who has the same mailbox.</summary>
    private static async Task<InMemoryApp> SharedAndOptedOutAsync()
    {
        var app = await New();
        app.AddLapsed("K2", email: "K1@klant.example");
        await app.Get<Conversation>().TakeAsync(Of("r1", Unsubscribe), Cancel);
        Assert.NotNull(app.Customers["K2"].OptedOutAt);
        return app;
    }

    private static Task<InMemoryApp> New()
    {
        var app = new InMemoryApp();
        app.AddLapsed("K1");
        return Task.FromResult(app);
    }

    private static Reply Of(string id, ReplyReading reading) =>
        new(id, K1, InMemoryApp.Restaurant, "invitation", InMemoryApp.Start, Road.Mail, "Re: hallo", reading.Reply) { Reading = reading, MessageId = $"{id}@klant.example" };
}
