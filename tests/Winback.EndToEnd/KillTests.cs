using System.Diagnostics;
using System.Globalization;
using Winback.Cli.Demo;

namespace Winback.EndToEnd;

/// <summary>The processes die while they send: nobody gets a mail twice, and nobody is lost without a word.</summary>
public sealed class KillTests(PublishedApp app)
{
    /// <summary>host.json: batchSize 16 + newBatchThreshold 8 messages of a queue at once.</summary>
    private const int InFlight = 24;

    // Longer than the slowest send on a busy machine, as the setting asks; shorter than the pause before a failed message is tried again.
    private static readonly (string, string) ShortClaims = ("Engine__ClaimTimeout", "00:00:20");

    [Fact]
    public async Task Killing_the_app_five_times_among_two_thousand_mails_sends_nobody_two_and_loses_nobody()
    {
        await using var product = await Product.StartAsync(app, ShortClaims);
        var sample = SampleBase.CreateLapsed(2000, product.Now.Today);
        await product.ImportAsync(sample);
        int[] moments = [100, 500, 900, 1400, 1800];

        var sending = Stopwatch.StartNew();
        await product.StartScanAsync();
        foreach (var moment in moments)
        {
            await product.UntilMailsAsync(moment);
            var starts = product.Host.AppStarts;
            Assert.NotEqual(0, product.Host.RunningInvocations);
            product.Host.KillApp();
            await Until.TrueAsync("the app is started again", Product.Soon, () => Task.FromResult(product.Host.AppStarts > starts), product.DescribeAsync);
        }
        await product.UntilQuietAsync(Product.Soon);
        var sent = sending.Elapsed;
        await product.ScanUntilEverybodyIsAnsweredAsync(sample.Customers.Count);
        var last = await product.ScanAsync();

        var (mails, status) = (await product.MailsAsync(), await product.StatusAsync());
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{mails.Count} mails in {sent.TotalSeconds:0} s, {status.Uncertain.Count} uncertain, app starts {product.Host.AppStarts}"));
        Assert.All(last.Counts.Campaigns.Values, c => Assert.Equal(0, c.Due));
        Product.EverybodyOnceOrUncertain(sample, mails, status, moments.Length * InFlight);
        Assert.Equal(moments.Length + 1, product.Host.AppStarts);
    }

    /// <summary>A host that dies settles nothing: its messages stay hidden for ten minutes. So it is cut off from the queues first.</summary>
    [Fact]
    public async Task When_the_host_dies_with_the_app_the_next_scan_finds_whom_it_left_behind()
    {
        await using var relays = new StorageRelays();
        await using var product = await Product.StartAsync(app, ShortClaims, relays.Setting);
        relays.Open(product.Stack.Storage!);
        var sample = SampleBase.CreateLapsed(400, product.Now.Today);
        await product.ImportAsync(sample);
        await product.StartScanAsync();
        await product.UntilMailsAsync(100);

        await relays.Queues.CloseAsync();
        product.Host.KillApp();
        await product.Host.DisposeAsync();
        relays.Queues.Open(product.Stack.Storage!.QueuePort);
        await product.StartHostAgainAsync(app);
        await product.ScanUntilEverybodyIsAnsweredAsync(sample.Customers.Count);

        var (mails, status) = (await product.MailsAsync(), await product.StatusAsync());
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{mails.Count} mails, {status.Uncertain.Count} uncertain, {status.Queues["send-outreach"]} messages hidden"));
        Product.EverybodyOnceOrUncertain(sample, mails, status, InFlight);
    }
}
