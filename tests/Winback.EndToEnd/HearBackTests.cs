using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Winback.Campaigns;
using Winback.Cli.Demo;
using Winback.Cli.Local;
using Winback.Customers;
using Winback.Hosting;
using Winback.Outreach;

namespace Winback.EndToEnd;

/// <summary>What customers do after the first mail decides who gets the second.</summary>
public sealed partial class HearBackTests(PublishedApp app)
{
    private const string Campaign = SampleBase.RestaurantCampaign;

    /// <summary>More than the 14 days that the campaign waits with its second step.</summary>
    private const int DaysLater = 20;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_who_does_nothing_gets_the_last_chance()
    {
        await using var product = await Product.StartAsync(app);
        using var http = new HttpClient { BaseAddress = product.Host.BaseUrl };
        var sample = SampleBase.CreateLapsed(4, product.Now.Today);
        await product.ImportAsync(sample);
        await product.ScanAsync();
        var (replies, unsubscribes, buys, quiet) = (sample.Customers[0], sample.Customers[1], sample.Customers[2], sample.Customers[3]);
        var first = (await product.MailsAsync()).ToDictionary(m => m.Recipient, StringComparer.Ordinal);
        Assert.Equal(4, first.Count);
        foreach (var customer in sample.Customers)
        {
            Assert.Equal("waiting", (await product.WhyAsync(customer.Number, Campaign)).Answer);
            await LetTimePassAsync(product, customer.Number);
            Assert.Equal("last-chance", (await product.WhyAsync(customer.Number, Campaign)).Step);
        }

        await ReplyAsync(http, first[replies.Mailbox], "recorded");
        await ReplyAsync(http, first[replies.Mailbox], "unchanged");
        await UnsubscribeAsync(product, http, unsubscribes, first[unsubscribes.Mailbox]);
        await BuyAsync(http, product.Now.Today, buys);
        await ReferAsync(http, first[quiet.Mailbox]);
        await product.ScanAsync();

        // The reply was answered and the owner told; neither is a step of a campaign.
        var last = Assert.Single((await product.MailsAsync()).Skip(4), m => m.Headers.ContainsKey(MailComposer.StepHeader.ToLowerInvariant()));
        Assert.Equal((quiet.Mailbox, "last-chance"), (last.Recipient, last.Header(MailComposer.StepHeader)));
        Assert.Equal(Coupon(first[quiet.Mailbox]), Coupon(last));
        Assert.Equal("on-hold", (await product.WhyAsync(replies.Number, Campaign)).Reason);
        Assert.Equal("opted-out", (await product.WhyAsync(unsubscribes.Number, Campaign)).Reason);
        Assert.Equal("active", (await product.WhyAsync(buys.Number, Campaign)).Reason);
        // All steps are done; for the fortnight after a mail the cap is the earlier reason.
        Assert.Equal("capped", (await product.WhyAsync(quiet.Number, Campaign)).Reason);
        var status = await product.StatusAsync();
        Assert.Equal((5, 1, 1, 1, 42.50m), (status.HandedOver, status.Replies, status.Referrals, status.WinBacks, status.WonRevenue));
    }

    /// <summary>The app's clock is the real one, so what it knows is made so many days older instead.</summary>
    private static async Task LetTimePassAsync(Product product, string number)
    {
        var file = await product.CustomerAsync(number);
        var enrolment = file.Customer.Marketing!;
        var older = enrolment with { At = enrolment.At.AddDays(-DaysLater), Started = enrolment.Started.AddDays(-DaysLater) };
        var customer = file.Customer with
        {
            Marketing = older,
            LastMarketingAt = file.Customer.LastMarketingAt!.Value.AddDays(-DaysLater),
            Started = file.Customer.Started.SetItem(Campaign, older.Started),
        };
        Assert.NotNull(await product.Part<ICustomerStore>().TryReplaceAsync(file, customer, file.Profile, Cancel));
        await product.Part<IEnrolmentStore>().StartAsync(customer.Id, older, Cancel);
    }

    /// <summary>As SendGrid's Inbound Parse posts it.</summary>
    private static async Task ReplyAsync(HttpClient http, InboxMail mail, string result)
    {
        var replyTo = Assert.Single(mail.ReplyTo!).Address;
        using var post = new MultipartFormDataContent("xYzZY");
        foreach (var (name, value) in new[]
        {
            ("headers", $"Message-ID: <answer-1@example.org>\nFrom: {mail.Recipient}\nTo: {replyTo}\nIn-Reply-To: {mail.Header("message-id")}\nMIME-Version: 1.0\n"),
            ("dkim", "{@example.org : pass}"), ("to", replyTo), ("from", mail.Recipient), ("subject", $"Re: {mail.Subject}"), ("text", "We wonen nu in Zwolle, te ver weg. Groet!"),
            ("envelope", JsonSerializer.Serialize(new { to = new[] { replyTo }, from = mail.Recipient })), ("attachments", "0"), ("sender_ip", "192.0.2.7"),
            ("charsets", """{"to":"UTF-8","subject":"UTF-8","from":"UTF-8","text":"utf-8"}"""), ("SPF", "pass"),
        })
        {
            var field = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(value));
            field.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = $"\"{name}\"" };
            post.Add(field);
        }
        using var answer = await http.PostAsync("api/replies/inbound?secret=demo-inbound-secret", post, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(result, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("result").GetString());
    }

    private static async Task UnsubscribeAsync(Product product, HttpClient http, SampleCustomer customer, InboxMail mail)
    {
        var link = mail.Header("list-unsubscribe").Trim('<', '>');
        var before = await product.CustomerAsync(customer.Number);
        // What a link scanner does.
        using var looked = await http.GetAsync(link, Cancel);
        Assert.Equal(HttpStatusCode.OK, looked.StatusCode);
        Assert.Equal(before.Version, (await product.CustomerAsync(customer.Number)).Version);

        for (var i = 0; i < 2; i++)
        {
            using var oneClick = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
            using var answer = await http.PostAsync(link, oneClick, Cancel);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        Assert.NotNull((await product.CustomerAsync(customer.Number)).Customer.OptedOutAt);
    }

    private static async Task BuyAsync(HttpClient http, DateOnly today, SampleCustomer customer)
    {
        var sale = new { customer = customer.Number, date = today, amount = 42.50m, order = "B-1" };
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync("wrong"));
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(DemoSettings.ApiKey));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(DemoSettings.ApiKey));

        async Task<HttpStatusCode> PostAsync(string key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "api/purchases") { Content = JsonContent.Create(sale) };
            request.Headers.Add(ApiKeys.Header, key);
            using var answer = await http.SendAsync(request, Cancel);
            return answer.StatusCode;
        }
    }

    private static async Task ReferAsync(HttpClient http, InboxMail mail)
    {
        var code = ReferralCode().Match(mail.Text!).Groups[1].Value;
        foreach (var expected in new[] { HttpStatusCode.Created, HttpStatusCode.OK })
        {
            using var answer = await http.PostAsJsonAsync("api/referrals", new { code, name = "Vriend", email = "vriend@example.org" }, Cancel);
            Assert.Equal(expected, answer.StatusCode);
        }
    }

    private static string Coupon(InboxMail mail)
    {
        var code = CouponCode().Match(mail.Text!).Groups[1].Value;
        Assert.NotEqual("", code);
        return code;
    }

    [GeneratedRegex(@"(?:Je eigen code|Your own code): ([0-9A-Z]+)")]
    private static partial Regex CouponCode();

    [GeneratedRegex(@"(?:Als\s+die|If\s+they\s+mention)\s+([0-9A-Z]+)")]
    private static partial Regex ReferralCode();
}
