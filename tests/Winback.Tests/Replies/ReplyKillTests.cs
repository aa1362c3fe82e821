using System.Net;
using Winback.Customers;
using Winback.Replies;
using Winback.Replies.Answers;
using Winback.Tests.Fakes;
using Winback.Tests.Hosting;

namespace Winback.Tests.Replies;

/// <summary>
/// The app is killed after each of its effects in turn, from the post to the last mail, and goes on as SendGrid and the Functions host would have it: what was not
/// answered 2xx is posted again, a message that was not handled comes back, the cases are looked at every quarter of an hour.
/// </summary>
public sealed class ReplyKillTests
{
    private const string Path = $"/api/replies/inbound?secret={TestApp.InboundSecret}";
    private const string Complaint = "Het eten was koud en de bediening onbeschoft. Ik ben erg ontevreden en kom niet meer.";
    private const string Forgot = "Helemaal vergeten, ik kom graag weer eten!";
    private const string Unsubscribe = "Schrijf me uit, ik wil geen mail meer van jullie.";

    [Theory]
    [InlineData(Complaint, AnswerKind.Apology, true)]
    [InlineData(Forgot, AnswerKind.WayBack, false)]
    [InlineData(Unsubscribe, null, false)]
    public async Task Killed_after_any_effect_nothing_is_lost_and_one_answer_goes_at_most(string text, AnswerKind? answer, bool ownerIsTold)
    {
        var runs = 0;
        while (await LiveAsync(text, answer, ownerIsTold, runs)) runs++;
        // The post, the reply, the hold, the message, the reading, what follows from it: less would mean that the app was not killed everywhere.
        Assert.InRange(runs, answer is null ? 8 : 12, 100);
    }

    [Fact]
    public async Task A_complaint_killed_after_any_two_effects_is_apologised_for_once_at_most()
    {
        var runs = 0;
        for (var first = 0; await LiveAsync(Complaint, AnswerKind.Apology, ownerIsTold: true, first); first++)
        {
            for (var second = 0; await LiveAsync(Complaint, AnswerKind.Apology, ownerIsTold: true, first, second); second++) runs++;
        }
        Assert.InRange(runs, 100, 2000);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <returns>Whether the app was killed as often as asked.</returns>
    private static async Task<bool> LiveAsync(string text, AnswerKind? answer, bool ownerIsTold, params int[] kills)
    {
        await using var app = await TestApp.StartAsync();
        app.Parts.AddLapsed("K1");
        await app.HandleAsync("K1", "invitation");
        var post = new InboundPost(app.Parts.Mail.Sent[0].ReplyTo.Address.Value).Set("text", text).Without("charsets");
        var left = new Queue<int>(kills);
        Restart();
        await PostUntilTakenAsync();
        Assert.True(app.Parts.Customers["K1"] is { Hold: not null, Marketing.Ended: EnrolmentEnd.Reply }, $"2xx without a hold; {Story()}");
        for (var quarter = 0; quarter < 8; quarter++)
        {
            await DrainAsync();
            app.Parts.Time.Advance(TimeSpan.FromMinutes(15));
            await UntilDoneAsync(() => app.Parts.Get<CaseClock>().RunAsync(Cancel));
        }
        await DrainAsync();
        var wasKilled = !app.Parts.Effects.IsArmed;
        AssertAllIsWell(app.Parts, answer, ownerIsTold, kills.Length, Story());
        return wasKilled;

        string Story() => $"killed after {string.Join(" and ", kills)} effects: {string.Join("; ", app.Parts.Effects.Done)}";

        void Restart()
        {
            if (left.TryDequeue(out var kill)) app.Parts.Effects.StopAfter(kill);
            else app.Parts.Effects.Restart();
        }

        async Task PostUntilTakenAsync()
        {
            while (true)
            {
                using var given = await app.SendAsync(HttpMethod.Post, Path, post.ToContent());
                if (given.StatusCode == HttpStatusCode.OK) return;
                Assert.Equal(HttpStatusCode.InternalServerError, given.StatusCode);
                Restart();
            }
        }

        async Task UntilDoneAsync(Func<Task> work)
        {
            while (true)
            {
                try
                {
                    await work();
                    if (!app.Parts.Effects.IsStopped) return;
                }
                catch (KilledException)
                {
                    // Started again below.
                }
                Restart();
            }
        }

        // A message is gone only after it was handled; one that was put off comes when it is due.
        async Task DrainAsync()
        {
            while (true)
            {
                if (app.Parts.ReplyQueues.Read.Messages is [var read, ..])
                {
                    await UntilDoneAsync(() => app.Parts.Get<PostReader>().HandleAsync(read, Cancel));
                    app.Parts.ReplyQueues.Read.Remove(read);
                }
                else if (app.Parts.ReplyQueues.FollowUp.All is [var (message, delay), ..])
                {
                    app.Parts.Time.Advance(delay);
                    await UntilDoneAsync(() => app.Parts.Get<FollowUpSender>().HandleAsync(message, Cancel));
                    app.Parts.ReplyQueues.FollowUp.Remove(message);
                }
                else
                {
                    return;
                }
            }
        }
    }

    private static void AssertAllIsWell(InMemoryApp app, AnswerKind? answer, bool ownerIsTold, int kills, string story)
    {
        var reply = Assert.Single(app.Replies.All);
        Assert.True(reply is { Reading: not null, RawPost: null }, $"not read; {story}");
        // A post that was kept just before the kill and posted again is kept twice.
        Assert.True(app.RawPosts.Names.Count <= (story.Contains("post kept; post kept", StringComparison.Ordinal) ? kills : 0), $"{app.RawPosts.Names.Count} posts are left; {story}");
        var owners = app.Mail.Sent.Count(m => m.Tags.GetValueOrDefault("for") == "owner");
        Assert.True(ownerIsTold ? owners >= 1 && owners <= 1 + kills && reply.OwnerMailedAt is not null : owners == 0, $"the owner got {owners} mails; {story}");
        var answers = app.Mail.Sent.Count(m => m.Headers.ContainsKey(AnswerComposer.AnswerHeader));
        var customer = app.Customers["K1"];
        Assert.Equal(EnrolmentEnd.Reply, customer.Marketing?.Ended);
        if (answer is { } kind)
        {
            Assert.True(reply.Answer is { State: AnswerState.HandedOver or AnswerState.Uncertain } given && given.Kind == kind, $"no {kind}; {story}");
            Assert.True(answers == 1 || (answers == 0 && reply.Answer!.State == AnswerState.Uncertain), $"{answers} answers; {story}");
            Assert.True(kind != AnswerKind.Apology || customer.ComplaintSince == reply.ReceivedAt, $"no case; {story}");
        }
        else
        {
            Assert.True(answers == 0 && reply.Answer is null && customer.OptedOutAt is not null, $"not opted out in silence; {story}");
        }
    }
}
