using Microsoft.Extensions.Logging;

namespace Winback.LocalHost;

/// <summary>One line of the log.</summary>
/// <param name="Source"><see cref="App"/> for what the app wrote, <see cref="Host"/> for what the host has to say.</param>
public sealed record LogLine(LogLevel Level, string Source, string Text)
{
    public const string App = "app";
    public const string Host = "host";
}

internal sealed class HostLog(Action<LogLine> write)
{
    public void Information(string text) => write(new(LogLevel.Information, LogLine.Host, text));

    public void Warning(string text) => write(new(LogLevel.Warning, LogLine.Host, text));

    public void Error(string text) => write(new(LogLevel.Error, LogLine.Host, text));

    /// <summary>A line of the app's standard output, or of the Logs in its answer.</summary>
    public void AppOutput(string line) => write(new(LogLevel.Information, LogLine.App, line));

    /// <summary>A line of the app's standard error: an error, unless it calls itself a warning.</summary>
    public void AppError(string line) =>
        write(new(line.Contains("warn", StringComparison.OrdinalIgnoreCase) ? LogLevel.Warning : LogLevel.Error, LogLine.App, line));
}
