using System.CommandLine;
using Spectre.Console;
using Winback.Cli.Local;
using Winback.LocalHost;

namespace Winback.Cli.Commands;

/// <summary><c>winback up</c>: runs the whole app here and keeps its data.</summary>
internal static class UpCommand
{
    private const int DefaultPort = 7071;

    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "Where the app is reached, 1 to 65535.", DefaultValueFactory = _ => DefaultPort };
        port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 65535) result.AddError("--port: must be 1 to 65535.");
        });
        var command = new Command(
            "up",
            "Run the whole app on this machine, with an inbox in place of real mail, and keep its data in .winback\n"
            + "(or the folder that WINBACK_STATE names). Its settings are in settings.json there; the ones in the environment go before them.\nExample: winback up --port 7071") { port };
        command.SetAction((result, cancel) => RunAsync(result.GetValue(port), cancel));
        return command;
    }

    private static async Task<int> RunAsync(int port, CancellationToken cancel)
    {
        var state = new RunningState();
        state.RequireNothingRunning();
        var settings = state.KeptSettings(FirstSettings).ToDictionary(s => s.Key, s => Environment.GetEnvironmentVariable(s.Key) ?? s.Value);
        try
        {
            await using var stack = await AnsiConsole.Status().StartAsync("Starting", status => LocalStack.StartAsync(
                new LocalStackOptions(state.StorageFolder, settings, port, step => status.Status(step.EscapeMarkup()), line => Show(state, line)),
                cancel));
            state.SetRunning(stack.Settings);
            AnsiConsole.WriteLine($"The app: {stack.Host.BaseUrl}   The inbox: {stack.Inbox.Address}");
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
}
