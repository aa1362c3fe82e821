using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Winback.LocalHost;

namespace Winback.Cli.Local;

/// <param name="StateFolder">Where storage is kept; null for memory only.</param>
/// <param name="Settings">On top of the ones that the stack makes: the app's settings as in the environment (<c>Business__Name</c>).</param>
/// <param name="HttpPort">Where the app is reached; 0 for a free port.</param>
/// <param name="Say">Told what is being done.</param>
/// <param name="Log">Told what the app and its host log.</param>
/// <param name="AppFolder">A publish folder that is there already; null to publish.</param>
/// <param name="HttpAddress">On which of this machine's addresses the app is reached; null for 127.0.0.1.</param>
/// <param name="HasStorage">The settings name storage; no emulator is started.</param>
/// <param name="HasMail">The settings name a mail provider; no inbox is started.</param>
public sealed record LocalStackOptions(
    string? StateFolder, IReadOnlyDictionary<string, string> Settings, int HttpPort, Action<string> Say, Action<LogLine> Log, string? AppFolder = null,
    IPAddress? HttpAddress = null, bool HasStorage = false, bool HasMail = false);

/// <summary>The whole product on this machine: the app in the local Functions host, with a storage emulator and an inbox where the settings name none of their own.</summary>
public sealed class LocalStack : IAsyncDisposable
{
    private LocalStack(Azurite? storage, Inbox? inbox, LocalFunctionsHost host, IReadOnlyDictionary<string, string> settings)
    {
        (Storage, Inbox, Host, Settings) = (storage, inbox, host, settings);
    }

    /// <summary>The emulator; null with storage of one's own.</summary>
    public Azurite? Storage { get; }

    /// <summary>Where the mails arrive; null with a mail provider of one's own.</summary>
    public Inbox? Inbox { get; }

    public LocalFunctionsHost Host { get; }

    /// <summary>Everything the app was started with.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    public static async Task<LocalStack> StartAsync(LocalStackOptions options, CancellationToken cancel)
    {
        var started = new Stack<IAsyncDisposable>();
        try
        {
            var node = options.HasStorage && options.HasMail ? "" : await NodePackages.EnsureAsync(options.Say, cancel);
            if (node.Length > 0) options.Say("Starting the storage emulator and the inbox");
            var storage = options.HasStorage ? null : await Azurite.StartAsync(node, options.StateFolder, cancel);
            if (storage is not null) started.Push(storage);
            var inbox = options.HasMail ? null : await Inbox.StartAsync(node, cancel);
            if (inbox is not null) started.Push(inbox);
            var folder = options.AppFolder ?? await AppPublisher.PublishAsync(options.Say, cancel);
            var port = options.HttpPort == 0 ? NodeService.FreePorts(1)[0] : options.HttpPort;
            var settings = Merge(StandardSettings(storage, inbox, port), options.Settings);
            options.Say("Starting the app");
            var host = await LocalFunctionsHost.StartAsync(
                new LocalHostOptions
                {
                    AppRoot = folder,
                    Environment = settings,
                    HttpAddress = options.HttpAddress ?? IPAddress.Loopback,
                    HttpPort = port,
                    Log = options.Log,
                    MaxPollingInterval = TimeSpan.FromMilliseconds(500),
                },
                cancel);
            return new LocalStack(storage, inbox, host, settings);
        }
        catch
        {
            while (started.TryPop(out var service)) await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>A new secret of 32 random bytes in base64.</summary>
    public static string NewSecret() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        if (Inbox is not null) await Inbox.DisposeAsync();
        if (Storage is not null) await Storage.DisposeAsync();
    }

    private static Dictionary<string, string> StandardSettings(Azurite? storage, Inbox? inbox, int port)
    {
        var settings = new Dictionary<string, string>
        {
            ["ScanSchedule"] = "0 0 * * * *",
            ["Business__PublicBaseUrl"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
        };
        if (storage is not null) settings["AzureWebJobsStorage"] = storage.ConnectionString;
        if (inbox is null) return settings;
        settings["Mail__Provider"] = "Smtp";
        settings["Mail__SmtpHost"] = "127.0.0.1";
        settings["Mail__SmtpPort"] = inbox.SmtpPort.ToString(CultureInfo.InvariantCulture);
        settings["Mail__SmtpSecurity"] = "None";
        return settings;
    }

    private static Dictionary<string, string> Merge(Dictionary<string, string> settings, IReadOnlyDictionary<string, string> over)
    {
        foreach (var (name, value) in over) settings[name] = value;
        return settings;
    }
}
