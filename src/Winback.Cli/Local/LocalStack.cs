using System.Globalization;
using System.Security.Cryptography;
using Winback.LocalHost;

namespace Winback.Cli.Local;

/// <param name="StateFolder">Where storage is kept; null for memory only.</param>
/// <param name="Settings">On top of the ones that the stack makes: the app's settings as in the environment (<c>Business__Name</c>).</param>
/// <param name="HttpPort">Where the app is reached; 0 for a free port.</param>
/// <param name="Say">Told what is being done.</param>
/// <param name="Log">Told what the app and its host log.</param>
/// <param name="AppFolder">A publish folder that is there already; null to publish.</param>
public sealed record LocalStackOptions(
    string? StateFolder, IReadOnlyDictionary<string, string> Settings, int HttpPort, Action<string> Say, Action<LogLine> Log, string? AppFolder = null);

/// <summary>The whole product on this machine: storage emulator, inbox, and the app in the local Functions host.</summary>
public sealed class LocalStack : IAsyncDisposable
{
    private LocalStack(Azurite storage, Inbox inbox, LocalFunctionsHost host, IReadOnlyDictionary<string, string> settings)
    {
        (Storage, Inbox, Host, Settings) = (storage, inbox, host, settings);
    }

    public Azurite Storage { get; }

    public Inbox Inbox { get; }

    public LocalFunctionsHost Host { get; }

    /// <summary>Everything the app was started with.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    public static async Task<LocalStack> StartAsync(LocalStackOptions options, CancellationToken cancel)
    {
        var started = new Stack<IAsyncDisposable>();
        try
        {
            var node = await NodePackages.EnsureAsync(options.Say, cancel);
            options.Say("Starting the storage emulator and the inbox");
            var storage = await Azurite.StartAsync(node, options.StateFolder, cancel);
            started.Push(storage);
            var inbox = await Inbox.StartAsync(node, cancel);
            started.Push(inbox);
            var folder = options.AppFolder ?? await AppPublisher.PublishAsync(options.Say, cancel);
            var port = options.HttpPort == 0 ? NodeService.FreePorts(1)[0] : options.HttpPort;
            var settings = Merge(StandardSettings(storage, inbox, port), options.Settings);
            options.Say("Starting the app");
            var host = await LocalFunctionsHost.StartAsync(
                new LocalHostOptions
                {
                    AppRoot = folder,
                    Environment = settings,
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
        await Inbox.DisposeAsync();
        await Storage.DisposeAsync();
    }

    private static Dictionary<string, string> StandardSettings(Azurite storage, Inbox inbox, int port) => new()
    {
        ["AzureWebJobsStorage"] = storage.ConnectionString,
        ["ScanSchedule"] = "0 0 * * * *",
        ["Business__PublicBaseUrl"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
        ["Mail__Provider"] = "Smtp",
        ["Mail__SmtpHost"] = "127.0.0.1",
        ["Mail__SmtpPort"] = inbox.SmtpPort.ToString(CultureInfo.InvariantCulture),
        ["Mail__SmtpSecurity"] = "None",
    };

    private static Dictionary<string, string> Merge(Dictionary<string, string> settings, IReadOnlyDictionary<string, string> over)
    {
        foreach (var (name, value) in over) settings[name] = value;
        return settings;
    }
}
