using System.Net;
using System.Text.RegularExpressions;
using Winback.Cli.Demo;
using Winback.Customers;
using Winback.Customers.Import;
using Winback.Intake;
using Winback.Referrals;

namespace Winback.EndToEnd;

/// <summary>From the link in a mail to the reward, in real storage.</summary>
public sealed partial class ReferralTests(PublishedApp app)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_friend_who_follows_the_link_in_a_mail_and_buys_earns_a_reward_that_is_handed_out_once()
    {
        await using var product = await Product.StartAsync(app);
        using var http = new HttpClient { BaseAddress = product.Host.BaseUrl };
        var sample = SampleBase.CreateLapsed(1, product.Now.Today);
        await product.ImportAsync(sample);
        await product.ScanAsync();
        var mail = Assert.Single(await product.MailsAsync());
        var referrer = CustomerId.Parse(sample.Customers[0].Number);
        var link = InvitationLink().Match(mail.Text!).Value;
        Assert.Contains("<form", await http.GetStringAsync(link, Cancel), StringComparison.Ordinal);

        for (var i = 0; i < 2; i++) await SignUpAsync(http, link, new() { ["name"] = "Piet", ["phone"] = "06 12345678", ["agree"] = "yes" });
        var friend = CustomerId.Parse("friend");
        await product.Part<CustomerBook>().ApplyAsync(friend, [new CustomerRow(friend, "Piet", "Piet", "piet@vriend.example", null, null, null)], Cancel);
        var today = product.Now.Today;
        await product.Part<CustomerBook>().AddPurchasesAsync(friend, [new Purchase(friend, today.AddDays(-30), null, new Money(2500), "B1", null, 0)], Cancel);
        await MakeOlderAsync(product, referrer, days: 40);

        var book = product.Part<ReferralBook>();
        var signedUp = Assert.Single(await book.OfAsync(referrer, Cancel));
        Assert.Equal((ReferralState.Waiting, "Piet"), (signedUp.Decision.State, signedUp.Referral.Name));
        Assert.True((await book.MatchAsync(signedUp.Referral.Id, friend, Cancel)).Done);
        for (var i = 0; i < 2; i++) Assert.True((await book.RewardAsync(signedUp.Referral.Id, Cancel)).Done);

        var done = Assert.Single(await book.AllAsync(Cancel).ToListAsync(Cancel));
        Assert.Equal((ReferralState.HandedOut, today.AddDays(-15), true), (done.Decision.State, done.Decision.EarnedOn, done.Decision.ToReferrer));
        Assert.NotNull(done.Referral.Consent);
        Assert.Equal(referrer, Assert.Single(await book.OfFriendAsync(friend, Cancel)).Referral.Referrer);
        Assert.Single(await product.MailsAsync());
    }

    private static async Task SignUpAsync(HttpClient http, string link, Dictionary<string, string> fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await http.PostAsync(link, form, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>The app's clock is the real one, so the referral is made so many days older instead.</summary>
    private static async Task MakeOlderAsync(Product product, CustomerId referrer, int days)
    {
        var store = product.Part<IReferralStore>();
        var file = await store.OfAsync(referrer, Cancel).SingleAsync(Cancel);
        Assert.True(await store.TryReplaceAsync(file, file.Referral with { ReceivedAt = file.Referral.ReceivedAt.AddDays(-days) }, Cancel));
        Assert.False(await store.TryReplaceAsync(file, file.Referral, Cancel)); // as read before
    }

    [GeneratedRegex(@"http\S+/api/r/\w+")]
    private static partial Regex InvitationLink();
}
