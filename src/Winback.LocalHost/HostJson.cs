namespace Winback.LocalHost;

/// <summary>What this host heeds of host.json; defaults as on the real host.</summary>
internal sealed record HostJson
{
    private const string OverridePrefix = "AzureFunctionsJobHost__";

    public required string ExecutablePath { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>How long the app may take until it answers its first request.</summary>
    public required TimeSpan InitializationTimeout { get; init; }

    /// <summary>Requests are passed on as they are, rather than wrapped in a trigger's envelope.</summary>
    public required bool ProxiesHttp { get; init; }

    /// <summary>How long an invocation may take before the app is killed; infinite for -1.</summary>
    public required TimeSpan FunctionTimeout { get; init; }

    /// <summary>Without slashes; may be empty.</summary>
    public required string RoutePrefix { get; init; }

    public required QueueSettings Queues { get; init; }

    /// <exception cref="HostConfigurationException">The folder, the file or a value in it is missing or wrong.</exception>
    public static HostJson Read(string appRoot, AppSettings settings)
    {
        if (!Directory.Exists(appRoot))
            throw new HostConfigurationException($"The app folder {appRoot} does not exist. Publish the app first: dotnet publish -o {appRoot}");
        var path = Path.Combine(appRoot, "host.json");
        return File.Exists(path)
            ? Parse(path, File.ReadAllText(path), settings)
            : throw new HostConfigurationException($"{path} does not exist. Is {appRoot} the folder that the app was published to?");
    }

    public static HostJson Parse(string name, string json, AppSettings settings)
    {
        var file = SettingsFile.Parse(name, json, setting => settings[OverridePrefix + setting.Replace(".", "__", StringComparison.Ordinal)]);
        var batchSize = file.WholeNumber("extensions.queues.batchSize", 16, 1, 32);
        return new HostJson
        {
            ExecutablePath = file.RequiredText(
                "customHandler.description.defaultExecutablePath", "Name the app's executable, relative to the app folder."),
            Arguments = file.Texts("customHandler.description.arguments"),
            InitializationTimeout = file.Duration(
                "customHandler.initializationTimeout", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            ProxiesHttp = file.Flag("customHandler.enableProxyingHttpRequest"),
            FunctionTimeout = file.Text("functionTimeout") == "-1"
                ? Timeout.InfiniteTimeSpan
                : file.Duration("functionTimeout", TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
            RoutePrefix = (file.Text("extensions.http.routePrefix") ?? "api").Trim('/'),
            Queues = new QueueSettings
            {
                BatchSize = batchSize,
                NewBatchThreshold = file.WholeNumber("extensions.queues.newBatchThreshold", batchSize / 2, 0, 1000),
                MaxDequeueCount = file.WholeNumber("extensions.queues.maxDequeueCount", 5, 1, 1000),
                VisibilityTimeout = file.Duration("extensions.queues.visibilityTimeout", TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromDays(7)),
                MaxPollingInterval = file.Duration(
                    "extensions.queues.maxPollingInterval", TimeSpan.FromMinutes(1), QueueSettings.MinPollingInterval, TimeSpan.FromDays(1)),
                MessagesAreBase64 = (file.Text("extensions.queues.messageEncoding") ?? "base64").ToUpperInvariant() switch
                {
                    "BASE64" => true,
                    "NONE" => false,
                    _ => throw file.Wrong("extensions.queues.messageEncoding", "must be \"base64\" or \"none\"."),
                },
            },
        };
    }
}

/// <summary>extensions.queues of host.json.</summary>
internal sealed record QueueSettings
{
    public static readonly TimeSpan MinPollingInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>How many messages are taken at once, 1 to 32.</summary>
    public required int BatchSize { get; init; }

    /// <summary>The next batch is taken when no more than this many messages are being worked on.</summary>
    public required int NewBatchThreshold { get; init; }

    /// <summary>How often a message is tried before it goes to the poison queue.</summary>
    public required int MaxDequeueCount { get; init; }

    /// <summary>How long a failed message waits for its next try.</summary>
    public required TimeSpan VisibilityTimeout { get; init; }

    public required TimeSpan MaxPollingInterval { get; init; }

    public required bool MessagesAreBase64 { get; init; }
}
