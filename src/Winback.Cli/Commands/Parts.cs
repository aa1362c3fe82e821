using System.CommandLine;
using Winback.Cli.Cloud;
using Winback.Cli.Local;
using Winback.Customers;
using Winback.Storage;

namespace Winback.Cli.Commands;

/// <summary>The app's parts, for commands that work on its storage, and the options that say which storage.</summary>
public static class Parts
{
    /// <summary>Every setting must be right, as for the app.</summary>
    public const string Everything = "";

    /// <summary>Needed by who takes in customers: their addresses are hashed with it.</summary>
    public const string MailboxKey = "Secrets__MailboxKey";

    /// <summary>What every answer about a customer depends on. All of it has defaults, so it is never missing.</summary>
    private static readonly string[] Always = ["AzureWebJobsStorage", "Business__TimeZone", "Business__Language", "Engine__", "Replies__HoldFor", "Referrals__"];

    private static readonly Option<string?> Storage = new("--storage")
    {
        Description = "Work on this storage account: a connection string, or its name or address (https://NAME.table.core.windows.net), reached as whoever is logged in "
            + "(az login). Without it: AzureWebJobsStorage in the environment, else what runs here.",
        HelpName = "ACCOUNT",
        Recursive = true,
    };

    private static readonly Option<string?> Settings = new("--settings")
    {
        Description = "Take the settings that are not in the environment from this file: JSON with names and values, as .winback/settings.json or what settings pull writes. "
            + "A reference to Key Vault is read as whoever is logged in, where the command needs the secret.",
        HelpName = "FILE",
        Recursive = true,
    };

    /// <summary>Gives a command, and those below it, the options that say which storage it works on.</summary>
    public static Command OnStorage(Command command)
    {
        command.Options.Add(Storage);
        command.Options.Add(Settings);
        return command;
    }

    /// <summary>For who writes only once something else is in order: <see cref="InstallationGuard.ClaimAsync"/> comes before the first write.</summary>
    /// <param name="needs">Names of settings, or beginnings of names, without which this command cannot do; storage always is one.</param>
    /// <exception cref="CommandException">Nothing runs here and nothing says which storage.</exception>
    /// <exception cref="SettingsException">A setting is missing or wrong.</exception>
    public static async Task<ServiceProvider> OpenUnguardedAsync(ParseResult command, CancellationToken cancel, params string[] needs)
    {
        string[] all = [.. Always, .. needs];
        // A secret that this command can do without stays in the vault.
        var (configuration, problems) = await new References(AzureLogin.OfThisMachine).ResolveAsync(Configuration(command), IsNeeded, cancel);
        if (problems.Count > 0) throw new SettingsException(problems);
        // A mailbox key that is there is compared with storage's, so it must be one.
        if (configuration[MailboxKey.Replace("__", ":", StringComparison.Ordinal)] is { Length: > 0 }) all = [.. all, MailboxKey];
        return Build(configuration, IsNeeded);

        bool IsNeeded(string name) => all.Any(need => name.StartsWith(need, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>For who reads: also looks whether the settings are those of the storage account.</summary>
    /// <exception cref="SettingsException">A setting is missing or wrong, or not that of this storage account.</exception>
    public static async Task<ServiceProvider> OpenAsync(ParseResult command, CancellationToken cancel, params string[] needs) =>
        await GuardedAsync(await OpenUnguardedAsync(command, cancel, needs), guard => guard.CheckAsync(cancel));

    /// <summary>For who writes: also says, where nobody did yet, what the settings of the storage account are.</summary>
    /// <exception cref="SettingsException">A setting is missing or wrong, or not that of this storage account.</exception>
    public static async Task<ServiceProvider> OpenToWriteAsync(ParseResult command, CancellationToken cancel, params string[] needs) =>
        await GuardedAsync(await OpenUnguardedAsync(command, cancel, needs), guard => guard.ClaimAsync(cancel));

    private static async Task<ServiceProvider> GuardedAsync(ServiceProvider parts, Func<InstallationGuard, Task> guard)
    {
        try
        {
            await guard(parts.GetRequiredService<InstallationGuard>());
            return parts;
        }
        catch
        {
            await parts.DisposeAsync();
            throw;
        }
    }

    /// <summary>As the app would be set up with these.</summary>
    /// <param name="settings">As in the environment, <c>Business__Name</c>; the environment goes before them.</param>
    public static ServiceProvider From(IReadOnlyDictionary<string, string> settings) => Build(Configuration(settings, storage: null), isNeeded: null);

    /// <summary>--storage goes before the environment, that before the file of --settings, else what runs here.</summary>
    public static IConfiguration Configuration(ParseResult command)
    {
        var storage = command.GetValue(Storage) is { } account ? Address(account) : null;
        var file = command.GetValue(Settings) is { } path ? RunningState.ReadSettings(path) : null;
        // With --storage, what runs here is somebody else's: its mailbox key must not touch that account.
        var running = storage is null && file is null ? new RunningState().Running : null;
        var configuration = Configuration(file ?? running ?? [], storage);
        if (StorageAccount.IsNamed(configuration)) return configuration;
        throw new CommandException("Nothing runs here. Start the app in another terminal first, with: winback up (or winback demo). For another storage account say --storage.");
    }

    private static IReadOnlyDictionary<string, string> Address(string storage)
    {
        try
        {
            return StorageAddress.ToSettings(storage);
        }
        catch (FormatException e)
        {
            throw new CommandException($"--storage: {e.Message}.");
        }
    }

    private static IConfigurationRoot Configuration(IReadOnlyDictionary<string, string> settings, IReadOnlyDictionary<string, string>? storage)
    {
        var builder = new ConfigurationBuilder().AddInMemoryCollection(Named(settings)).AddEnvironmentVariables();
        if (storage is not null) builder.AddInMemoryCollection(Named(storage));
        return builder.Build();

        static IEnumerable<KeyValuePair<string, string?>> Named(IReadOnlyDictionary<string, string> settings) =>
            settings.Select(s => new KeyValuePair<string, string?>(s.Key.Replace("__", ":", StringComparison.Ordinal), s.Value));
    }

    private static ServiceProvider Build(IConfiguration configuration, Func<string, bool>? isNeeded)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddWinback(configuration, StorageRetry.Brief, isNeeded);
        return services.BuildServiceProvider();
    }
}
