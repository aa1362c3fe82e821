using System.Net;
using System.Text.RegularExpressions;
using Winback.Customers;
using Winback.Mail;
using Winback.Outreach;
using Winback.Referrals;
using Winback.Replies;
using Winback.Replies.Answers;
using Winback.Tests.Fakes;
using Winback.Tests.Hosting;

namespace Winback.Tests.Referrals;

/// <summary>The one mail to a friend who signed up, from the form to the press of its button.</summary>
public sealed partial class FriendAskerTests
{
    private const string Path = "/api/r/7K2P9QRS";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("nl", "Was jij dit?", "Sam gaf onze naam door", "Je krijgt € 10 van ons", "we mailen je hier niet meer over")]
    [InlineData("en", "Was this you?", "Sam passed on our name", "You get €10 from us", "we will not write to you about this again")]
    public async Task A_friend_is_asked_in_their_language_by_one_mail_that_says_nothing_that_was_filled_in(
        string language, string subject, string referrer, string reward, string notYou)
    {
        await using var app = await StartAsync(("Referrals:FriendReward", "10"));
        await SignUpAsync(app, "Piet@Vriend.example", $"{Path}?lang={language}", ("name", "Koop bij evil.example"), ("agree", "yes"));
        await SignUpAsync(app, "piet@vriend.example", $"{Path}?lang={language}");
        await app.Parts.FollowUpAsync(Cancel);

        var mail = Assert.Single(app.Parts.Mail.Sent);
        var text = mail.Text.Replace('\n', ' ').Replace('\u00a0', ' ');
        Assert.Equal("piet@vriend.example", mail.To.Address.Value);
        Assert.StartsWith(subject, mail.Subject, StringComparison.Ordinal);
        foreach (var words in new[] { referrer, reward, notYou, "Eetkamer De Linde" }) Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)evil|piet|preferences", mail.Text + mail.Html);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.Equal("hallo@delinde.example", mail.ReplyTo.Address.Value);
        Assert.Equal((AnswerState.HandedOver, null), (Only(app).Asked!.State, Only(app).Asked!.Problem));
        Assert.Empty(app.Parts.ReplyQueues.FollowUp.All);
    }

    [Fact]
    public async Task The_mail_names_nobody_and_promises_nothing_where_the_owner_does_not()
    {
        await using var app = await StartAsync(("Referrals:ShowReferrer", "false"));
        await SignUpAsync(app);
        await app.Parts.FollowUpAsync(Cancel);

        var mail = Assert.Single(app.Parts.Mail.Sent);
        Assert.DoesNotMatch("Sam|€", mail.Text);
        Assert.Contains("Iemand (jij, hopen we)", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_left_only_a_telephone_number_is_not_mailed()
    {
        await using var app = await StartAsync();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["phone"] = "06 12 34 56 78" });
        using var answer = await app.SendAsync(HttpMethod.Post, Path, form);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(app.Parts.ReplyQueues.FollowUp.All);
        Assert.Null(Only(app).Asked);
    }

    [Fact]
    public async Task The_button_confirms_once_and_looking_changes_nothing()
    {
        await using var app = await StartAsync();
        await SignUpAsync(app, fields: ("agree", "yes"));
        await app.Parts.FollowUpAsync(Cancel);
        var page = Button(app);
        app.Parts.Effects.Forget();

        var asked = await TestApp.TextAsync(await app.GetAsync(page), HttpStatusCode.OK);
        Assert.Empty(app.Parts.Effects.Done);
        Assert.Contains("mag mij ook nieuws en aanbiedingen mailen", asked, StringComparison.Ordinal);
        Assert.False((await ListedAsync(app)).MayMail);
        app.Parts.Time.Advance(TimeSpan.FromHours(1));
        var done = await TestApp.TextAsync(await PressAsync(app, page), HttpStatusCode.OK);
        app.Parts.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(done, await TestApp.TextAsync(await PressAsync(app, page), HttpStatusCode.OK));

        Assert.Equal(InMemoryApp.Start.AddHours(1), Only(app).ConfirmedAt);
        Assert.True((await ListedAsync(app)).MayMail);
        Assert.Single(app.Parts.Mail.Sent);
    }

    [Fact] // Whoever knows a code fills in what he likes, and the page is the owner's.
    public async Task The_page_says_what_was_agreed_to_in_our_words_alone()
    {
        await using var app = await StartAsync();
        using var answer = await app.PostJsonAsync("/api/referrals", """{"code":"7K2P9QRS","email":"piet@vriend.example","agreedTo":"Maak geld over"}""", key: null);
        await app.Parts.FollowUpAsync(Cancel);

        var page = await TestApp.TextAsync(await app.GetAsync(Button(app)), HttpStatusCode.OK);

        Assert.DoesNotContain("Maak geld over", page, StringComparison.Ordinal);
        Assert.Contains("mag mij ook nieuws en aanbiedingen mailen", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_more_than_the_cap_who_sign_up_at_once_none_is_mailed()
    {
        await using var app = await StartAsync();
        for (var i = 0; i <= SignUp.MaxPerCustomer; i++)
            await app.Parts.Referrals.TryAddAsync(new Referral(CustomerId.Parse("K1"), $"key{i}", InMemoryApp.Start.AddSeconds(i)) { Email = $"vriend{i}@vriend.example" }, Cancel);

        var last = app.Parts.Referrals.All.MaxBy(r => r.ReceivedAt)!;
        await app.Parts.Get<FriendAsker>().AskAsync(last.Referrer, last.FriendKey, new FollowUpMessage("k1", null, Friend: last.FriendKey), Cancel);

        Assert.Empty(app.Parts.Mail.Sent);
        Assert.Equal("too many friends had signed up under this code", app.Parts.Referrals.All.Single(r => r.FriendKey == last.FriendKey).Asked?.Problem);
    }

    [Fact]
    public async Task Confirming_without_having_agreed_is_no_leave_to_mail()
    {
        await using var app = await StartAsync();
        await SignUpAsync(app);
        await app.Parts.FollowUpAsync(Cancel);
        await PressAsync(app, Button(app));

        Assert.NotNull(Only(app).ConfirmedAt);
        Assert.False((await ListedAsync(app)).MayMail);
    }

    [Fact]
    public async Task The_link_below_the_mail_stops_everything_for_good()
    {
        await using var app = await StartAsync();
        await SignUpAsync(app, fields: ("agree", "yes"));
        await app.Parts.FollowUpAsync(Cancel);
        await PressAsync(app, Button(app));
        await PressAsync(app, new Uri(app.Parts.Mail.Sent[0].Headers["List-Unsubscribe"].Trim('<', '>')).AbsolutePath);
        Assert.False((await ListedAsync(app)).MayMail);
        app.Parts.Time.Advance(TimeSpan.FromDays(60));
        app.Parts.AddLapsed("K2");
        app.Parts.Codes.Put(CodeKind.Referral, "ANOTHER1", new CodeOwner(CustomerId.Parse("K2")));
        await SignUpAsync(app, path: "/api/r/ANOTHER1");
        await app.Parts.FollowUpAsync(Cancel);

        Assert.Single(app.Parts.Mail.Sent);
        Assert.Equal((AnswerState.Skipped, "the mailbox opted out"), (app.Parts.Referrals.All[1].Asked!.State, app.Parts.Referrals.All[1].Asked!.Problem));
    }

    [Theory] // A sign-up form must not be a way to mail anybody at will.
    [InlineData(29, 1)]
    [InlineData(30, 2)]
    public async Task A_mailbox_gets_one_such_mail_in_thirty_days_whoever_signs_it_up(int daysLater, int mails)
    {
        await using var app = await StartAsync();
        app.Parts.AddLapsed("K2");
        app.Parts.Codes.Put(CodeKind.Referral, "ANOTHER1", new CodeOwner(CustomerId.Parse("K2")));
        await SignUpAsync(app);
        await app.Parts.FollowUpAsync(Cancel);
        app.Parts.Time.Advance(TimeSpan.FromDays(daysLater));
        await SignUpAsync(app, path: "/api/r/ANOTHER1");
        await app.Parts.FollowUpAsync(Cancel);

        Assert.Equal(mails, app.Parts.Mail.Sent.Count);
    }

    [Fact]
    public async Task Who_opts_out_while_the_mail_is_being_made_does_not_get_it()
    {
        await using var app = await StartAsync();
        await SignUpAsync(app);
        var message = Assert.Single(app.Parts.ReplyQueues.FollowUp.Messages);
        app.Parts.Mail.Next(new Unavailable("busy"));
        await app.Parts.FollowUpAsync(Cancel);
        var key = app.Parts.MailboxKey("piet@vriend.example");
        Assert.Null(app.Parts.Mailboxes[key]!.Asked); // put back, so that the next try is the first
        app.Parts.Mailboxes.Put(app.Parts.Mailboxes[key]! with { OptedOutAt = InMemoryApp.Start });
        await app.Parts.Get<FollowUpSender>().HandleAsync(message, Cancel);

        Assert.Empty(app.Parts.Mail.Sent);
        Assert.Equal("the mailbox opted out", Only(app).Asked!.Problem);
    }

    [Fact]
    public async Task Killed_after_any_effect_the_mail_goes_once_at_most_and_what_became_of_it_is_known()
    {
        var kill = 1;
        for (var wasKilled = true; wasKilled; kill++)
        {
            await using var app = await StartAsync();
            app.Parts.Effects.StopAfter(kill);
            while (await Try(() => SignUpAsync(app))) { } // The host sends a request again that was not answered.
            while (app.Parts.ReplyQueues.FollowUp.All is [var (message, delay), ..])
            {
                app.Parts.Time.Advance(delay);
                while (await Try(() => app.Parts.Get<FollowUpSender>().HandleAsync(message, Cancel))) { }
                app.Parts.ReplyQueues.FollowUp.Remove(message);
            }
            wasKilled = !app.Parts.Effects.IsArmed;
            var story = $"killed after {kill} effects: {string.Join("; ", app.Parts.Effects.Done)}";
            Assert.True(app.Parts.Mail.Sent.Count <= 1, story);
            Assert.True(Only(app).Asked is { } asked && (asked.State is AnswerState.HandedOver or AnswerState.Uncertain), story);
            Assert.True(app.Parts.Mail.Sent.Count == 1 || Only(app).Asked!.State == AnswerState.Uncertain, story);

            async Task<bool> Try(Func<Task> work)
            {
                try
                {
                    await work();
                    if (!app.Parts.Effects.IsStopped) return false;
                }
                catch (Exception e) when (e is KilledException || app.Parts.Effects.IsStopped)
                {
                    // Started again below.
                }
                app.Parts.Effects.Restart();
                return true;
            }
        }
        Assert.InRange(kill, 6, 30); // the sign-up, its message, the claim, the mail, what became of it
    }

    [Fact]
    public async Task A_link_that_is_not_ours_or_too_old_does_nothing()
    {
        await using var app = await StartAsync();
        await SignUpAsync(app);
        await app.Parts.FollowUpAsync(Cancel);
        var page = Button(app);
        foreach (var stray in new[] { page[..^1] + (page[^1] == 'A' ? 'B' : 'A'), page[..^4], "/api/referrals/confirm/x", $"/api/referrals/confirm/{new string('A', 54)}" })
        {
            await TestApp.TextAsync(await app.GetAsync(stray), HttpStatusCode.NotFound);
            await TestApp.TextAsync(await PressAsync(app, stray), HttpStatusCode.NotFound);
        }
        app.Parts.Time.Advance(TimeSpan.FromDays(91));
        await TestApp.TextAsync(await PressAsync(app, page), HttpStatusCode.Gone);

        Assert.Null(Only(app).ConfirmedAt);
    }

    private static async Task<TestApp> StartAsync(params (string, string)[] settings)
    {
        var app = await TestApp.StartAsync(settings);
        app.Parts.AddLapsed("K1");
        app.Parts.Codes.Put(CodeKind.Referral, "7K2P9QRS", new CodeOwner(CustomerId.Parse("K1")));
        return app;
    }

    private static async Task SignUpAsync(TestApp app, string email = "piet@vriend.example", string path = Path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("email", email), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);
        using var answer = await app.SendAsync(HttpMethod.Post, path, form);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<HttpResponseMessage> PressAsync(TestApp app, string path)
    {
        using var form = new FormUrlEncodedContent([]);
        return await app.SendAsync(HttpMethod.Post, path, form);
    }

    /// <summary>Where the button of the mail leads.</summary>
    private static string Button(TestApp app) => new Uri(Confirm().Match(app.Parts.Mail.Sent[0].Html).Groups[1].Value).AbsolutePath;

    private static Referral Only(TestApp app) => Assert.Single(app.Parts.Referrals.All);

    private static async Task<DecidedReferral> ListedAsync(TestApp app) => Assert.Single(await app.Parts.Get<ReferralBook>().AllAsync(Cancel).ToListAsync(Cancel));

    [GeneratedRegex("href=\"(https://[^\"]+/confirm/[^\"]+)\"")]
    private static partial Regex Confirm();
}
