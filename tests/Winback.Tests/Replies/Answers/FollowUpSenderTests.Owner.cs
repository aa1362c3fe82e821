using Winback.Mail;
using Winback.Replies;
using Winback.Replies.Answers;
using Winback.Replies.Reading;

namespace Winback.Tests.Replies.Answers;

/// <content>What the owner, or who looks after a customer, is told.</content>
public sealed partial class FollowUpSenderTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_owners_mail_that_may_not_have_arrived_is_not_sent_for_ever(bool isRefused)
    {
        using var app = New();
        await app.Get<Conversation>().TakeAsync(Of("r1", Complaint), Cancel);
        var tries = isRefused ? 1 : 4;
        for (var i = 0; i < tries; i++)
        {
            Assert.Null(Only(app).OwnerMailedAt);
            app.Mail.Next(isRefused ? new Refused("no such mailbox") : new Unknown("no answer came"));
            if (i == 0) await app.FollowUpAsync(Cancel);
            else await RunDelayedAsync(app);
        }
        Assert.NotNull(Only(app).OwnerMailedAt);
        Assert.True(Only(app).IsOpenCase);
        Assert.Single(Answers(app));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_complaint_reaches_the_owner_where_the_account_manager_cannot_be_reached(bool isGone)
    {
        using var app = New(("Replies:OwnerEmail", "baas@delinde.example"));
        app.Customers.Put(app.Customers["K1"], app.Customers.ProfileOf("K1") with { AccountManager = "weg@delinde.example" });
        await app.Get<Conversation>().TakeAsync(Of("r1", Complaint), Cancel);
        var tries = isGone ? 1 : 4;
        for (var i = 0; i < tries; i++)
        {
            app.Mail.Next(isGone ? new Refused("no such mailbox") : new Unavailable("mailbox full"));
            if (i == 0) await app.FollowUpAsync(Cancel);
            else await RunDelayedAsync(app);
        }

        Assert.Equal("baas@delinde.example", app.Mail.Sent[0].To.Address.Value);
        Assert.NotNull(Only(app).OwnerMailedAt);
        Assert.Single(Answers(app));
    }

    [Fact]
    public async Task A_correction_tells_the_owner_of_the_complaint_and_its_clock_runs_from_there()
    {
        using var app = New();
        await HearAsync(app, Of("r1", ReplyReading.Given("Koud eten?", Reason.None, intents: Intent.Question)));
        app.Time.Advance(TimeSpan.FromHours(30));

        await app.Get<Conversation>().CorrectAsync(K1, "r1", _ => Complaint, Cancel);
        await app.FollowUpAsync(Cancel);
        await app.Get<CaseClock>().RunAsync(Cancel);

        Assert.Equal(2, app.Mail.Sent.Count(m => m.Tags.GetValueOrDefault("for") == "owner"));
        Assert.Equal("apology", Assert.Single(Answers(app)).Tags["answer"]);
        Assert.Null(Only(app).EscalatedAt);
        app.Time.Advance(TimeSpan.FromHours(24));
        await app.Get<CaseClock>().RunAsync(Cancel);
        Assert.NotNull(Only(app).EscalatedAt);
    }

    [Fact]
    public async Task Who_looks_after_a_customer_is_told_when_a_reply_turns_out_to_be_theirs()
    {
        using var app = New(("Replies:OwnerEmail", "baas@delinde.example"));
        app.Customers.Put(app.Customers["K1"], app.Customers.ProfileOf("K1") with { AccountManager = "eva@delinde.example" });
        await HearAsync(app, Of("r1", Complaint) with { Customer = null });

        await app.Get<Conversation>().AssignAsync("r1", K1, Cancel);
        await app.FollowUpAsync(Cancel);

        Assert.Equal(["baas@delinde.example", "eva@delinde.example"], app.Mail.Sent.Where(m => m.Tags.GetValueOrDefault("for") == "owner").Select(m => m.To.Address.Value));
    }

    [Fact] // The post is taken off the reply at about that moment.
    public async Task The_owner_is_told_at_once_also_when_the_reply_changes_at_the_same_moment()
    {
        using var app = New();
        await app.Get<Conversation>().TakeAsync(Of("r1", Complaint), Cancel);
        app.Replies.BeforeNextWrite(() => app.Replies.Put(Only(app) with { Attachments = 1 }));
        await app.FollowUpAsync(Cancel);
        Assert.Equal(("owner", 1), (app.Mail.Sent[0].Tags["for"], Only(app).Attachments));
        Assert.Empty(app.ReplyQueues.FollowUp.Messages);
    }
}
