using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Winback.Cli.Commands;
using Winback.Cli.Demo;
using Winback.Cli.Local;
using Winback.Customers;
using Winback.Customers.Import;
using Winback.Intake;
using Winback.LocalHost;
using Winback.Scan;
using Winback.Storage;

namespace Winback.EndToEnd;

/// <summary>The whole product at work on storage of its own: emulator, inbox, the published app in the local Functions host.</summary>
internal sealed class Product : IAsyncDisposable
{
    /// <summary>For what takes seconds on an idle machine.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromMinutes(3);

    private const int ShownLogLines = 60;

    private readonly ServiceProvider _parts;
    private readonly ConcurrentQueue<LogLine> _log;
    private readonly List<InboxMail> _mails = [];

    private Product(LocalStack stack, ServiceProvider parts, ConcurrentQueue<LogLine> log)
    {
        (Stack, Host, _parts, _log) = (stack, stack.Host, parts, log);
    }

    public LocalStack Stack { get; }

    public LocalFunctionsHost Host { get; private set; }

    /// <summary>How often a function failed, as the host logs it.</summary>
    public int FailedInvocations => _log.Count(line => line.Source == LogLine.Host && line.Text.Contains(" failed after ", StringComparison.Ordinal));

    public Moment Now => Part<OwnerClock>().Now;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="settings">Over those of the demo.</param>
    public static async Task<Product> StartAsync(PublishedApp app, params (string Name, string Value)[] settings)
    {
        var log = new ConcurrentQueue<LogLine>();
        var stack = await LocalStack.StartAsync(
            new LocalStackOptions(null, Settings(settings), 0, _ => { }, line => Keep(log, line), app.Folder), Cancel);
        // The tests look straight into storage, also where the app reaches it through something else.
        var direct = new Dictionary<string, string>(stack.Settings) { ["AzureWebJobsStorage"] = stack.Storage!.ConnectionString };
        return new Product(stack, Parts.From(direct), log);
    }

    /// <summary>The demo's, with a timer that does not fire by itself and a time zone in which it is about noon: no test runs over midnight.</summary>
    public static Dictionary<string, string> Settings(params (string Name, string Value)[] over)
    {
        var hoursWestOfNoon = TimeProvider.System.GetUtcNow().Hour - 12;
        var settings = DemoSettings.Create();
        settings["ScanSchedule"] = "0 0 0 1 1 *";
        settings["Business__TimeZone"] = string.Create(CultureInfo.InvariantCulture, $"Etc/GMT{hoursWestOfNoon:+0;-0;+0}");
        foreach (var (name, value) in over) settings[name] = value;
        return settings;
    }

    /// <summary>In place of one that ended.</summary>
    public async Task StartHostAgainAsync(PublishedApp app) => Host = await LocalFunctionsHost.StartAsync(
        new LocalHostOptions { AppRoot = app.Folder, Environment = Stack.Settings, MaxPollingInterval = TimeSpan.FromMilliseconds(500), Log = line => Keep(_log, line) },
        Cancel);

    public T Part<T>() where T : notnull => _parts.GetRequiredService<T>();

    public async Task ImportAsync(SampleBase sample)
    {
        var importer = new Importer(Part<CustomerBook>());
        await sample.ImportAsync(Now.Zone, async options =>
        {
            var counts = await importer.RunAsync(options, null, Cancel);
            Assert.Equal(counts.Read, counts.Added);
        });
    }

    /// <summary>Imports a base of which some is there already.</summary>
    public Task ImportMoreAsync(SampleBase sample) => sample.ImportAsync(Now.Zone, options => new Importer(Part<CustomerBook>()).RunAsync(options, null, Cancel));

    /// <summary>Fires the timer, as the host does every hour.</summary>
    public async Task StartScanAsync()
    {
        var result = await Host.InvokeTimerAsync("scan", Cancel);
        Assert.True(result.Succeeded, result.Failure);
    }

    /// <summary>Fires the timer and waits until everything that follows from it is done.</summary>
    public async Task<ScanSummary> ScanAsync()
    {
        var before = await LatestScanAsync();
        await StartScanAsync();
        await UntilQuietAsync(Soon);
        var scan = await LatestScanAsync();
        Assert.NotNull(scan);
        Assert.NotEqual(before?.Id, scan.Id);
        Assert.True(scan.IsDone, $"{scan.ShardsDone} parts of the scan are done.");
        return scan;
    }

    public async Task<ScanSummary?> LatestScanAsync() => (await Part<IScanStore>().LatestAsync(1, Cancel)).SingleOrDefault();

