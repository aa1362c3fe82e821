using System.Net;
using Winback.Customers;
using Winback.Mail;
using Winback.Replies;
using Winback.Replies.Answers;
using Winback.Replies.Reading;
using Winback.Tests.Fakes;
using Winback.Tests.Hosting;

namespace Winback.Tests.Replies;

/// <summary>The same post and the same messages many times, at once and in any order, come to what they come to once.</summary>
public sealed class ReplayTests
{
    private const string Path = $"/api/replies/inbound?secret={TestApp.InboundSecret}";

    [Fact]
    public async Task The_same_post_ten_times_one_after_the_other_is_one_reply_one_case_one_answer_and_one_mail_to_the_owner()
    {
        await using var app = await StartAsync();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(i == 0 ? "recorded" : "unchanged", await PostAsync(app));
            if (i % 3 == 2) await app.Parts.FollowUpAsync(Cancel);
            app.Parts.Time.Advance(TimeSpan.FromMinutes(1));
        }
        await app.Parts.FollowUpAsync(Cancel);

        AssertOnce(app.Parts);
    }

    [Fact]
    public async Task The_same_post_ten_times_at_once_is_one_reply_one_case_one_answer_and_one_mail_to_the_owner()
    {
        await using var app = await StartAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => PostAsync(app), Cancel)));
        await DrainAtOnceAsync(app.Parts);

        Assert.Equal(1, results.Count(r => r == "recorded"));
        AssertOnce(app.Parts);
    }

    [Theory]
    [InlineData(0)] // The owner is being told.
    [InlineData(1)] // The owner was told, the customer is being answered.
    public async Task A_message_that_comes_while_a_mail_leaves_sends_nothing_twice(int mailsBefore)
    {
        await using var app = await StartAsync();
        await PostAsync(app);
        await ReadAsync(app.Parts);
        var message = app.Parts.ReplyQueues.FollowUp.Messages.Single();
        for (var i = 0; i < mailsBefore; i++) app.Parts.Mail.Next(new Accepted("before"));
        app.Parts.Mail.Next(_ =>
        {
            app.Parts.Get<FollowUpSender>().HandleAsync(message, Cancel).GetAwaiter().GetResult();
            return new Accepted("p1");
        });

        await DrainAtOnceAsync(app.Parts);

        AssertOnce(app.Parts);
    }

    [Fact]
    public async Task Messages_in_any_order_and_number_come_to_the_same()
    {
        await using var usual = await StartAsync();
        await PostAsync(usual);
        await DrainAtOnceAsync(usual.Parts);
        foreach (var order in new[] { "frf", "rrff", "frrfrf", "ffr", "rfrf" })
        {
            await using var app = await StartAsync();
            await PostAsync(app);
            var read = app.Parts.ReplyQueues.Read.Messages.Single();
            foreach (var which in order)
            {
                if (which == 'r') await app.Parts.Get<PostReader>().HandleAsync(read, Cancel);
                else await app.Parts.Get<FollowUpSender>().HandleAsync(new FollowUpMessage(read.Customer, read.Reply), Cancel);
            }
            await DrainAtOnceAsync(app.Parts);

            AssertOnce(app.Parts);
            Assert.Equal(Facts(usual), Facts(app));
        }
    }

    [Fact]
    public async Task A_reply_that_comes_while_another_is_corrected_keeps_its_hold()
    {
        await using var app = await StartAsync();
        var conversation = app.Parts.Get<Conversation>();
        var first = Given("first");
        await conversation.TakeAsync(first, Cancel);
        // After the correction looked at his replies and before it writes down what follows from them.
        app.Parts.Customers.BeforeNextWrite(() => conversation.TakeAsync(Given("second"), Cancel).GetAwaiter().GetResult());

        await conversation.CorrectAsync(first.Customer, first.Id, r => r.Reading! with { Automatic = true }, Cancel);

        Assert.NotNull(app.Parts.Customers["K1"].Hold);

        static Reply Given(string id) => new(id, CustomerId.Parse("K1"), InMemoryApp.Restaurant, "invitation", InMemoryApp.Start, Road.Mail, "", "Dank je") { Reading = ReplyReading.Given("Dank je", Reason.None, intents: Intent.Thanks) };
    }

    /// <summary>All but the enrolment and the claim on the answer, which have names of their own.</summary>
    private static Dictionary<string, object> Facts(TestApp app) => app.Parts.Customers.Columns("K1").Where(c => c.Key is not ("Marketing" or "AnsweredClaim")).ToDictionary(c => c.Key, c => c.Value);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static void AssertOnce(InMemoryApp app)
    {
        var reply = Assert.Single(app.Replies.All);
        Assert.Equal((AnswerKind.Apology, AnswerState.HandedOver), (reply.Answer!.Kind, reply.Answer.State));
        Assert.True(reply.IsOpenCase);
        Assert.Equal(reply.ReceivedAt, app.Customers["K1"].ComplaintSince);
        Assert.Single(app.Mail.Sent, m => m.Tags.GetValueOrDefault("for") == "owner");
        Assert.Single(app.Mail.Sent, m => m.Headers.ContainsKey(AnswerComposer.AnswerHeader));
        Assert.Empty(app.RawPosts.Names);
        Assert.Null(reply.RawPost);
    }

    private static async Task<TestApp> StartAsync()
    {
        var app = await TestApp.StartAsync();
        app.Parts.AddLapsed("K1");
        await app.HandleAsync("K1", "invitation");
        return app;
    }

    private static async Task<string?> PostAsync(TestApp app)
    {
        var post = new InboundPost(app.Parts.Mail.Sent[0].ReplyTo.Address.Value).Set("text", "Het eten was koud en de bediening onbeschoft. Ik ben erg ontevreden.").Without("charsets");
        using var answer = await app.SendAsync(HttpMethod.Post, Path, post.ToContent());
        return await TestApp.ResultAsync(answer, HttpStatusCode.OK);
    }

    private static async Task ReadAsync(InMemoryApp app)
    {
        foreach (var message in app.ReplyQueues.Read.Messages)
        {
            app.ReplyQueues.Read.Remove(message);
            await app.Get<PostReader>().HandleAsync(message, Cancel);
        }
    }

    /// <summary>All that wait at once, as the host hands them out; until nothing waits.</summary>
    private static async Task DrainAtOnceAsync(InMemoryApp app)
    {
        while (app.ReplyQueues.Read.Messages is { Count: > 0 } reads)
        {
            foreach (var message in reads) app.ReplyQueues.Read.Remove(message);
            await Task.WhenAll(reads.Select(m => Task.Run(() => app.Get<PostReader>().HandleAsync(m, Cancel), Cancel)));
        }
        while (app.ReplyQueues.FollowUp.All is { Count: > 0 } messages)
        {
            foreach (var (message, _) in messages) app.ReplyQueues.FollowUp.Remove(message);
            if (messages.All(m => m.Delay > TimeSpan.Zero)) app.Time.Advance(messages.Max(m => m.Delay));
            await Task.WhenAll(messages.Select(m => Task.Run(() => app.Get<FollowUpSender>().HandleAsync(m.Message, Cancel), Cancel)));
        }
    }
}
