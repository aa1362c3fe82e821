using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Winback.Calls;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Hosting;
using Winback.Intake;
using Winback.Mail;
using Winback.MailEvents;
using Winback.Outreach;
using Winback.Referrals;
using Winback.Replies;
using Winback.Replies.Answers;
using Winback.Scan;
using Winback.Storage;
using Winback.Telemetry;
using Winback.Tests.Campaigns.Rendering;
using Winback.Tests.Replies.Reading;

namespace Winback.Tests.Fakes;

/// <summary>The app wired as in production, with the campaigns that ship, on stores in memory and a clock that only a test moves.</summary>
public sealed class InMemoryApp : IDisposable
{
    /// <summary>A Tuesday, 12:00 in Amsterdam: every campaign's window is open.</summary>
    public static readonly DateTimeOffset Start = new(2026, 10, 13, 12, 0, 0, TimeSpan.FromHours(2));

    /// <summary>Marketing, two steps: invitation, last-chance 14 days later; lapsed after 6 months.</summary>
    public const string Restaurant = "restaurant-slow-evening";

    /// <summary>Service: 30-days, 7-days, 1-day; an uncertain one is sent again once.</summary>
    public const string Renewal = "renewal-reminder";

    /// <summary>With the same settings the parts are the same for every test, and reading the campaigns takes longer than most tests.</summary>
    private static readonly ConcurrentDictionary<string, Lazy<ServiceCollection>> KnownParts = new(StringComparer.Ordinal);

    private readonly IServiceCollection _parts;
    private readonly Lazy<ServiceProvider> _services;

    /// <param name="settings">Beyond or instead of the usual ones, such as <c>("Engine:ClaimTimeout", "00:01:00")</c>.</param>
    public InMemoryApp(params (string Name, string Value)[] settings)
    {
        _parts = KnownParts.GetOrAdd(string.Join('\n', settings), _ => new Lazy<ServiceCollection>(() => Parts(settings))).Value;
        Installation = new InMemoryInstallationStore(Effects);
        Customers = new InMemoryCustomerStore(Effects);
        Mailboxes = new InMemoryMailboxStore(Effects);
        Facts = new InMemoryFactStore(Effects);
        Enrolments = new InMemoryEnrolmentStore(Effects);
        Definitions = new InMemoryDefinitionStore(Effects);
        Scans = new InMemoryScanStore(Effects);
        ShardQueue = new InMemoryScanQueue(Effects);
        Outreach = new InMemoryOutreachStore(Effects);
        OutreachQueue = new InMemoryOutreachQueue(Effects);
        Codes = new InMemoryCodeStore(Effects);
        Replies = new InMemoryReplyStore(Effects);
        RawPosts = new InMemoryRawPostStore(Effects);
        ReplyQueues = new InMemoryReplyQueues(Effects);
        Calls = new InMemoryCallStore(Effects);
        Referrals = new InMemoryReferralStore(Effects);
        MailEvents = new InMemoryMailEventStore(Effects);
        Failures = new InMemoryFailureStore(Effects, Time);
        Mail = new ScriptedMailSender(Effects);
        _services = new Lazy<ServiceProvider>(() =>
        {
            var services = new ServiceCollection().AddLogging();
            AddTo(services);
            return services.BuildServiceProvider();
        });
    }

