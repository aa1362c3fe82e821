using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Winback.Hosting;
using Winback.MailEvents;
using Winback.Tests.Hosting;

namespace Winback.Tests.MailEvents;

public sealed class MailEventRefusalsTests
{
    [Fact]
    public async Task Without_a_key_it_is_401_and_says_what_to_set()
    {
        await using var app = await TestApp.StartAsync();

        using var answer = await EventPost.SendAsync(app, "[]");

        Assert.Contains("MailEvents__PublicKeys__0", await TestApp.TextAsync(answer, HttpStatusCode.Unauthorized), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_valid_signature_it_is_401_and_nothing_follows()
    {
        await using var app = await EventPost.StartAsync();
        var outreach = await SendAsync(app);
        var body = Encoding.UTF8.GetBytes($"[{EventPost.Event("spamreport", outreach).ToJsonString()}]");

        using var unsigned = await app.SendAsync(HttpMethod.Post, EventPost.Path, EventPost.Content(body));
        using var forged = await app.SendAsync(
            HttpMethod.Post, EventPost.Path, EventPost.Content(body), (WebhookSignature.TimestampHeader, "1791885600"), (WebhookSignature.SignatureHeader, Convert.ToBase64String(new byte[70])));

        await TestApp.TextAsync(unsigned, HttpStatusCode.Unauthorized);
        await TestApp.TextAsync(forged, HttpStatusCode.Unauthorized);
        Assert.Null(app.Parts.Customers["k1"].Suppressed);
        Assert.Empty(app.Parts.MailEvents.All);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""[{"event":"delivered"}""")]
    public async Task What_is_no_array_is_400(string body)
    {
        await using var app = await EventPost.StartAsync();

        using var answer = await EventPost.SendAsync(app, body);

        Assert.Contains("array of events", await TestApp.TextAsync(answer, HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // without a length it shows only while reading
    public async Task More_than_a_post_can_be_is_413(bool hasLength)
    {
        await using var app = await EventPost.StartAsync();
        var body = new byte[MailEventEndpoints.MaxBytes + 1];
        HttpContent content = hasLength ? EventPost.Content(body) : new Chunked(body);

        using var answer = await app.SendAsync(HttpMethod.Post, EventPost.Path, content);

        await TestApp.TextAsync(answer, HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task What_nothing_can_be_made_of_is_ignored_and_the_rest_is_taken_in()
    {
        await using var app = await EventPost.StartAsync();
        var outreach = await SendAsync(app);
        string[] events =
        [
            "1", "null", "[]", "{}", """{"outreach":7}""",
            Changed(e => e["event"] = "unheard-of"), Changed(e => e["event"] = null), Changed(e => e["timestamp"] = "soon"), Changed(e => e["timestamp"] = 1),
            Changed(e => e["timestamp"] = 99999999999999), Changed(e => e["timestamp"] = 1e300), Changed(e => e.Remove("timestamp")),
            Changed(e => e["timestamp"] = 4102444800), // far ahead: it would outlive every bounce
            Changed(e => e.Remove("outreach")), Changed(e => e["outreach"] = "zzzzzzzzzzzzzzzz"), Changed(e => e["outreach"] = "../../customers"),
            Changed(e => e["outreach"] = outreach[..15]),
            """{"outreach":"\ud800","event":"\udfff","timestamp":1791885605,"sg_event_id":"\ud800"}""", """{"\ud800":1,"time\ud800stamp":1}""",
            Changed(_ => { }),
        ];

        using var answer = await EventPost.SendAsync(app, $"[{string.Join(',', events)}]");

        Assert.Equal($$"""{"recorded":1,"unchanged":0,"ignored":{{events.Length - 1}}}""", await TestApp.TextAsync(answer, HttpStatusCode.OK));
        Assert.Equal(MailEventKind.Delivered, app.Parts.MailEvents.All.Single().Kind);

        string Changed(Action<JsonObject> change)
        {
            var e = EventPost.Event("delivered", outreach);
            change(e);
            return e.ToJsonString();
        }
    }

    [Fact]
    public async Task Whatever_is_posted_the_answer_is_never_5xx()
    {
        await using var app = await EventPost.StartAsync();
        var outreach = await SendAsync(app);
        string[] kinds = ["processed", "deferred", "dropped", "delivered", "bounce", "open", "click", "spamreport", "unsubscribe", "group_unsubscribe", "group_resubscribe"];
        var valid = Encoding.UTF8.GetBytes($"[{string.Join(',', kinds.Select(k => EventPost.Event(k, outreach, more: [("reason", "550 5.1.1 é"), ("type", "bounce")]).ToJsonString()))}]");
        var random = new Random(20261013);
        var statuses = new Dictionary<HttpStatusCode, int>();

        for (var i = 0; i < 1000; i++)
        {
            var body = Mutated(valid, random, mayBreakOff: i % 7 == 0);
            using var answer = await EventPost.SendAsync(app, body);
            Assert.True((int)answer.StatusCode < 500, $"mutation {i}: {(int)answer.StatusCode}\n{Encoding.Latin1.GetString(body)}");
            statuses[answer.StatusCode] = statuses.GetValueOrDefault(answer.StatusCode) + 1;
        }

        Assert.True(statuses[HttpStatusCode.OK] > 100 && statuses[HttpStatusCode.BadRequest] > 100, "the mutations are too wild or too tame");
    }

    private static byte[] Mutated(byte[] body, Random random, bool mayBreakOff)
    {
        for (var times = random.Next(1, 6); times > 0; times--)
        {
            var at = random.Next(body.Length);
            body = random.Next(8) switch
            {
                0 when mayBreakOff && at > 0 => body[..at],
                1 => [.. body[..at], .. body[Math.Min(body.Length, at + random.Next(30))..]],
                2 => [.. body[..at], .. "\\ud800"u8, .. body[at..]],
                3 => [.. body[..at], (byte)random.Next(256), .. body[at..]],
                _ => [.. body[..at], (byte)random.Next(32, 127), .. body[Math.Min(body.Length, at + 1)..]],
            };
            if (body.Length == 0) return body;
        }
        return body;
    }

    private static async Task<string> SendAsync(TestApp app)
    {
        app.Parts.AddLapsed("k1");
        await app.HandleAsync("k1", "invitation");
        return app.Parts.Mail.Sent.Single().Tags["outreach"];
    }

    /// <summary>A body that is sent in chunks.</summary>
    private sealed class Chunked(byte[] body) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(body, TestContext.Current.CancellationToken).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
