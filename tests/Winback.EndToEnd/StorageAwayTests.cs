using System.Diagnostics;
using System.Globalization;
using System.Net;
using Winback.Cli.Demo;

namespace Winback.EndToEnd;

/// <summary>Three minutes without tables and queues. It mostly waits, so it runs beside the other tests.</summary>
[Collection("beside the others")]
public sealed class StorageAwayTests(PublishedApp app)
{
    private const int Customers = 400;

    /// <summary>host.json: batchSize 16 + newBatchThreshold 8.</summary>
    private const int InFlight = 24;

    private static readonly TimeSpan Away = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Three_minutes_without_storage_amid_the_sending_cost_nobody_his_mail_and_no_message_its_tries()
    {
        await using var relays = new StorageRelays();
        // Away at the start, too: the app and its host must come up and wait.
        await using var product = await Product.StartAsync(app, relays.Setting);
        var sample = SampleBase.CreateLapsed(Customers, product.Now.Today);
        await product.ImportAsync(sample);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await HealthAsync(product));
        relays.Open(product.Stack.Storage);
        await product.StartScanAsync();
        await product.UntilMailsAsync(Customers / 4);

        await relays.CloseAsync();
        var away = Stopwatch.StartNew();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await HealthAsync(product));
        await Task.Delay(Away - away.Elapsed, TestContext.Current.CancellationToken);
        var meanwhile = (await product.MailsAsync()).Count;
        relays.Open(product.Stack.Storage);

        await product.ScanUntilEverybodyIsAnsweredAsync(Customers);
        var (mails, status) = (await product.MailsAsync(), await product.StatusAsync());
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{mails.Count} mails, {meanwhile} of them before storage came back, {status.Uncertain.Count} uncertain, app starts {product.Host.AppStarts}"));
        Assert.Equal(HttpStatusCode.OK, await HealthAsync(product));
        Assert.InRange(meanwhile, Customers / 4, Customers - 1);
        Product.EverybodyOnceOrUncertain(sample, mails, status, InFlight);
        Assert.All(status.Queues.Where(q => q.Key.EndsWith("-poison", StringComparison.Ordinal)), q => Assert.Equal(0, q.Value));
        Assert.Equal(1, product.Host.AppStarts);
    }

    private static async Task<HttpStatusCode> HealthAsync(Product product)
    {
        using var http = new HttpClient { BaseAddress = product.Host.BaseUrl };
        using var answer = await http.GetAsync("api/health", TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
