using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Spectre.Console;

namespace Winback.Benchmarks;

/// <summary><c>start</c>: how long the app takes from its start to its first answer, which is what the Functions host waits for on a cold start.</summary>
internal static class StartCommand
{
    private const string Executable = "Winback";

    public static Command Create()
    {
        var folders = new Argument<DirectoryInfo[]>("folders") { Description = "Publish folders, compared with the first.", Arity = ArgumentArity.OneOrMore };
        folders.AcceptExistingOnly();
        var rounds = new Option<int>("--rounds") { Description = "How often each is started, in turn.", DefaultValueFactory = _ => 10 };
        var command = new Command("start", "Start published apps in turn and say when they answer first.") { folders, rounds };
        command.SetAction((result, cancel) => RunAsync(result.GetRequiredValue(folders), Math.Max(1, result.GetValue(rounds)), cancel));
        return command;
    }

    private static async Task<int> RunAsync(DirectoryInfo[] folders, int rounds, CancellationToken cancel)
    {
        var taken = folders.ToDictionary(f => f.FullName, _ => new List<double>());
        foreach (var folder in folders) await FirstAnswerAsync(folder.FullName, cancel);
        for (var round = 0; round < rounds; round++)
            foreach (var folder in folders) taken[folder.FullName].Add(await FirstAnswerAsync(folder.FullName, cancel));
        var first = Median(taken[folders[0].FullName]);
        foreach (var folder in folders)
        {
            var times = taken[folder.FullName];
            var megabytes = folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length) / 1e6;
            AnsiConsole.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{folder.FullName}: {megabytes:0} MB, first answer after {Median(times):0} ms (median; {times.Min():0} to {times.Max():0}), ratio {Median(times) / first:0.00}"));
        }
        return 0;
    }

    private static async Task<double> FirstAnswerAsync(string folder, CancellationToken cancel)
    {
        var number = FreePort();
        var start = new ProcessStartInfo(Path.Combine(folder, Executable)) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Settings(number)) start.Environment[name] = value;
        using var client = new HttpClient();
        var started = Stopwatch.GetTimestamp();
        using var app = Process.Start(start)!;
        app.ErrorDataReceived += (_, e) =>
        {
            if (e.Data is not null) Console.Error.WriteLine(e.Data);
        };
        app.BeginOutputReadLine();
        app.BeginErrorReadLine();
        try
        {
            while (true)
            {
                if (app.HasExited) throw new InvalidOperationException($"{start.FileName} ended with {app.ExitCode}.");
                try
                {
                    using var answer = await client.GetAsync($"http://127.0.0.1:{number}/", cancel);
                    return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(5, cancel);
                }
            }
        }
        finally
        {
            app.Kill();
            await app.WaitForExitAsync(cancel);
        }
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }

    private static Dictionary<string, string> Settings(string port) => new()
    {
        ["FUNCTIONS_CUSTOMHANDLER_PORT"] = port,
        ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
        ["ScanSchedule"] = "0 0 * * * *",
        ["Business__Name"] = "Measured",
        ["Business__PostalAddress"] = "Street 1",
        ["Business__Website"] = "https://winback.example",
        ["Business__PublicBaseUrl"] = "https://winback.example",
        ["Mail__Provider"] = "Pickup",
        ["Mail__PickupFolder"] = Path.GetTempPath(),
        ["Mail__From"] = "hello@winback.example",
        ["Secrets__LinkKeys__0"] = Convert.ToBase64String(new byte[32]),
        ["Secrets__MailboxKey"] = Convert.ToBase64String(new byte[32]),
    };

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
