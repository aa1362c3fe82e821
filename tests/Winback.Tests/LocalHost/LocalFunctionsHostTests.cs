using System.Diagnostics;
using Winback.LocalHost;

namespace Winback.Tests.LocalHost;

/// <summary>How starting fails. That it works is shown by the end-to-end tests, with the real app.</summary>
public sealed class LocalFunctionsHostTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("winback-localhost-").FullName;

    [Fact]
    public async Task An_app_folder_that_is_not_there_is_named()
    {
        var e = await Assert.ThrowsAsync<HostConfigurationException>(() => StartAsync(Path.Combine(_root, "publish")));

        Assert.Contains($"The app folder {Path.Combine(_root, "publish")} does not exist", e.Message);
    }

    [Fact]
    public async Task A_folder_without_host_json_is_named() =>
        Assert.Contains("host.json does not exist", (await Assert.ThrowsAsync<HostConfigurationException>(() => StartAsync(_root))).Message);

    [Fact]
    public async Task An_app_without_functions_is_refused()
    {
        Write("host.json", """{ "customHandler": { "description": { "defaultExecutablePath": "app" } } }""");

        Assert.Contains("has no function", (await Assert.ThrowsAsync<HostConfigurationException>(() => StartAsync(_root))).Message);
    }

    [Fact]
    public async Task A_missing_executable_is_named()
    {
        WriteApp(script: null);

        Assert.Contains("defaultExecutablePath names 'app', which is neither in", (await Assert.ThrowsAsync<HostConfigurationException>(() => StartAsync(_root))).Message);
    }

    [Fact]
    public async Task An_http_function_needs_proxying()
    {
        WriteApp("exit 0");
        Write("web/function.json", """{"bindings":[{"type":"httpTrigger","direction":"in","name":"request"}]}""");

        Assert.Contains("enableProxyingHttpRequest must be true", (await Assert.ThrowsAsync<HostConfigurationException>(() => StartAsync(_root))).Message);
    }

    [Fact]
    public async Task A_connection_that_is_none_is_refused_and_not_quoted()
    {
        WriteApp("exit 0");
        Write("send/function.json", """{"bindings":[{"type":"queueTrigger","direction":"in","name":"message","queueName":"send","connection":"Storage"}]}""");

        var e = await Assert.ThrowsAsync<HostConfigurationException>(() => StartAsync(_root, ("Storage", "secret")));

        Assert.StartsWith("send/function.json: connection", e.Message);
        Assert.DoesNotContain("secret", e.ToString());
    }

    [Fact]
    public async Task A_file_that_is_not_executable_is_named()
    {
        SkipOnWindows();
        WriteApp("exit 0", executable: false);

        Assert.Contains("chmod +x", (await Assert.ThrowsAsync<HostConfigurationException>(() => StartAsync(_root))).Message);
    }

    [Fact]
    public async Task An_app_that_ends_before_it_is_ready_is_quoted()
    {
        SkipOnWindows();
        WriteApp("echo starting; echo \"the setting $NAME is missing\" >&2; exit 3");
        var log = new List<LogLine>();

        var e = await Assert.ThrowsAsync<AppStartException>(() => StartAsync(_root, log, ("NAME", "Mail:From")));

        Assert.Contains("ended with code 3 before it was ready", e.Message);
        Assert.Equal(["the setting Mail:From is missing"], e.ErrorLines);
        Assert.Contains(new LogLine(Microsoft.Extensions.Logging.LogLevel.Information, LogLine.App, "starting"), log);
        Assert.Contains(new LogLine(Microsoft.Extensions.Logging.LogLevel.Error, LogLine.App, "the setting Mail:From is missing"), log);
    }

    [Fact]
    public async Task An_app_that_never_answers_is_given_up_and_not_left_running()
    {
        SkipOnWindows();
        WriteApp("echo $$ > pid; exec sleep 60");

        var e = await Assert.ThrowsAsync<AppStartException>(() => StartAsync(_root, ("AzureFunctionsJobHost__customHandler__initializationTimeout", "00:00:01")));

        Assert.Contains("did not answer", e.Message);
        AssertGone();
    }

    [Fact]
    public async Task A_start_that_is_cancelled_leaves_nothing_running()
    {
        SkipOnWindows();
        WriteApp("echo $$ > pid; exec sleep 60");
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var options = new LocalHostOptions { AppRoot = _root };

        var starting = LocalFunctionsHost.StartAsync(options, cancellation.Token);
        while (!File.Exists(Path.Combine(_root, "pid")) || new FileInfo(Path.Combine(_root, "pid")).Length == 0)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting);
        AssertGone();
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static void SkipOnWindows() => Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for the app is a shell script.");

    private void AssertGone()
    {
        var pid = int.Parse(File.ReadAllText(Path.Combine(_root, "pid")), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(pid));
    }

    private void WriteApp(string? script, bool executable = true)
    {
        Write("host.json", """{ "customHandler": { "description": { "defaultExecutablePath": "app" } } }""");
        Write("scan/function.json", """{"bindings":[{"type":"timerTrigger","direction":"in","name":"timer","schedule":"0 0 8 * * *"}]}""");
        if (script is null) return;
        Write("app", $"#!/bin/sh\n{script}\n");
        if (executable && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(_root, "app"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private void Write(string name, string content)
    {
        var path = Path.Combine(_root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    private static Task<LocalFunctionsHost> StartAsync(string root, params (string Name, string Value)[] settings) => StartAsync(root, [], settings);

    private static Task<LocalFunctionsHost> StartAsync(string root, List<LogLine> log, params (string Name, string Value)[] settings) =>
        LocalFunctionsHost.StartAsync(
            new LocalHostOptions { AppRoot = root, Environment = settings.ToDictionary(s => s.Name, s => s.Value), Log = line => { lock (log) log.Add(line); } },
            TestContext.Current.CancellationToken);
}
