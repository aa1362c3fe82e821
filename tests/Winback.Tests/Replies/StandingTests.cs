using Winback.Campaigns;
using Winback.Customers;
using Winback.Outreach;
using Winback.Replies;
using Winback.Replies.Reading;
using Winback.Tests.Fakes;

namespace Winback.Tests.Replies;

/// <summary>How customers stand after all that they said, in whatever order it came in and however often it was corrected.</summary>
public sealed class StandingTests
{
    private static readonly CustomerId K1 = CustomerId.Parse("K1");
    private static readonly CustomerId K2 = CustomerId.Parse("K2");

    private static readonly ReplyReading Thanks = ReplyReading.Given("", Reason.None, intents: Intent.Thanks);
    private static readonly ReplyReading Automatic = Thanks with { Automatic = true, Intents = [] };
    private static readonly ReplyReading Complaint = ReplyReading.Given("", Reason.Dissatisfied, SubReason.Quality);
    private static readonly ReplyReading Moved = ReplyReading.Given("", Reason.SituationChanged, SubReason.Moved);
    private static readonly ReplyReading Unsubscribe = ReplyReading.Given("", Reason.None, intents: Intent.Unsubscribe);
    private static readonly ReplyReading Erase = ReplyReading.Given("", Reason.None, intents: Intent.EraseData);
    private static readonly ReplyReading Deceased = ReplyReading.Given("", Reason.SituationChanged, SubReason.Deceased);

    private static readonly ReplyReading[] Readings = [Thanks, Automatic, Complaint, Moved, Unsubscribe, Erase, Deceased];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_any_order_and_any_number_of_times_the_same_replies_make_the_same_customer()
    {
        var random = new Random(1);
        for (var round = 0; round < 60; round++)
        {
            var replies = Enumerable.Range(0, random.Next(1, 5)).Select(i => Of($"r{i}", Readings[random.Next(Readings.Length)], hours: random.Next(3))).ToArray();
            using var once = New();
            foreach (var reply in replies) await TakeAsync(once, reply);
            using var often = New();
            var shuffled = replies.Concat(replies).ToArray();
            random.Shuffle(shuffled);
            foreach (var reply in shuffled) await TakeAsync(often, reply);

            AssertSame(once, often, $"round {round}: {string.Join(", ", replies.Select(Describe))}");
        }
    }

    [Fact]
    public async Task Corrected_means_as_if_it_had_been_read_so_at_first_and_corrected_back_as_if_nothing_had_been()
    {
        foreach (var other in new[] { null, Thanks, Complaint, Unsubscribe })
        {
            foreach (var (read, corrected) in Readings.SelectMany(_ => Readings, (read, corrected) => (read, corrected)))
            {
                using var right = New();
                if (other is not null) await TakeAsync(right, Of("r0", other, 0));
                await TakeAsync(right, Of("r1", corrected, 1));
                using var before = New();
                if (other is not null) await TakeAsync(before, Of("r0", other, 0));
                await TakeAsync(before, Of("r1", read, 1));
                using var app = New();
                if (other is not null) await TakeAsync(app, Of("r0", other, 0));
                await TakeAsync(app, Of("r1", read, 1));

                await CorrectAsync(app, K1, "r1", corrected);
                AssertSame(right, app, $"beside {other?.Intents.FirstOrDefault()}, {Describe(Of("", read))} corrected to {Describe(Of("", corrected))}");

                await CorrectAsync(app, K1, "r1", read);
                AssertSame(before, app, $"beside {other?.Intents.FirstOrDefault()}, {Describe(Of("", read))} corrected to {Describe(Of("", corrected))} and back");
            }
        }
    }

    [Fact]
    public async Task A_solved_complaint_holds_nothing_up_and_the_sequence_stays_over()
    {
        using var app = New();
        await TakeAsync(app, Of("r1", Complaint));
        Assert.Equal((InMemoryApp.Start, true), (app.Customers["K1"].ComplaintSince, app.Customers["K1"].Hold is not null));

        await app.Get<Conversation>().HandleAsync(K1, "r1", "called", invitesBack: false, Cancel);

        var customer = app.Customers["K1"];
        Assert.Equal((null, null, EnrolmentEnd.Reply), (customer.ComplaintSince, customer.Hold, customer.Marketing?.Ended));
    }

    [Fact]
    public async Task Of_two_complaints_the_other_one_stays_open()
    {
        using var app = New();
        await TakeAsync(app, Of("r1", Complaint));
        await TakeAsync(app, Of("r2", Complaint, hours: 3));

        await app.Get<Conversation>().HandleAsync(K1, "r1", null, invitesBack: false, Cancel);

        Assert.Equal((InMemoryApp.Start.AddHours(3), InMemoryApp.Start.AddHours(3).AddDays(30)), (app.Customers["K1"].ComplaintSince, app.Customers["K1"].Hold?.Until));
    }

    [Fact]
    public async Task An_opt_out_by_the_link_is_never_lifted_by_a_correction_whichever_came_first()
    {
        foreach (var linkFirst in new[] { true, false })
        {
            using var app = New();
            var link = new UnsubscribeLink(K1, MessageClass.Marketing, app.MailboxKey("K1@klant.example"));
            if (linkFirst) await app.Get<OptOut>().ApplyAsync(link, Cancel);
            await TakeAsync(app, Of("r1", Unsubscribe));
            if (!linkFirst) await app.Get<OptOut>().ApplyAsync(link, Cancel);

            await CorrectAsync(app, K1, "r1", Thanks);

            Assert.NotNull(app.Customers["K1"].OptedOutAt);
            Assert.NotNull(app.Mailboxes[app.MailboxKey("K1@klant.example")]!.OptedOutAt);
        }
    }

