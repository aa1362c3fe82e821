using Winback.Cli.Local;
using Winback.Storage;

namespace Winback.Cli.Commands;

/// <summary>The app's parts, for commands that work on its storage.</summary>
public static class Parts
{
    /// <summary>
    /// Set up as what runs here now (<c>winback up</c> or <c>demo</c>); settings in the environment go before that.
    /// </summary>
    /// <exception cref="CommandException">Nothing runs here and AzureWebJobsStorage is not set.</exception>
    public static ServiceProvider Open()
    {
        var running = new RunningState().Running;
        if (running is null && !IsSet("AzureWebJobsStorage") && !IsSet("AzureWebJobsStorage__tableServiceUri"))
            throw new CommandException("Nothing runs here. Start the app in another terminal first, with: winback up (or winback demo).");
        return From(running ?? []);

        static bool IsSet(string name) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name));
    }

    /// <param name="settings">As in the environment: <c>Business__Name</c>.</param>
    public static ServiceProvider From(IReadOnlyDictionary<string, string> settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Key.Replace("__", ":", StringComparison.Ordinal), s.Value)))
            .AddEnvironmentVariables()
            .Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddWinback(configuration, StorageRetry.Brief);
        return services.BuildServiceProvider();
    }
}
