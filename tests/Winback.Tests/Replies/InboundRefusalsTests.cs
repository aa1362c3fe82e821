using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Winback.Replies;
using Winback.Tests.Fakes;
using Winback.Tests.Hosting;

namespace Winback.Tests.Replies;

/// <summary>What <c>/api/replies/inbound</c> answers to posts that are not SendGrid's, or did not come through whole.</summary>
public sealed class InboundRefusalsTests(UntouchedApp untouched) : IClassFixture<UntouchedApp>
{
    private const string Path = $"/api/replies/inbound?secret={TestApp.InboundSecret}";

    [Theory]
    [InlineData("/api/replies/inbound")]
    [InlineData("/api/replies/inbound?secret=")]
    [InlineData("/api/replies/inbound?secret=wrong")]
    [InlineData("/api/replies/inbound?secret=inbound-secret-of-test")]
    [InlineData("/api/replies/inbound?secret=inbound-secret-of-tests&secret=x")]
    [InlineData("/api/replies/inbound?key=inbound-secret-of-tests")]
    public async Task Without_the_secret_it_is_401(string path)
    {
        var app = untouched.App;

        using var answer = await app.SendAsync(HttpMethod.Post, path, new InboundPost("hallo@delinde.example").ToContent());

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(app.Parts.Effects.Done);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("multipart/form-data; boundary=\"\"")]
    [InlineData("multipart/form-data; boundary=another")]
    [InlineData("garbage")]
    public async Task What_is_not_multipart_is_400(string? type)
    {
        var app = untouched.App;

        await AssertRefusedAsync(app, InboundPost.Content(new InboundPost("hallo@delinde.example").ToBytes(), type));
    }

    [Fact] // RFC 2046 5.1.1 allows 70 characters
    public async Task A_boundary_beyond_all_measure_is_400()
    {
        var app = untouched.App;

        await AssertRefusedAsync(app, InboundPost.Content("--x"u8.ToArray(), $"multipart/form-data; boundary={new string('x', 5000)}"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"from":"sam@klant.example"}""")]
    [InlineData("""{"to":"sam@klant.example"}""")]
    [InlineData("""{"to":[1]}""")]
    [InlineData("""{"to":["\ud800"]}""")]
    [InlineData("""{"to":[],"from":1}""")]
    public async Task Without_a_usable_envelope_it_is_400(string? envelope)
    {
        var app = untouched.App;
        var post = new InboundPost("hallo@delinde.example");

        await AssertRefusedAsync(app, (envelope is null ? post.Without("envelope") : post.Set("envelope", envelope)).ToContent());
    }

    [Fact]
    public async Task A_post_that_breaks_off_is_400_wherever_it_does()
    {
        var app = untouched.App;
        var post = new InboundPost("hallo@delinde.example");
        var whole = post.ToBytes();

        // The last line says that it is complete; only its own end may be missing.
        for (var length = 0; length < whole.Length - 4; length += 7)
            await AssertRefusedAsync(app, InboundPost.Content(whole[..length], post.ContentType));
        Assert.Empty(app.Parts.Replies.All);
    }

    [Fact]
    public async Task More_than_a_mail_can_be_is_413()
    {
        var app = untouched.App;
        var content = new InboundPost("hallo@delinde.example").ToContent();
        content.Headers.ContentLength = InboundEndpoints.MaxBytes + 1;

        using var answer = await app.SendAsync(HttpMethod.Post, Path, content);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // Without a length only the web server notices, halfway.
    public async Task More_than_the_server_takes_is_413_whether_a_length_was_given_or_not(bool isChunked)
    {
        using var parts = new InMemoryApp(("Replies:InboundSecrets:0", TestApp.InboundSecret));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 50_000);
        parts.AddTo(builder.Services);
        await using var app = WinbackApp.Map(builder);
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new InboundPost("x").Set("html", new string('x', 100_000)).ToContent() };
        request.Headers.TransferEncodingChunked = isChunked;

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Empty(parts.Replies.All);
    }

    private static async Task AssertRefusedAsync(TestApp app, HttpContent content)
    {
        using var answer = await app.SendAsync(HttpMethod.Post, Path, content);
        await TestApp.TextAsync(answer, HttpStatusCode.BadRequest);
    }
}