    [Fact]
    public async Task Who_shares_a_mailbox_is_opted_out_with_it_and_back_with_the_correction()
    {
        using var app = Shared();
        await TakeAsync(app, Of("r1", Unsubscribe));
        Assert.NotNull(app.Customers["K2"].OptedOutAt);
        Assert.Equal((null, null), (app.Customers["K2"].Hold, app.Customers["K2"].ComplaintSince)); // he said nothing himself

        await CorrectAsync(app, K1, "r1", Thanks);

        Assert.Equal((null, null), (app.Customers["K1"].OptedOutAt, app.Customers["K2"].OptedOutAt));
        Assert.Null(app.Mailboxes[app.MailboxKey("thuis@klant.example")]!.OptedOutAt);
    }

    [Fact]
    public async Task Who_shares_a_mailbox_and_unsubscribed_himself_stays_unsubscribed_when_the_other_is_corrected()
    {
        using var app = Shared();
        await TakeAsync(app, Of("r1", Unsubscribe));
        await TakeAsync(app, Of("r2", Unsubscribe, hours: 1) with { Customer = K2 });

        await CorrectAsync(app, K1, "r1", Thanks);

        Assert.NotNull(app.Customers["K2"].OptedOutAt);
        Assert.NotNull(app.Mailboxes[app.MailboxKey("thuis@klant.example")]!.OptedOutAt);
    }

    [Fact]
    public async Task Somebody_elses_word_in_the_same_mailbox_does_not_lift_an_opt_out()
    {
        using var app = Shared();
        await TakeAsync(app, Of("r1", Unsubscribe));
        await TakeAsync(app, Of("r2", Thanks, hours: 1) with { Customer = K2 });
        Assert.NotNull(app.Customers["K2"].OptedOutAt);
    }

    [Fact]
    public async Task What_the_owner_noted_in_another_way_no_reply_takes_back()
    {
        using var app = New();
        app.Customers.Change("K1", c => c with { DeceasedAt = InMemoryApp.Start.AddDays(-1), PausedUntil = new DateOnly(2027, 5, 1) });
        await TakeAsync(app, Of("r1", Deceased));
        await TakeAsync(app, Of("r2", Moved));

        await CorrectAsync(app, K1, "r1", Thanks);
        await CorrectAsync(app, K1, "r2", Thanks);

        Assert.Equal((InMemoryApp.Start.AddDays(-1), new DateOnly(2027, 5, 1)), (app.Customers["K1"].DeceasedAt, app.Customers["K1"].PausedUntil));
    }

    [Theory] // in the owner's time zone; a month is a calendar month
    [InlineData("2026-08-31T10:00:00Z", "2027-02-28")] // clamped to the month's end
    [InlineData("2026-12-31T23:30:00Z", "2027-07-01")] // it is 1 January in Amsterdam
    [InlineData("2027-08-29T10:00:00Z", "2028-02-29")] // a leap year
    public void May_be_asked_again_after_so_many_months(string received, string day)
    {
        var standing = new Standing(new ReplyOptions(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam"));
        var customer = standing.Of(new Customer { Id = K1 }, [Of("r1", Moved) with { ReceivedAt = DateTimeOffset.Parse(received, System.Globalization.CultureInfo.InvariantCulture) }]);
        Assert.Equal(DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), customer.PausedUntil);
    }

    private static Reply Of(string id, ReplyReading reading, int hours = 0) =>
        new(id, K1, InMemoryApp.Restaurant, "invitation", InMemoryApp.Start.AddHours(hours), Road.Mail, "", "") { Reading = reading };

    private static string Describe(Reply reply) => reply.Reading!.Automatic ? "automatic" : $"{reply.Reading.SubReason} {string.Join(' ', reply.Reading.Intents)} at {reply.ReceivedAt:HH}";

    private static InMemoryApp New()
    {
        var app = new InMemoryApp();
        app.AddLapsed("K1", c => c with { Marketing = Enrolled(app), Started = c.Started.Add(InMemoryApp.Restaurant, new DateOnly(2026, 10, 13)) });
        return app;
    }

    private static InMemoryApp Shared()
    {
        var app = new InMemoryApp();
        foreach (var id in new[] { "K1", "K2" }) app.AddLapsed(id, email: "thuis@klant.example");
        return app;
    }

    private static Enrolment Enrolled(InMemoryApp app) => new(
        InMemoryApp.Restaurant, app.Campaign(InMemoryApp.Restaurant).Version, new Anchor("", new DateOnly(2026, 2, 10)), new DateOnly(2026, 10, 13), "invitation", StepState.HandedOver, InMemoryApp.Start, "c");

    private static Task<bool> TakeAsync(InMemoryApp app, Reply reply) => app.Get<Conversation>().TakeAsync(reply, Cancel);

    private static Task<Reply?> CorrectAsync(InMemoryApp app, CustomerId customer, string id, ReplyReading to) => app.Get<Conversation>().CorrectAsync(customer, id, _ => to, Cancel);

    private static void AssertSame(InMemoryApp expected, InMemoryApp actual, string story)
    {
        Assert.True(Text(expected) == Text(actual), $"{story}\n{Text(expected)}\n{Text(actual)}");

        // Which of several replies that say the same an opt-out is put down to depends on which came first; that it holds does not.
        static string Text(InMemoryApp app) => string.Join('\n', app.Customers.Columns("K1").Where(c => c.Key is not ("StoppedBy" or "Timestamp")).OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key} {c.Value}"))
            + $"\nmailbox {app.Mailboxes[app.MailboxKey("K1@klant.example")]!.OptedOutAt} {app.Mailboxes[app.MailboxKey("K1@klant.example")]!.ServiceOptedOutAt}";
    }
}
