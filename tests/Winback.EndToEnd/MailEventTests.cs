using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Winback.Cli.Demo;
using Winback.Customers;
using Winback.Hosting;
using Winback.MailEvents;

namespace Winback.EndToEnd;

/// <summary>What the mail provider tells of the mails, in the real tables.</summary>
public sealed class MailEventTests(PublishedApp app)
{
    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signed_events_are_counted_once_and_a_mailbox_that_bounces_gets_nothing_more()
    {
        await using var product = await Product.StartAsync(app, ("MailEvents__PublicKeys__0", Convert.ToBase64String(Key.ExportSubjectPublicKeyInfo())));
        using var http = new HttpClient { BaseAddress = product.Host.BaseUrl };
        var sample = SampleBase.CreateLapsed(3, product.Now.Today);
        await product.ImportAsync(sample);
        await product.ScanAsync();
        var mails = (await product.MailsAsync()).ToDictionary(m => m.Recipient, StringComparer.Ordinal);
        var (gets, bounces, complains) = (sample.Customers[0], sample.Customers[1], sample.Customers[2]);
        var at = product.Now.Instant.ToUnixTimeSeconds();
        object[] events =
        [
            Event("e1", "bounce", bounces, new { type = "bounce", reason = "550 5.1.1 unknown" }), Event("e2", "delivered", gets, null),
            Event("e3", "delivered", complains, null), Event("e4", "spamreport", complains, null), new { email = "x@y.example", @event = "open", timestamp = at },
        ];

        Assert.Equal("""{"recorded":4,"unchanged":0,"ignored":1}""", await PostAsync(http, events));
        Assert.Equal("""{"recorded":0,"unchanged":4,"ignored":1}""", await PostAsync(http, events.Reverse()));

        var campaign = Assert.Single((await product.StatusAsync()).Campaigns);
        Assert.Equal((2, 1, 1), (campaign.Delivered, campaign.Bounced, campaign.Complained));
        Assert.Equal("suppressed-address", (await product.WhyAsync(bounces.Number, SampleBase.RestaurantCampaign)).Reason);
        Assert.Equal("opted-out", (await product.WhyAsync(complains.Number, SampleBase.RestaurantCampaign)).Reason);
        Assert.Equal("waiting", (await product.WhyAsync(gets.Number, SampleBase.RestaurantCampaign)).Answer);
        Assert.Equal("hard bounce", (await product.CustomerAsync(bounces.Number)).Customer.Suppressed);
        var told = await product.Part<IMailEventStore>().OfAsync(CustomerId.Parse(bounces.Number), Cancel).ToListAsync(Cancel);
        Assert.Equal((MailEventKind.HardBounce, "550 5.1.1 unknown"), (told.Single().Kind, told.Single().Reason));

        Dictionary<string, object> Event(string id, string kind, SampleCustomer customer, object? more)
        {
            // r., the outreach, the signature
            var outreach = Assert.Single(mails[customer.Mailbox].ReplyTo!).Address[2..18];
            var json = new Dictionary<string, object> { ["sg_event_id"] = id, ["event"] = kind, ["email"] = customer.Mailbox, ["timestamp"] = at, ["outreach"] = outreach };
            foreach (var property in more?.GetType().GetProperties() ?? []) json[property.Name] = property.GetValue(more)!;
            return json;
        }
    }

    private static async Task<string> PostAsync(HttpClient http, IEnumerable<object> events)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(events);
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/mail/events") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(WebhookSignature.TimestampHeader, "1791885600");
        request.Headers.Add(
            WebhookSignature.SignatureHeader,
            Convert.ToBase64String(Key.SignData([.. Encoding.UTF8.GetBytes("1791885600"), .. body], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
        using var answer = await http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }
}
