using System.Diagnostics;
using System.Net;
using Winback.Cli.Demo;
using Winback.Replies;

namespace Winback.EndToEnd;

/// <summary>The largest mails that come in, at the real app and real storage.</summary>
public sealed class LargePostTests(PublishedApp app, ITestOutputHelper output)
{
    private const int AtOnce = 16;

    /// <summary>What all the posts have together, so that keeping them in memory would show.</summary>
    private const long MostGrowth = AtOnce * InboundEndpoints.MaxBytes;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mails_of_thirty_megabytes_come_in_and_are_read_in_bounded_memory()
    {
        await using var product = await Product.StartAsync(app);
        using var http = new HttpClient { BaseAddress = product.Host.BaseUrl, Timeout = TimeSpan.FromMinutes(5) };
        await product.ImportAsync(SampleBase.CreateLapsed(1, product.Now.Today));
        await product.ScanAsync();
        var mail = (await product.MailsAsync())[0];
        var attachment = new byte[30_000_000];
        new Random(1).NextBytes(attachment);
        var before = Peak(product);

        Assert.Equal(HttpStatusCode.OK, await PostAsync(http, InboundPosting.Parsed(mail, "parsed@example.org", "Dank je", attachment)));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(http, InboundPosting.Raw(mail, "raw@example.org", "Dank je", attachment[..21_500_000]))); // a third more in base64
        await product.UntilQuietAsync(Product.Soon);
        var afterTwo = Peak(product);
        var statuses = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(i => PostAsync(
            http, i % 2 == 0 ? InboundPosting.Parsed(mail, $"{i}@example.org", "Dank je", attachment) : InboundPosting.Raw(mail, $"{i}@example.org", "Dank je", attachment[..21_500_000]))));
        await product.UntilQuietAsync(Product.Soon);
        var afterAll = Peak(product);
        output.WriteLine($"peak working set {before / 1e6:0} MB, after two posts of 30 MB {afterTwo / 1e6:0} MB, after {AtOnce} at once {afterAll / 1e6:0} MB");

        Assert.All(statuses, s => Assert.Equal(HttpStatusCode.OK, s));
        var replies = await product.Part<IReplyStore>().AllAsync(Cancel).ToListAsync(Cancel);
        Assert.Equal(AtOnce + 2, replies.Count(r => r is { Text: "Dank je", RawPost: null, Attachments: 1 }));
        Assert.InRange(afterAll - before, 0, MostGrowth);
        Assert.Equal((0, 1), (product.FailedInvocations, product.Host.AppStarts));
    }

    private static long Peak(Product product)
    {
        using var process = Process.GetProcessById(product.Host.AppProcessId!.Value);
        return process.PeakWorkingSet64;
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient http, MultipartFormDataContent post)
    {
        using var answer = await http.PostAsync(InboundPosting.Path, post, Cancel);
        return answer.StatusCode;
    }
}
