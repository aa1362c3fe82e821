using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Winback.EndToEnd;

/// <summary>A run of <c>winback</c> as a process of its own.</summary>
internal sealed class CommandLine : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly Dictionary<int, RunningProcess> _offspring = [];

    private CommandLine(ProcessStartInfo info)
    {
        _process = new Process { StartInfo = info };
        _process.OutputDataReceived += (_, e) => Keep(_output, e.Data);
        _process.ErrorDataReceived += (_, e) => Keep(_errors, e.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output => Text(_output);

    public string Errors => Text(_errors);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static CommandLine Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Winback.Cli.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What may keep a build from leaving servers behind must not be needed.
        foreach (var name in new[] { "MSBUILDDISABLENODEREUSE", "UseSharedCompilation", "DOTNET_CLI_USE_MSBUILD_SERVER" }) info.Environment.Remove(name);
        foreach (var (name, value) in environment) info.Environment[name] = value;
        return new CommandLine(info);
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        await using var run = Start(environment, arguments);
        return (await run.ExitAsync(), run.Output, run.Errors);
    }

    /// <summary>Notes meanwhile every process that it starts.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> ExitAsync()
    {
        await Until.TrueAsync("winback ends", Product.Soon, () => Task.FromResult(Noted() && _process.HasExited), () => Task.FromResult(Text()));
        // Its last lines, too.
        await _process.WaitForExitAsync(Cancel);
        return _process.ExitCode;
    }

    public Task UntilPrintedAsync(string text) => Until.TrueAsync(
        $"winback prints \"{text}\"", Product.Soon,
        () => Task.FromResult(Noted() && (Output.Contains(text, StringComparison.Ordinal) || _process.HasExited)),
        () => Task.FromResult(Text()));

    /// <summary>Ctrl-C, or another signal.</summary>
    public async Task InterruptAsync(string signal = "-INT")
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Cancel);
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>SIGKILL, and only to it.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Whatever it started has ended.</summary>
    public async Task NothingIsLeftAsync()
    {
        Assert.NotEmpty(_offspring);
        await Until.TrueAsync(
            "nothing that winback started runs any more", TimeSpan.FromSeconds(20),
            () => Task.FromResult(_offspring.Values.All(p => !p.IsRunning)),
            () => Task.FromResult(string.Join(Environment.NewLine, _offspring.Values.Where(p => p.IsRunning))));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        foreach (var left in _offspring.Values.Where(p => p.IsRunning)) left.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private bool Noted()
    {
        foreach (var process in RunningProcess.Under(_process.Id)) _offspring[process.Id] = process;
        return true;
    }

    private string Text() => $"It printed:{Environment.NewLine}{Output}{Environment.NewLine}and as errors:{Environment.NewLine}{Errors}";

    private static string Text(StringBuilder kept)
    {
        lock (kept) return kept.ToString();
    }

    private static void Keep(StringBuilder kept, string? line)
    {
        if (line is null) return;
        lock (kept) kept.AppendLine(line);
    }
}
