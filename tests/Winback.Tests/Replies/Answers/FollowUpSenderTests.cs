using Winback.Customers;
using Winback.Mail;
using Winback.Replies;
using Winback.Replies.Answers;
using Winback.Replies.Reading;
using Winback.Tests.Fakes;

namespace Winback.Tests.Replies.Answers;

/// <summary>Who gets an answer by itself, when, and never twice.</summary>
public sealed partial class FollowUpSenderTests
{
    private static readonly CustomerId K1 = CustomerId.Parse("K1");
    private static readonly ReplyReading Complaint = ReplyReading.Given("Koud eten", Reason.Dissatisfied, SubReason.Quality);
    private static readonly ReplyReading Forgot = ReplyReading.Given("Vergeten", Reason.Forgot);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_complaint_is_told_to_the_owner_first_and_then_answered_with_an_apology_without_a_coupon()
    {
        using var app = New();
        await HearAsync(app, Of("r1", Complaint));

        Assert.Equal(["owner", "apology"], app.Mail.Sent.Select(m => m.Tags.GetValueOrDefault("for") ?? m.Tags["answer"]));
        Assert.Equal("K1@klant.example", app.Mail.Sent[1].To.Address.Value, ignoreCase: true);
        Assert.Equal("auto-replied", app.Mail.Sent[1].Headers["Auto-Submitted"]);
        Assert.DoesNotContain("code", app.Mail.Sent[1].Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(AnswerState.HandedOver, Only(app).Answer?.State);
    }

    [Theory]
    [InlineData(0, 23.99, 1)]
    [InlineData(0, 24, 2)]
    [InlineData(0, 72, 2)]
    public async Task Two_automatic_answers_are_a_day_apart(double first, double second, int answers)
    {
        using var app = New();
        await HearAsync(app, Of("r1", Forgot) with { ReceivedAt = InMemoryApp.Start.AddHours(first) });
        app.Time.Advance(TimeSpan.FromHours(second));
        await HearAsync(app, Of("r2", Forgot) with { ReceivedAt = app.Time.GetUtcNow() });

        Assert.Equal(answers, Answers(app).Count);
        Assert.Equal(answers == 2 ? AnswerState.HandedOver : AnswerState.Skipped, app.Replies.All.Single(r => r.Id == "r2").Answer?.State);
    }

    [Fact]
    public async Task One_mailbox_is_one_person_and_gets_one_answer_a_day()
    {
        using var app = New();
        app.AddLapsed("K2", email: "K1@klant.example");
        await HearAsync(app, Of("r1", Forgot));
        await HearAsync(app, Of("r2", Forgot) with { Customer = CustomerId.Parse("K2") });
        Assert.Single(Answers(app));
        Assert.Equal("had an automatic answer within a day", app.Replies.All.Single(r => r.Id == "r2").Answer?.Problem);
    }

    public static TheoryData<string, Func<Reply, Reply>> Unanswerable => new()
    {
        { "a list", r => r with { IsBulk = true } },
        { "a machine", r => r with { Reading = r.Reading! with { Automatic = true } } },
        { "the telephone", r => r with { Road = Road.Phone } },
        { "a page, which answers itself", r => r with { Road = Road.Page } },
        { "a bounce", r => r with { Road = Road.Bounce } },
        { "the reading is unsure", r => r with { Reading = r.Reading! with { Confidence = r.Reading.Confidence.SetItem("reason", 0.25) } } },
    };

    [Theory]
    [MemberData(nameof(Unanswerable))]
    public async Task Some_replies_are_never_answered_by_itself(string why, Func<Reply, Reply> but)
    {
        using var app = New();
        await HearAsync(app, but(Of("r1", Forgot)));
        Assert.True(Answers(app).Count == 0, why);
        Assert.Null(Only(app).Answer);
    }

    public static TheoryData<string, Func<Customer, Customer>> Silent => new()
    {
        { "opted out", c => c with { OptedOutAt = InMemoryApp.Start } },
        { "spam complaint", c => c with { Suppressed = "spam complaint" } },
        { "nothing is sent any more", c => c with { ErasedAt = InMemoryApp.Start } },
        { "nothing is sent any more", c => c with { DeceasedAt = InMemoryApp.Start } },
        { "no usable address", c => c with { HasUsableAddress = false } },
    };

    [Theory]
    [MemberData(nameof(Silent))]
    public async Task Who_may_not_be_written_to_is_not_answered_and_the_reply_says_why(string why, Func<Customer, Customer> but)
    {
        using var app = New();
        app.Customers.Change("K1", but);
        await HearAsync(app, Of("r1", Complaint));

        Assert.Empty(Answers(app));
        Assert.Equal((AnswerState.Skipped, why), (Only(app).Answer!.State, Only(app).Answer!.Problem));
        Assert.Single(app.Mail.Sent, m => m.Tags.GetValueOrDefault("for") == "owner"); // who solves it all the same
    }

    [Fact]
    public async Task A_mailbox_that_opted_out_is_not_answered_whoever_wrote()
    {
        using var app = New();
        app.Mailboxes.Put(app.Mailboxes[app.MailboxKey("K1@klant.example")]! with { OptedOutAt = InMemoryApp.Start });
        await HearAsync(app, Of("r1", Forgot));
        Assert.Equal((0, "the mailbox opted out"), (Answers(app).Count, Only(app).Answer?.Problem));
    }

    [Fact]
    public async Task The_setting_keeps_the_app_from_answering_and_the_owner_is_told_all_the_same()
    {
        using var app = New(("Replies:AnswerByItself", "false"));
        await HearAsync(app, Of("r1", Complaint));
        Assert.Equal("owner", Assert.Single(app.Mail.Sent).Tags["for"]);
    }

    [Fact]
    public async Task What_came_in_days_ago_is_not_answered_as_if_it_were_new()
    {
        using var app = New();
        await HearAsync(app, Of("r1", Forgot) with { ReceivedAt = InMemoryApp.Start.AddDays(-3).AddSeconds(-1) });
        Assert.Equal((0, AnswerState.Skipped), (Answers(app).Count, Only(app).Answer?.State));
    }

    [Fact]
    public async Task While_the_provider_is_away_the_work_is_put_back_and_nothing_is_used_up()
    {
        using var app = New();
        app.Mail.Next(new Unavailable("busy", TimeSpan.FromMinutes(3)));
        await HearAsync(app, Of("r1", Complaint));
        Assert.Equal(TimeSpan.FromMinutes(3), app.ReplyQueues.FollowUp.All.Single().Delay);

        app.Mail.Next(new Accepted("owner"), new Unavailable("busy"));
        await RunDelayedAsync(app);
        Assert.Null(app.Customers["K1"].Answered);
        await RunDelayedAsync(app);

        Assert.Equal((1, 1, AnswerState.HandedOver), (Answers(app).Count, app.Mail.Sent.Count(m => m.Tags.ContainsKey("for")), Only(app).Answer!.State));
    }

    [Theory]
    [InlineData(true, AnswerState.Failed)]
    [InlineData(false, AnswerState.Uncertain)]
    public async Task A_refused_answer_and_one_of_unknown_outcome_are_recorded_and_not_sent_again(bool isRefused, AnswerState state)
    {
        using var app = New();
        app.Mail.Next(isRefused ? new Refused("no such mailbox") : new Unknown("no answer came"));
        await HearAsync(app, Of("r1", Forgot));
        await HearAsync(app, Of("r1", Forgot));
        Assert.Equal((state, 1), (Only(app).Answer!.State, app.Mail.Tried.Count));
    }

    [Fact]
    public async Task While_a_complaint_is_open_nobody_gets_a_coupon()
    {
        using var app = New();
        await HearAsync(app, Of("r1", Complaint));
        app.Time.Advance(TimeSpan.FromHours(25));
        await HearAsync(app, Of("r2", Forgot) with { ReceivedAt = app.Time.GetUtcNow() });
        Assert.Single(Answers(app));
        Assert.Equal("a complaint is open", app.Replies.All.Single(r => r.Id == "r2").Answer?.Problem);
    }

    [Fact]
    public async Task An_answer_that_was_not_sent_is_no_reason_to_keep_the_right_one_from_a_corrected_reply()
    {
        using var app = New();
        await HearAsync(app, Of("r1", Forgot));
        await HearAsync(app, Of("r2", Forgot));
        app.Time.Advance(TimeSpan.FromHours(25));

        await app.Get<Conversation>().CorrectAsync(K1, "r2", _ => Complaint, Cancel);
        await app.FollowUpAsync(Cancel);

        Assert.Equal(["way-back", "apology"], Answers(app).Select(m => m.Tags["answer"]));
    }

    [Fact]
    public async Task A_complaint_that_was_opened_again_invites_nobody_unless_the_owner_says_so_again()
    {
        using var app = New();
        await HearAsync(app, Of("r1", Complaint));
        var conversation = app.Get<Conversation>();
        await conversation.HandleAsync(K1, "r1", "gebeld", invitesBack: true, Cancel);
        await conversation.CorrectAsync(K1, "r1", _ => ReplyReading.Given("Koud eten", Reason.Dissatisfied, SubReason.Service), Cancel);
        await conversation.HandleAsync(K1, "r1", "niet meer nodig", invitesBack: false, Cancel);
        app.Time.Advance(TimeSpan.FromHours(25));
        await app.Get<CaseClock>().RunAsync(Cancel);
        await app.FollowUpAsync(Cancel);
        Assert.Single(Answers(app));
    }

    [Fact]
    public async Task A_claim_whose_answer_storage_lost_is_known_as_ours()
    {
        using var app = New();
        await app.Get<Conversation>().TakeAsync(Of("r1", Forgot), Cancel);
        app.Customers.LosesNextAnswer = true;
        await app.FollowUpAsync(Cancel);
        Assert.Equal(AnswerState.HandedOver, Only(app).Answer?.State);
    }

    [Fact]
    public async Task A_claim_that_nobody_completed_is_left_alone_while_fresh_and_then_uncertain()
    {
        using var app = New();
        app.Customers.Change("K1", c => c with { Answered = new Answered("r1/way-back", InMemoryApp.Start) });
        await HearAsync(app, Of("r1", Forgot));
        Assert.Null(Only(app).Answer);

        app.Time.Advance(TimeSpan.FromMinutes(10));
        await RunDelayedAsync(app);

        Assert.Equal((AnswerState.Uncertain, 0), (Only(app).Answer?.State, app.Mail.Tried.Count));
    }

    [Fact]
    public async Task An_answer_waits_for_whoever_changes_the_customer_at_the_same_moment()
    {
        using var app = New();
        await app.Get<Conversation>().TakeAsync(Of("r1", Forgot), Cancel);
        app.Customers.BeforeNextWrite(() => app.Customers.Change("K1", c => c with { OptedOutAt = InMemoryApp.Start }));
        await app.FollowUpAsync(Cancel);
        await RunDelayedAsync(app);
        Assert.Equal((0, "opted out"), (Answers(app).Count, Only(app).Answer?.Problem));
    }

    [Fact]
    public async Task The_invitation_back_comes_only_after_the_complaint_is_solved_and_a_day_after_the_apology()
    {
        using var app = New();
        await HearAsync(app, Of("r1", Complaint));
        Assert.Single(Answers(app));

        await app.Get<Conversation>().HandleAsync(K1, "r1", "gebeld en een diner aangeboden", invitesBack: true, Cancel);
        await app.FollowUpAsync(Cancel);
        Assert.Single(Answers(app)); // the apology was today
        app.Time.Advance(TimeSpan.FromHours(24));
        await app.Get<CaseClock>().RunAsync(Cancel);
        await app.FollowUpAsync(Cancel);
        await app.Get<CaseClock>().RunAsync(Cancel);
        await app.FollowUpAsync(Cancel);

        Assert.Equal(["apology", "invitation"], Answers(app).Select(m => m.Tags["answer"]));
        Assert.Equal(AnswerState.HandedOver, Only(app).Invitation?.State);
    }

    public static TheoryData<string, Func<Customer, Customer>> Uninvited => new()
    {
        { "gave no permission for marketing mail", c => c with { MarketingPermission = false } },
        { "another complaint is open", c => c with { ComplaintSince = InMemoryApp.Start } },
        { "came back already", c => c with { LastVisit = new DateOnly(2026, 10, 13) } },
    };

    [Theory]
    [MemberData(nameof(Uninvited))]
    public async Task Who_cannot_be_invited_is_not_and_the_reply_says_why(string why, Func<Customer, Customer> but)
    {
        using var app = New();
        await HearAsync(app, Of("r1", Complaint));
        await app.Get<Conversation>().HandleAsync(K1, "r1", null, invitesBack: true, Cancel);
        app.Customers.Change("K1", but);
        await app.FollowUpAsync(Cancel);
        Assert.Equal((AnswerState.Skipped, why), (Only(app).Invitation!.State, Only(app).Invitation!.Problem));
    }

    [Fact]
    public async Task A_solved_complaint_without_the_owners_wish_invites_nobody()
    {
        using var app = New();
        await HearAsync(app, Of("r1", Complaint));
        await app.Get<Conversation>().HandleAsync(K1, "r1", null, invitesBack: false, Cancel);
        app.Time.Advance(TimeSpan.FromDays(2));
        await app.Get<CaseClock>().RunAsync(Cancel);
        await app.FollowUpAsync(Cancel);
        Assert.Single(Answers(app));
    }

    private static Reply Of(string id, ReplyReading reading) =>
        new(id, K1, InMemoryApp.Restaurant, "invitation", InMemoryApp.Start, Road.Mail, "Re: hallo", reading.Reply) { Reading = reading, MessageId = $"{id}@klant.example" };

    private static InMemoryApp New(params (string, string)[] settings)
    {
        var app = new InMemoryApp(settings);
        app.AddLapsed("K1");
        return app;
    }

    private static async Task HearAsync(InMemoryApp app, Reply reply)
    {
        await app.Get<Conversation>().TakeAsync(reply, Cancel);
        await app.FollowUpAsync(Cancel);
    }

    private static async Task RunDelayedAsync(InMemoryApp app)
    {
        foreach (var (message, delay) in app.ReplyQueues.FollowUp.All)
        {
            app.Time.Advance(delay);
            app.ReplyQueues.FollowUp.Remove(message);
            await app.Get<FollowUpSender>().HandleAsync(message, Cancel);
        }
    }

    private static Reply Only(InMemoryApp app) => Assert.Single(app.Replies.All);

    private static List<OutgoingMail> Answers(InMemoryApp app) => [.. app.Mail.Sent.Where(m => m.Headers.ContainsKey(AnswerComposer.AnswerHeader))];
}
