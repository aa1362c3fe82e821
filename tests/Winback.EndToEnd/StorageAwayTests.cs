using System.Diagnostics;
using System.Globalization;
using System.Net;
using Winback.Cli.Demo;

namespace Winback.EndToEnd;

/// <summary>Storage that is away, or does what it is asked and cannot say so. This mostly waits, so it runs beside the other tests.</summary>
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
        relays.Open(product.Stack.Storage!);
        await product.StartScanAsync();
        await product.UntilMailsAsync(Customers / 4);

        await relays.CloseAsync();
        var away = Stopwatch.StartNew();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await HealthAsync(product));
        await Task.Delay(Away - away.Elapsed, TestContext.Current.CancellationToken);
        var meanwhile = (await product.MailsAsync()).Count;
        relays.Open(product.Stack.Storage!);

        await product.ScanUntilEverybodyIsAnsweredAsync(Customers);
        var (mails, status) = (await product.MailsAsync(), await product.StatusAsync());
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{mails.Count} mails, {meanwhile} of them before storage came back, {status.Uncertain.Count} uncertain, app starts {product.Host.AppStarts}"));
        Assert.Equal(HttpStatusCode.OK, await HealthAsync(product));
        Assert.InRange(meanwhile, Customers / 4, Customers - 1);
        Product.EverybodyOnceOrUncertain(sample, mails, status, InFlight);
        Assert.Equal(0, product.FailedInvocations);
        Assert.All(status.Queues.Where(q => q.Key.EndsWith("-poison", StringComparison.Ordinal)), q => Assert.Equal(0, q.Value));
        Assert.Equal(1, product.Host.AppStarts);
    }

    /// <summary>A write that is repeated because its answer got lost meets the row that it wrote itself.</summary>
    [Fact]
    public async Task Answers_of_storage_that_get_lost_leave_nobody_without_a_mail_or_in_doubt()
    {
        const int Few = 150;
        await using var relays = new StorageRelays();
        await using var product = await Product.StartAsync(app, relays.Setting);
        relays.Open(product.Stack.Storage!);
        var sample = SampleBase.CreateLapsed(Few, product.Now.Today);
        await product.ImportAsync(sample);

        relays.Tables.LosesAnswerEvery = 9;
        await product.StartScanAsync();
        await product.UntilQuietAsync(Product.Soon);

        Product.EverybodyOnceOrUncertain(sample, await product.MailsAsync(), await product.StatusAsync(), mostUncertain: 0);
        Assert.Equal(1, product.Host.AppStarts);
    }

    private static async Task<HttpStatusCode> HealthAsync(Product product)
    {
        using var http = new HttpClient { BaseAddress = product.Host.BaseUrl };
        using var answer = await http.GetAsync("api/health", TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