    /// <summary>
    /// Until every queue is empty, messages that wait for another try included. They are looked at in the order in which work flows through
    /// them, so that nothing slips past.
    /// </summary>
    public Task UntilQuietAsync(TimeSpan limit) => Until.TrueAsync(
        "the queues are empty and nothing is under way", limit,
        async () => (await StatusReport.QueuesAsync(Part<StorageAccount>(), Cancel)).Values.All(count => count == 0) && Host.RunningInvocations == 0,
        DescribeAsync);

    /// <summary>
    /// Scans until each of the customers has an outreach that was handed over or is uncertain. A scan also settles the claims whose claimer died,
    /// once they are old enough. For when messages may stay hidden in the queues.
    /// </summary>
    public async Task ScanUntilEverybodyIsAnsweredAsync(int customers)
    {
        var betweenScans = TimeSpan.FromSeconds(15);
        var scanned = Stopwatch.StartNew();
        await StartScanAsync();
        await Until.TrueAsync($"{customers} customers are sent to or uncertain", Soon + Soon, IsEverybodyAnsweredAsync, DescribeAsync, TimeSpan.FromSeconds(2));
        await Until.TrueAsync("nothing is under way", Soon, () => Task.FromResult(Host.RunningInvocations == 0), DescribeAsync);

        async Task<bool> IsEverybodyAnsweredAsync()
        {
            var status = await StatusAsync();
            if (status.HandedOver + status.Uncertain.Count + status.Failed.Count >= customers) return true;
            if (scanned.Elapsed < betweenScans) return false;
            scanned.Restart();
            await StartScanAsync();
            return false;
        }
    }

    /// <summary>Of a sample base in which everybody is due.</summary>
    public static void EverybodyOnceOrUncertain(SampleBase sample, IReadOnlyList<InboxMail> mails, Status status, int mostUncertain)
    {
        var uncertain = status.Uncertain.Select(u => u.Customer).ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], mails.CountBy(m => m.Recipient).Where(m => m.Value > 1).Select(m => m.Key));
        var mailed = mails.Select(m => m.Recipient).ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], sample.Customers.Where(c => !mailed.Contains(c.Mailbox) && !uncertain.Contains(c.Expected[0].Customer)).Select(c => c.Number));
        Assert.InRange(uncertain.Count, 0, mostUncertain);
        Assert.Equal((sample.Customers.Count, 0, 0), (status.HandedOver + uncertain.Count, status.Failed.Count, status.Poison.Count));
    }

    public Task<Status> StatusAsync() => StatusReport.ReadAsync(_parts, Cancel);

    /// <summary>All mails so far.</summary>
    public async Task<IReadOnlyList<InboxMail>> MailsAsync()
    {
        _mails.AddRange(await Stack.Inbox!.MailsAsync(Cancel, _mails.Count));
        return _mails;
    }

    public Task UntilMailsAsync(int count) => Until.TrueAsync(
        $"{count} mails are in the inbox", Soon, async () => (await MailsAsync()).Count >= count, DescribeAsync);

    public async Task<CustomerFile> CustomerAsync(string number)
    {
        var file = await Part<ICustomerStore>().FindAsync(CustomerId.Parse(number), Cancel);
        Assert.NotNull(file);
        return file;
    }

    /// <summary>The rule's answer for now, as <c>winback why</c> gives it.</summary>
    public async Task<WhyCampaign> WhyAsync(string number, string campaign) => (await WhyAsync(number)).Answers.Single(c => c.Campaign == campaign);

    /// <summary>All that <c>winback why</c> tells.</summary>
    public async Task<Why> WhyAsync(string number)
    {
        var why = await WhyReport.ReadAsync(_parts, CustomerId.Parse(number), null, Cancel);
        Assert.NotNull(why);
        return why;
    }

    /// <summary>What there is to know when a test does not get what it waits for.</summary>
    public async Task<string> DescribeAsync()
    {
        var queues = await StatusReport.QueuesAsync(Part<StorageAccount>(), Cancel);
        var mails = (await MailsAsync()).Count;
        return string.Create(CultureInfo.InvariantCulture, $"""
            Queues: {string.Join(", ", queues.Select(q => $"{q.Key} {q.Value}"))}; under way {Host.RunningInvocations}; in the inbox {mails};
            app starts {Host.AppStarts}. Latest log lines but for the plain ones:
            {string.Join(Environment.NewLine, _log.TakeLast(ShownLogLines).Select(line => line.Text))}
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await _parts.DisposeAsync();
        await Host.DisposeAsync();
        await Stack.DisposeAsync();
    }

    private static void Keep(ConcurrentQueue<LogLine> log, LogLine line)
    {
        if (line.Level >= LogLevel.Warning || line.Text.StartsWith("fail:", StringComparison.Ordinal)) log.Enqueue(line);
    }
}
