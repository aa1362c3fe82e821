using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Winback.Hosting;
using Winback.Tests.Fakes;
using Winback.Tests.Hosting;

namespace Winback.Tests.MailEvents;

/// <summary>Posts events as SendGrid does, signed by a key of the tests.</summary>
internal static class EventPost
{
    public const string Path = "/api/mail/events";

    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static string PublicKey { get; } = Convert.ToBase64String(Key.ExportSubjectPublicKeyInfo());

    public static Task<TestApp> StartAsync() => TestApp.StartAsync(("MailEvents:PublicKeys:0", PublicKey));

    /// <summary>An event of SendGrid; of an outreach of ours when <paramref name="outreach"/> is given.</summary>
    /// <param name="seconds">After <see cref="InMemoryApp.Start"/>.</param>
    public static JsonObject Event(string kind, string? outreach, int seconds = 5, string email = "k1@klant.example", string? id = null, params (string Name, string Value)[] more)
    {
        var json = new JsonObject
        {
            ["email"] = email,
            ["timestamp"] = InMemoryApp.Start.AddSeconds(seconds).ToUnixTimeSeconds(),
            ["event"] = kind,
            ["sg_event_id"] = id ?? string.Create(CultureInfo.InvariantCulture, $"{kind}-{outreach}-{seconds}"),
            ["sg_message_id"] = "14c5d75ce93.dfd.64b469.filter0001",
        };
        if (outreach is not null) (json["outreach"], json["customer"], json["campaign"], json["step"]) = (outreach, "k1", InMemoryApp.Restaurant, "invitation");
        foreach (var (name, value) in more) json[name] = value;
        return json;
    }

    public static Task<HttpResponseMessage> SendAsync(TestApp app, params JsonNode[] events) => SendAsync(app, new JsonArray([.. events.Select(e => e.DeepClone())]).ToJsonString());

    public static Task<HttpResponseMessage> SendAsync(TestApp app, string body) => SendAsync(app, Encoding.UTF8.GetBytes(body));

    public static Task<HttpResponseMessage> SendAsync(TestApp app, byte[] body)
    {
        const string timestamp = "1791885600";
        var signature = Key.SignData([.. Encoding.UTF8.GetBytes(timestamp), .. body], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return app.SendAsync(
            HttpMethod.Post, Path, Content(body), (WebhookSignature.TimestampHeader, timestamp), (WebhookSignature.SignatureHeader, Convert.ToBase64String(signature)));
    }

    public static ByteArrayContent Content(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        return content;
    }

    /// <summary>Posts and gives the counts of the answer.</summary>
    public static async Task<(int Recorded, int Unchanged, int Ignored)> TakeAsync(TestApp app, params JsonNode[] events)
    {
        using var answer = await SendAsync(app, events);
        using var json = JsonDocument.Parse(await TestApp.TextAsync(answer, HttpStatusCode.OK));
        return (Count("recorded"), Count("unchanged"), Count("ignored"));

        int Count(string name) => json.RootElement.GetProperty(name).GetInt32();
    }
}
