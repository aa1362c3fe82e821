using System.Net;
using Microsoft.AspNetCore.Http.Timeouts;
using Winback.Calls;
using Winback.Campaigns;
using Winback.Campaigns.Rendering;
using Winback.Customers;
using Winback.History;
using Winback.Hosting;
using Winback.Intake;
using Winback.Mail;
using Winback.MailEvents;
using Winback.Outreach;
using Winback.Pages;
using Winback.Referrals;
using Winback.Replies;
using Winback.Replies.Answers;
using Winback.Replies.Reading;
using Winback.Scan;
using Winback.Storage;
using Winback.Telemetry;

namespace Winback;

/// <summary>The composition root: what the app is made of, one line per part.</summary>
public static class WinbackApp
{
    private static readonly TimeSpan ApiTimeout = TimeSpan.FromSeconds(60);

    /// <summary>What the app's functions take messages from; each has a poison queue.</summary>
    private static readonly string[] Queues =
        [StorageScanQueue.QueueName, StorageOutreachQueue.QueueName, StorageReplyQueues.ReadQueue, StorageReplyQueues.FollowUpQueue];

    /// <exception cref="SettingsException">Something is missing or wrong; the message says what to set.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // Loopback only: what the host has not let through must not come in.
            kestrel.Listen(IPAddress.Loopback, builder.Configuration.GetValue("FUNCTIONS_CUSTOMHANDLER_PORT", 8080));
            kestrel.Limits.MaxRequestBodySize = InboundEndpoints.MaxBytes;
        });
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        foreach (var category in new[] { "Microsoft", "System.Net.Http", "Azure", "Polly" }) builder.Logging.AddFilter(category, LogLevel.Warning);
        builder.Services.AddHostedService<ParentWatch>();
        builder.Services.AddWinback(builder.Configuration, StorageRetry.Patient);
        return Map(builder);
    }

    /// <summary>Builds the app and puts every route on it.</summary>
    public static WebApplication Map(WebApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<UnreadableRequests>().Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        builder.Services.AddRequestTimeouts();
        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseRequestTimeouts();
        MapFunctions(app);
        MapApi(app);
        return app;
    }

    /// <summary>Everything but the web server; the command line uses the same parts.</summary>
    /// <param name="isNeeded">Which settings must be right, for a command that needs only some; null for all.</param>
    /// <exception cref="SettingsException">Something is missing or wrong; the message says what to set.</exception>
    public static IServiceCollection AddWinback(
        this IServiceCollection services, IConfiguration configuration, StorageRetry retry, Func<string, bool>? isNeeded = null)
    {
        var settings = Settings.Read(configuration, isNeeded);
        services.AddSingleton(settings.Business).AddSingleton(settings.Mail).AddSingleton(settings.Engine).AddSingleton(settings.Secrets);
        services.AddSingleton(settings.Api).AddSingleton(settings.Replies).AddSingleton(settings.Calls).AddSingleton(settings.MailEvents).AddSingleton(settings.Referrals);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(p => new OwnerClock(p.GetRequiredService<TimeProvider>(), settings.Business.Zone));
        services.AddSingleton(StorageAccount.From(configuration, retry));
        services.AddTelemetry(configuration, settings.Telemetry);
        AddStorage(services);
        AddCampaigns(services, settings, isNeeded);
        services.AddSingleton(_ => new MailboxKeys(Convert.FromBase64String(settings.Secrets.MailboxKey)));
        services.AddSingleton(p => new Installation(
            settings.Secrets.MailboxKey.Length == 0 ? null : p.GetRequiredService<MailboxKeys>().Fingerprint, settings.Business.TimeZone));
        services.AddSingleton<InstallationGuard>();
        services.AddSingleton(_ => new Links(settings.Secrets, settings.Business, settings.Mail.ReplyDomainOrDefault));
        services.AddSingleton<CustomerBook>();
        services.AddSingleton<ScanStarter>().AddSingleton<ShardScanner>();
        services.AddSingleton<CustomerCodes>().AddSingleton<StepModels>().AddSingleton<MailComposer>().AddSingleton<CallComposer>();
        services.AddSingleton<OutreachSender>().AddSingleton<ByHand>();
        AddReplies(services, settings, isNeeded);
        services.AddSingleton<CallSheet>().AddSingleton<CallBook>();
        services.AddSingleton<Suppressions>().AddSingleton<MailEventBook>();
        services.AddSingleton<Reception>().AddSingleton<PageReplies>().AddSingleton<PreferenceBook>();
        services.AddSingleton<HistoryReader>();
        services.AddSingleton<ReferralCodes>().AddSingleton<ReferralRule>().AddSingleton<ReferralBook>()
            .AddSingleton<SignUp>().AddSingleton<FriendMails>().AddSingleton<FriendAsker>();
        services.AddMailSender(settings.Mail);
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, IntakeJson.Default));
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, CallJson.Default));
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ReferralJson.Default));
        return services;
    }

    private static void AddStorage(IServiceCollection services)
    {
        services.AddSingleton<IInstallationStore, TableInstallationStore>();
        services.AddSingleton<ICustomerStore, TableCustomerStore>();
        services.AddSingleton<IMailboxStore, TableMailboxStore>();
        services.AddSingleton<IFactStore, TableFactStore>();
        services.AddSingleton<IEnrolmentStore, TableEnrolmentStore>();
        services.AddSingleton<IDefinitionStore, TableDefinitionStore>();
        services.AddSingleton<IScanStore, TableScanStore>();
        services.AddSingleton<IScanQueue, StorageScanQueue>();
        services.AddSingleton<IOutreachStore, TableOutreachStore>();
        services.AddSingleton<IOutreachQueue, StorageOutreachQueue>();
        services.AddSingleton<ICodeStore, TableCodeStore>();
        services.AddSingleton<IReplyStore, TableReplyStore>();
        services.AddSingleton<IMailEventStore, TableMailEventStore>();
        services.AddSingleton<IRawPostStore, StorageRawPostStore>();
        services.AddSingleton<IReplyQueues, StorageReplyQueues>();
        services.AddSingleton<ICallStore, TableCallStore>();
        services.AddSingleton<IReferralStore, TableReferralStore>();
        services.AddSingleton<IFailureStore, TableFailureStore>();
    }

    private static void AddReplies(IServiceCollection services, Settings settings, Func<string, bool>? isNeeded)
    {
        var folder = settings.Replies.FolderOrDefault;
        AnswerTexts LoadTexts() => AnswerTexts.Load(folder, settings.CampaignFolder);
        if (isNeeded is null)
        {
            // The app does not start with a text that could go wrong for a customer.
            try
            {
                services.AddSingleton(new ReplyReader(Lexicon.Load(folder))).AddSingleton(LoadTexts());
            }
            catch (Exception e) when (e is LexiconException or TemplateException or IOException)
            {
                throw new SettingsException([e.Message], e);
            }
        }
        else
        {
            services.AddSingleton(_ => new ReplyReader(Lexicon.Load(folder))).AddSingleton(_ => LoadTexts());
        }
        services.AddSingleton<OptOut>().AddSingleton<ReplyMatcher>().AddSingleton<Conversation>().AddSingleton<PostReader>();
        services.AddSingleton<AnswerComposer>().AddSingleton<OwnerMails>().AddSingleton<FollowUpSender>().AddSingleton<CaseClock>();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ReplyJson.Default));
    }

    private static void AddCampaigns(IServiceCollection services, Settings settings, Func<string, bool>? isNeeded)
    {
        var website = settings.Business.Website;
        if (isNeeded is null)
        {
            try
            {
                services.AddSingleton(ShippedCampaigns.Load(settings.CampaignFolder, website));
            }
            catch (CampaignException e)
            {
                throw new SettingsException(e.Message.Split(Environment.NewLine), e);
            }
        }
        else
        {
            // A command that only decides writes no mail, and is not stopped by a draft that is not in order.
            if (string.IsNullOrEmpty(website) && !isNeeded("Business__Website")) website = "https://website.invalid";
            services.AddSingleton(_ => ShippedCampaigns.LoadUsable(settings.CampaignFolder, website));
        }
        services.AddSingleton(p => new CampaignCatalog(
            p.GetRequiredService<ShippedCampaigns>(), p.GetRequiredService<IDefinitionStore>(), website, p.GetRequiredService<TimeProvider>(),
            p.GetRequiredService<ILogger<CampaignCatalog>>()));
        services.AddSingleton<CampaignPublisher>().AddSingleton<Attribution>().AddSingleton<Rule>().AddSingleton<MailboxRule>().AddSingleton<Examiner>();
    }

    /// <summary>One line per function; each has its function.json in the slice that owns it.</summary>
    private static void MapFunctions(WebApplication app)
    {
        app.MapTimer("scan", (services, cancel) => FlushAfterAsync(services, services.GetRequiredService<ScanStarter>().StartAsync(cancel)));
        app.MapQueue(
            "scan-shard", ScanJson.Default.ShardMessage,
            (m, services, cancel) => FlushAfterAsync(services, services.GetRequiredService<ShardScanner>().RunAsync(m, cancel)));
        app.MapQueue("send-outreach", OutreachJson.Default.OutreachMessage, (m, services, cancel) => services.GetRequiredService<OutreachSender>().HandleAsync(m, cancel));
        app.MapTimer("check-cases", (services, cancel) => FlushAfterAsync(services, CheckAsync(services, cancel)));
        app.MapQueue(StorageReplyQueues.ReadQueue, ReplyJson.Default.ReadMessage, (m, services, cancel) => services.GetRequiredService<PostReader>().HandleAsync(m, cancel));
        app.MapQueue(StorageReplyQueues.FollowUpQueue, ReplyJson.Default.FollowUpMessage,
            (m, services, cancel) => services.GetRequiredService<FollowUpSender>().HandleAsync(m, cancel));
        foreach (var queue in Queues)
        {
            app.MapRawQueue(queue + "-poison", async (m, services, cancel) =>
            {
                await services.GetRequiredService<IFailureStore>().RecordAsync(queue, m, cancel);
                services.GetRequiredService<Signals>().MessageFailed(queue);
            });
        }
    }

    private static async Task CheckAsync(IServiceProvider services, CancellationToken cancel)
    {
        await services.GetRequiredService<CaseClock>().RunAsync(cancel);
        await services.GetRequiredService<QueueWatch>().MeasureAsync(Queues, cancel);
    }

    /// <summary>For functions whose answer nobody waits for: they tell of work after which the app may have nothing more to do.</summary>
    private static async Task FlushAfterAsync(IServiceProvider services, Task work)
    {
        try
        {
            await work;
        }
        finally
        {
            await services.GetRequiredService<TelemetryFlush>().RunAsync();
        }
    }

    /// <summary>The routes of the one HTTP function.</summary>
    private static void MapApi(WebApplication app)
    {
        // Storage is asked patiently for queue work; a caller gets an answer before the platform's limit of 230 seconds.
        var api = app.MapGroup("");
        api.WithRequestTimeout(new RequestTimeoutPolicy { Timeout = ApiTimeout, TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable });
        api.MapHealth();
        api.MapPurchases();
        api.MapUnsubscribe();
        api.MapPages();
        api.MapInbound();
        api.MapReplies();
        api.MapCalls();
        api.MapReferrals();
        api.MapReferralPages();
        api.MapConfirm();
        api.MapMailEvents();
    }
}