    public static IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true", // never reached: every store is replaced
        ["CampaignFolder"] = SampleMails.Campaigns,
        ["Business:Name"] = "Eetkamer De Linde",
        ["Business:PostalAddress"] = "Lindelaan 12, 3581 AB Utrecht",
        ["Business:Website"] = "https://delinde.example/",
        ["Business:PublicBaseUrl"] = "https://post.delinde.example",
        ["Mail:Provider"] = "Pickup",
        ["Mail:PickupFolder"] = "unused",
        ["Mail:From"] = "hallo@delinde.example",
        ["Secrets:LinkKeys:0"] = Convert.ToBase64String(new byte[32]),
        ["Secrets:MailboxKey"] = Convert.ToBase64String(new byte[32]),
    };

    public FakeTimeProvider Time { get; } = new(Start);

    public Effects Effects { get; } = new();

    public InMemoryInstallationStore Installation { get; }

    public InMemoryCustomerStore Customers { get; }

    public InMemoryMailboxStore Mailboxes { get; }

    public InMemoryFactStore Facts { get; }

    public InMemoryEnrolmentStore Enrolments { get; }

    public InMemoryDefinitionStore Definitions { get; }

    public InMemoryScanStore Scans { get; }

    public InMemoryScanQueue ShardQueue { get; }

    public InMemoryOutreachStore Outreach { get; }

    public InMemoryOutreachQueue OutreachQueue { get; }

    public InMemoryCodeStore Codes { get; }

    public InMemoryReplyStore Replies { get; }

    public InMemoryRawPostStore RawPosts { get; }

    public InMemoryReplyQueues ReplyQueues { get; }

    public InMemoryCallStore Calls { get; }

    public InMemoryReferralStore Referrals { get; }

    public InMemoryMailEventStore MailEvents { get; }

    public InMemoryFailureStore Failures { get; }

    public InMemoryQueueLevels QueueLevels { get; } = new();

    public ScriptedMailSender Mail { get; }

    public OutreachSender Sender => Get<OutreachSender>();

    public CustomerBook Book => Get<CustomerBook>();

    /// <summary>A campaign as it ships.</summary>
    public Campaign Campaign(string id) => Get<ShippedCampaigns>().Definitions.Single(d => d.Campaign.Id == id).Campaign;

    public CampaignSet ShippedSet => new(Get<ShippedCampaigns>().Definitions.Select(d => d.Campaign));

    public IServiceProvider Services => _services.Value;

    public T Get<T>() where T : notnull => _services.Value.GetRequiredService<T>();

    /// <summary>Registers the app's parts with these stores, this clock and this sender; for a web host in a test.</summary>
    public void AddTo(IServiceCollection services)
    {
        foreach (var part in _parts) services.Add(part);
        services.AddSingleton<TimeProvider>(Time).AddSingleton<IMailSender>(Mail);
        // It learns for seconds, once for all tests.
        services.AddSingleton(Shipped.Reader);
        services.AddSingleton<ICustomerStore>(Customers).AddSingleton<IMailboxStore>(Mailboxes).AddSingleton<IFactStore>(Facts);
        services.AddSingleton<IInstallationStore>(Installation);
        services.AddSingleton<IEnrolmentStore>(Enrolments).AddSingleton<IDefinitionStore>(Definitions);
        services.AddSingleton<IScanStore>(Scans).AddSingleton<IScanQueue>(ShardQueue);
        services.AddSingleton<IOutreachStore>(Outreach).AddSingleton<IOutreachQueue>(OutreachQueue).AddSingleton<ICodeStore>(Codes);
        services.AddSingleton<IRawPostStore>(RawPosts).AddSingleton<IReplyQueues>(ReplyQueues);
        services.AddSingleton<ICallStore>(Calls);
        services.AddSingleton<IReplyStore>(Replies).AddSingleton<IReferralStore>(Referrals).AddSingleton<IFailureStore>(Failures);
        services.AddSingleton<IMailEventStore>(MailEvents).AddSingleton<IQueueLevels>(QueueLevels);
    }

    /// <summary>The key of a mailbox, as on a customer's profile.</summary>
    public string MailboxKey(string email) => Get<MailboxKeys>().KeyOf(EmailAddress.Parse(email));

    /// <summary>Puts a customer there who may be written to: last visit eight months ago, permission, an address of his own.</summary>
    public void AddLapsed(string id, Func<Customer, Customer>? but = null, string? email = null) =>
        Add(new Customer { Id = CustomerId.Parse(id), MarketingPermission = true, LastVisit = new DateOnly(2026, 2, 10), Visits = 3, Revenue = new Money(12_300) }, but, email);

    /// <summary>Puts a member there whose subscription ends in so many days, counted from <see cref="Start"/>.</summary>
    public void AddMember(string id, int daysLeft, Func<Customer, Customer>? but = null, string? email = null)
    {
        var ends = new DateOnly(2026, 10, 13).AddDays(daysLeft);
        Add(new Customer { Id = CustomerId.Parse(id), Subscriptions = [new Subscription($"S-{id}", "Onbeperkt", ends.AddYears(-1), ends, false)] }, but, email);
    }

    /// <summary>One whole scan and everything that it queues, a second from now, since a scan is known by its time.</summary>
    public async Task ScanAndSendAsync(CancellationToken cancel)
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        await Get<ScanStarter>().StartAsync(cancel);
        foreach (var shard in ShardQueue.Messages)
        {
            ShardQueue.Remove(shard);
            await Get<ShardScanner>().RunAsync(shard, cancel);
        }
        foreach (var message in OutreachQueue.Messages)
        {
            OutreachQueue.Remove(message);
            await Sender.HandleAsync(message, cancel);
        }
    }

    /// <summary>Reads what came in and sends what follows from it, until nothing waits but what was put off.</summary>
    public async Task FollowUpAsync(CancellationToken cancel)
    {
        foreach (var message in ReplyQueues.Read.Messages)
        {
            ReplyQueues.Read.Remove(message);
            await Get<PostReader>().HandleAsync(message, cancel);
        }
        foreach (var message in ReplyQueues.FollowUp.All.Where(m => m.Delay == TimeSpan.Zero).Select(m => m.Message).ToList())
        {
            ReplyQueues.FollowUp.Remove(message);
            await Get<FollowUpSender>().HandleAsync(message, cancel);
        }
    }

    public void Dispose()
    {
        if (_services.IsValueCreated) _services.Value.Dispose();
    }

    private static ServiceCollection Parts((string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings)
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Name, s.Value))).Build();
        var parts = new ServiceCollection();
        parts.AddWinback(configuration, StorageRetry.Brief);
        return parts;
    }

    private void Add(Customer customer, Func<Customer, Customer>? but, string? email)
    {
        email ??= $"{customer.Id}@klant.example";
        var key = MailboxKey(email);
        customer = customer with { HasUsableAddress = true };
        Customers.Put(but is null ? customer : but(customer), new Profile($"Klant {customer.Id}", "Sam", email, MailboxKey: key));
        var mailbox = Mailboxes[key] ?? Mailbox.Of(key);
        Mailboxes.Put(mailbox with { Owners = mailbox.Owners.Add(customer.Id.Value) });
    }
}
