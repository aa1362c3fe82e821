using System.Collections;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using Spectre.Console;
using Winback.Cli.Local;
using Winback.LocalHost;

namespace Winback.Cli.Commands;

/// <summary><c>winback up</c>: runs the whole app here and keeps its data.</summary>
internal static class UpCommand
{
    private const int DefaultPort = 7071;

    private const string Storage = "AzureWebJobsStorage";

    private const string Mail = "Mail__Provider";

    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "Where the app is reached, 1 to 65535.", DefaultValueFactory = _ => DefaultPort };
        port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 65535) result.AddError("--port: must be 1 to 65535.");
        });
        var app = new Option<DirectoryInfo>("--app") { Description = "The published app, where there are no sources. Storage and the mail provider must then be in the environment.", HelpName = "FOLDER" };
        app.AcceptExistingOnly();
        var listen = new Option<IPAddress>("--listen")
        {
            Description = "On which of this machine's addresses; 0.0.0.0 for all of them.",
            DefaultValueFactory = _ => IPAddress.Loopback,
            CustomParser = Address,
            HelpName = "ADDRESS",
        };
        var command = new Command(
            "up",
            "Run the whole app on this machine, with an inbox in place of real mail, and keep its data in .winback\n"
            + "(or the folder that WINBACK_STATE names). Its settings are in settings.json there; the ones in the environment go before them.\n"
            + "With AzureWebJobsStorage in the environment it works on that storage account, with Mail__Provider it sends real mail.\nExample: winback up --port 7071") { port, app, listen };
        command.SetAction((result, cancel) => RunAsync(new Place(result.GetValue(app)?.FullName, result.GetRequiredValue(listen), result.GetValue(port)), cancel));
        return command;
    }

    private static IPAddress? Address(ArgumentResult result)
    {
        if (IPAddress.TryParse(result.Tokens.Single().Value, out var address)) return address;
        result.AddError("--listen: is not an IP address. Write 127.0.0.1 for this machine only, or 0.0.0.0.");
        return null;
    }

    private static async Task<int> RunAsync(Place place, CancellationToken cancel)
    {
        var state = new RunningState();
        state.RequireNothingRunning();
        var fromEnvironment = FromEnvironment();
        var settings = new Dictionary<string, string>(state.KeptSettings(FirstSettings));
        foreach (var (name, value) in fromEnvironment) settings[name] = value;
        var (hasStorage, hasMail) = (fromEnvironment.ContainsKey(Storage), fromEnvironment.ContainsKey(Mail));
        if (place.App is not null && !(hasStorage && hasMail))
            throw new CommandException($"--app: set {(hasStorage ? Mail : Storage)} in the environment. The storage emulator and the inbox are only started from the sources.");
        try
        {
            await using var stack = await AnsiConsole.Status().StartAsync("Starting", status => LocalStack.StartAsync(
                new LocalStackOptions(
                    state.StorageFolder, settings, place.Port, step => status.Status(step.EscapeMarkup()), line => Show(state, line), place.App, place.Listen, hasStorage, hasMail),
                cancel));
            state.SetRunning(stack.Settings);
            AnsiConsole.WriteLine($"The app: {stack.Host.BaseUrl}{(stack.Inbox is { } inbox ? $"   The inbox: {inbox.Address}" : "")}");
            AnsiConsole.WriteLine($"Who you are stands in {state.SettingsFile}. In another terminal: winback import customers FILE, winback scan.");
            AnsiConsole.WriteLine("Ctrl-C stops everything; the data stays.");
            await Task.Delay(Timeout.Infinite, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            AnsiConsole.WriteLine("Stopped.");
        }
        finally
        {
            state.ClearRunning();
        }
        return 0;
    }

    /// <summary>The app's settings among the environment variables: its sections have two underscores.</summary>
    private static Dictionary<string, string> FromEnvironment() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Select(v => (Name: (string)v.Key, Value: (string?)v.Value ?? ""))
        .Where(v => v.Value.Length > 0 && (v.Name is Storage or "ScanSchedule" or "CampaignFolder" || v.Name.Contains("__", StringComparison.Ordinal)))
        .ToDictionary(v => v.Name, v => v.Value);

    /// <summary>Before it runs, what the app says comes with the error that it ends with.</summary>
    private static void Show(RunningState state, LogLine line)
    {
        if (state.Running is not null) Console.WriteLine(line.Text);
    }

    private static Dictionary<string, string> FirstSettings() => new()
    {
        ["Business__Name"] = "My business",
        ["Business__PostalAddress"] = "Street 1, 1000 AA Town",
        ["Business__Website"] = "https://my-business.example",
        ["Business__Language"] = "nl",
        ["Business__TimeZone"] = "Europe/Amsterdam",
        ["Mail__From"] = "hello@my-business.example",
        ["Secrets__LinkKeys__0"] = LocalStack.NewSecret(),
        ["Secrets__MailboxKey"] = LocalStack.NewSecret(),
        ["Replies__InboundSecrets__0"] = Hosting.ApiKeys.New().Key,
    };

    /// <param name="App">The published app; null to publish it from the sources.</param>
    private sealed record Place(string? App, IPAddress Listen, int Port);
}
