using System.Diagnostics;

namespace Winback.Cli.Local;

/// <summary>Runs other programs.</summary>
internal static class Programs
{
    /// <exception cref="CommandException">It is not installed, or failed; the message ends with what it printed last.</exception>
    public static async Task RunAsync(string program, IEnumerable<string> arguments, string folder, CancellationToken cancel)
    {
        using var process = Start(program, arguments, folder, out var output);
        try
        {
            await process.WaitForExitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        if (process.ExitCode != 0)
            throw new CommandException($"{program} {string.Join(' ', arguments.Take(2))} failed with exit code {process.ExitCode}:{Environment.NewLine}{output()}");
    }

    /// <param name="output">The last lines that it printed.</param>
    /// <param name="holdsInput">Its standard input is ours, and ends when we close it or end.</param>
    public static Process Start(string program, IEnumerable<string> arguments, string folder, out Func<string> output, bool holdsInput = false)
    {
        var info = new ProcessStartInfo(Executable(program), arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = holdsInput,
            UseShellExecute = false,
        };
        var lines = new Queue<string>();
        var process = new Process { StartInfo = info };
        process.OutputDataReceived += (_, e) => Keep(e.Data);
        process.ErrorDataReceived += (_, e) => Keep(e.Data);
        output = () =>
        {
            lock (lines) return string.Join(Environment.NewLine, lines);
        };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new CommandException($"{program} cannot be started ({e.Message}). Install Node.js 20 or later, which brings npm, and the .NET 10 SDK.");
        }
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;

        void Keep(string? line)
        {
            if (line is null) return;
            lock (lines)
            {
                lines.Enqueue(line);
                if (lines.Count > 15) lines.Dequeue();
            }
        }
    }

    // npm is a script on Windows, which only starts by its whole name.
    private static string Executable(string program) => program == "npm" && OperatingSystem.IsWindows() ? "npm.cmd" : program;
}
