using Winback.Customers;
using Winback.Mail;
using Winback.Replies;
using Winback.Replies.Answers;
using Winback.Replies.Reading;
using Winback.Tests.Fakes;

namespace Winback.Tests.Replies.Answers;

/// <summary>The clock of a complaint, and what a message that got lost costs.</summary>
public sealed class CaseClockTests
{
    private static readonly CustomerId K1 = CustomerId.Parse("K1");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(23.999, false)]
    [InlineData(24, true)] // due exactly then
    [InlineData(30, true)]
    public async Task A_complaint_is_escalated_when_its_time_is_over(double hours, bool isEscalated)
    {
        using var app = await WithComplaintAsync();
        app.Time.Advance(TimeSpan.FromHours(hours));
        await app.Get<CaseClock>().RunAsync(Cancel);
        Assert.Equal(isEscalated, app.Replies.All.Single().EscalatedAt is not null);
        Assert.Equal(isEscalated ? 1 : 0, Escalations(app));
    }

    [Fact]
    public async Task It_is_escalated_once_and_to_whom_the_setting_says()
    {
        using var app = await WithComplaintAsync(("Replies:EscalateTo", "baas@delinde.example"), ("Replies:SolveWithin", "02:00:00"));
        app.Time.Advance(TimeSpan.FromHours(2));
        for (var i = 0; i < 3; i++) await app.Get<CaseClock>().RunAsync(Cancel);
        Assert.Equal("baas@delinde.example", Assert.Single(app.Mail.Sent, m => m.MessageId.StartsWith("late.", StringComparison.Ordinal)).To.Address.Value);
    }

    [Fact]
    public async Task While_the_provider_is_away_the_next_round_escalates()
    {
        using var app = await WithComplaintAsync();
        app.Time.Advance(TimeSpan.FromHours(24));
        app.Mail.Next(new Unavailable("busy"));
        await app.Get<CaseClock>().RunAsync(Cancel);
        Assert.Null(app.Replies.All.Single().EscalatedAt);
        await app.Get<CaseClock>().RunAsync(Cancel);
        Assert.Equal(1, Escalations(app));
    }

    [Fact]
    public async Task What_was_solved_in_time_is_not_escalated()
    {
        using var app = await WithComplaintAsync();
        await app.Get<Conversation>().HandleAsync(K1, "r1", "gebeld", invitesBack: false, Cancel);
        app.Time.Advance(TimeSpan.FromDays(2));
        await app.Get<CaseClock>().RunAsync(Cancel);
        Assert.Equal(0, Escalations(app));
    }

    [Fact]
    public async Task A_follow_up_whose_message_got_lost_is_queued_again_after_an_hour()
    {
        using var app = New();
        await app.Get<Conversation>().TakeAsync(Complaint("r1"), Cancel);
        app.ReplyQueues.FollowUp.Clear();
        app.Time.Advance(TimeSpan.FromHours(1));
        await app.Get<CaseClock>().RunAsync(Cancel);
        Assert.Empty(app.ReplyQueues.FollowUp.Messages);
        app.Time.Advance(TimeSpan.FromSeconds(1));
        await app.Get<CaseClock>().RunAsync(Cancel);
        await app.FollowUpAsync(Cancel);
        Assert.NotNull(app.Replies.All.Single().OwnerMailedAt);
    }

    [Fact]
    public async Task A_reply_whose_reading_got_lost_is_read_again_after_an_hour()
    {
        using var app = New();
        app.Replies.Put(new Reply("r1", K1, null, null, InMemoryApp.Start, Road.Mail, "Graag een antwoord", "") { RawPost = "gone" });
        app.Time.Advance(TimeSpan.FromHours(1.1));
        await app.Get<CaseClock>().RunAsync(Cancel);
        await app.FollowUpAsync(Cancel);
        Assert.True(app.Replies.All.Single() is { Reading: not null, RawPost: null, OwnerMailedAt: not null });
    }

    [Fact]
    public async Task One_reply_that_goes_wrong_does_not_keep_the_others_waiting()
    {
        using var app = New();
        foreach (var id in new[] { "r1", "r2", "r3" }) await app.Get<Conversation>().TakeAsync(Complaint(id), Cancel);
        await app.FollowUpAsync(Cancel);
        app.Time.Advance(TimeSpan.FromDays(1));
        app.Mail.Next(_ => throw new InvalidOperationException("no such template"));
        await app.Get<CaseClock>().RunAsync(Cancel);
        Assert.Equal(2, app.Replies.All.Count(r => r.EscalatedAt is not null));
    }

    private static int Escalations(InMemoryApp app) => app.Mail.Sent.Count(m => m.MessageId.StartsWith("late.", StringComparison.Ordinal));

    private static Reply Complaint(string id) =>
        new(id, K1, InMemoryApp.Restaurant, "invitation", InMemoryApp.Start, Road.Mail, "Re: hallo", "Koud") { Reading = ReplyReading.Given("Koud", Reason.Dissatisfied, SubReason.Quality) };

    private static InMemoryApp New(params (string, string)[] settings)
    {
        var app = new InMemoryApp(settings);
        app.AddLapsed("K1");
        return app;
    }

    private static async Task<InMemoryApp> WithComplaintAsync(params (string, string)[] settings)
    {
        var app = New(settings);
        await app.Get<Conversation>().TakeAsync(Complaint("r1"), Cancel);
        await app.FollowUpAsync(Cancel);
        return app;
    }
}
