using System.Net;
using Winback.Cli.Demo;
using Winback.Customers;
using Winback.Outreach;
using Winback.Replies.Answers;

namespace Winback.EndToEnd;

/// <summary>The app sends, two customers answer the mails in the inbox, and what follows arrives there too.</summary>
public sealed class ConversationTests(PublishedApp app)
{
    private const string Campaign = SampleBase.RestaurantCampaign;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_complaint_opens_a_case_and_who_forgot_gets_the_way_back()
    {
        await using var product = await Product.StartAsync(app, ("Replies__OwnerEmail", "eigenaar@eetcafe-de-linde.example"));
        using var http = new HttpClient { BaseAddress = product.Host.BaseUrl };
        var sample = SampleBase.CreateLapsed(2, product.Now.Today);
        await product.ImportAsync(sample);
        await product.ScanAsync();
        var sent = (await product.MailsAsync()).ToDictionary(m => m.Recipient, StringComparer.Ordinal);
        var (complains, forgot) = (sample.Customers[0], sample.Customers[1]);

        await PostAsync(http, InboundPosting.Parsed(sent[complains.Mailbox], "klacht@example.org", "Het eten was koud en de bediening onbeschoft. Ik ben erg ontevreden.\n\n> Kom je weer eens?"));
        await PostAsync(http, InboundPosting.Raw(sent[forgot.Mailbox], "vergeten@example.org", "helemaal vergeten, ik kom graag weer"));
        await product.UntilQuietAsync(Product.Soon);

        var after = (await product.MailsAsync()).Skip(2).ToList();
        Assert.Equal(3, after.Count);
        var owner = Assert.Single(after, m => m.Recipient == "eigenaar@eetcafe-de-linde.example");
        Assert.Contains("> Het eten was koud en de bediening onbeschoft.", owner.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Kom je weer eens?", owner.Text, StringComparison.Ordinal);
        Assert.Equal(complains.Mailbox, Assert.Single(owner.ReplyTo!).Address);
        Assert.Equal("apology", Assert.Single(after, m => m.Recipient == complains.Mailbox).Header(AnswerComposer.AnswerHeader));
        var wayBack = Assert.Single(after, m => m.Recipient == forgot.Mailbox);
        Assert.Equal("way-back", wayBack.Header(AnswerComposer.AnswerHeader));
        Assert.Contains(await CouponAsync(product, forgot), wayBack.Text, StringComparison.Ordinal);
        await AssertExplainedAsync(product, complains, "A complaint case was opened.", "An automatic answer (apology) was handed over.", "The owner was mailed about it.");
        await AssertExplainedAsync(product, forgot, "An automatic answer (way-back) was handed over.");
        Assert.NotNull((await product.CustomerAsync(complains.Number)).Customer.ComplaintSince);
        Assert.Equal(0, product.FailedInvocations);
    }

    private static async Task PostAsync(HttpClient http, MultipartFormDataContent post)
    {
        using (post)
        {
            using var answer = await http.PostAsync(InboundPosting.Path, post, Cancel);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    private static async Task<string> CouponAsync(Product product, SampleCustomer customer)
    {
        var enrolment = (await product.CustomerAsync(customer.Number)).Customer.Marketing!;
        var coupon = await product.Part<CustomerCodes>().FindCouponAsync(CustomerId.Parse(customer.Number), Campaign, enrolment.Anchor, Cancel);
        return coupon!.Code;
    }

    private static async Task AssertExplainedAsync(Product product, SampleCustomer customer, params string[] sentences)
    {
        Assert.Equal(EnrolmentEnd.Reply, (await product.CustomerAsync(customer.Number)).Customer.Marketing!.Ended);
        var why = await product.WhyAsync(customer.Number);
        foreach (var sentence in sentences) Assert.Contains(why.History, e => e.What.Contains(sentence, StringComparison.Ordinal));
        Assert.Equal("excluded", why.Answers.Single(c => c.Campaign == Campaign).Answer);
    }
}
