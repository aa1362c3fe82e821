using System.Net;
using System.Security.Cryptography;
using System.Text;
using Winback.Hosting;
using Winback.Tests.Hosting;

namespace Winback.Tests.Replies;

/// <summary>Inbound posts of an account that signs them.</summary>
public sealed class InboundSignatureTests : IDisposable
{
    private const string Secret = $"?secret={TestApp.InboundSecret}";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => _key.Dispose();

    [Theory]
    [InlineData("valid", Secret, HttpStatusCode.OK)]
    [InlineData("valid", "", HttpStatusCode.Unauthorized)] // where there are secrets, one is asked for too
    [InlineData("valid", "?secret=wrong", HttpStatusCode.Unauthorized)]
    [InlineData("none", Secret, HttpStatusCode.Unauthorized)]
    [InlineData("other key", Secret, HttpStatusCode.Unauthorized)]
    [InlineData("other body", Secret, HttpStatusCode.Unauthorized)]
    [InlineData("other time", Secret, HttpStatusCode.Unauthorized)]
    [InlineData("no DER", Secret, HttpStatusCode.Unauthorized)]
    [InlineData("no base64", Secret, HttpStatusCode.Unauthorized)]
    public async Task With_a_key_a_post_must_be_signed_and_have_the_secret(string signature, string secret, HttpStatusCode status)
    {
        await using var app = await StartAsync();
        Assert.Equal(status, await PostAsync(app, secret, signature));
        Assert.Equal(status == HttpStatusCode.OK ? 1 : 0, app.Parts.Replies.All.Count);
        Assert.Equal(status == HttpStatusCode.OK, app.Parts.Customers["K1"].Hold is not null);
        Assert.Equal(app.Parts.Replies.All.Count, app.Parts.RawPosts.Names.Count); // what nobody signed is not kept
    }

    [Fact]
    public async Task While_a_key_is_rotated_either_is_accepted()
    {
        using var old = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var app = await StartAsync(("Replies:InboundPublicKeys:1", Convert.ToBase64String(old.ExportSubjectPublicKeyInfo())));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(app, Secret, "valid"));
    }

    private async Task<TestApp> StartAsync(params (string Name, string Value)[] settings)
    {
        var own = ("Replies:InboundPublicKeys:0", Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo()));
        var app = await TestApp.StartAsync([own, .. settings]);
        app.Parts.AddLapsed("K1");
        await app.HandleAsync("K1", "invitation");
        return app;
    }

    private async Task<HttpStatusCode> PostAsync(TestApp app, string query, string signature)
    {
        const string timestamp = "1600112502";
        var post = new InboundPost(app.Parts.Mail.Sent[0].ReplyTo.Address.Value);
        var body = post.ToBytes();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signer = signature == "other key" ? other : _key;
        var signed = signer.SignData([.. Encoding.UTF8.GetBytes(timestamp), .. body], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        if (signature == "other body") body[body.AsSpan().IndexOf("keer"u8)] ^= 1;
        var header = signature switch { "none" => "", "no DER" => Convert.ToBase64String(new byte[64]), "no base64" => "!!", _ => Convert.ToBase64String(signed) };
        var time = signature == "other time" ? "1600112503" : timestamp;
        using var answer = await app.SendAsync(
            HttpMethod.Post, "/api/replies/inbound" + query, InboundPost.Content(body, post.ContentType), (WebhookSignature.SignatureHeader, header), (WebhookSignature.TimestampHeader, time));
        return answer.StatusCode;
    }
}
