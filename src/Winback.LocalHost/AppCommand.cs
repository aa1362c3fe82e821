namespace Winback.LocalHost;

/// <summary>How to start the app.</summary>
/// <param name="Executable">A full path.</param>
internal sealed record AppCommand(
    string Executable,
    IReadOnlyList<string> Arguments,
    string AppRoot,
    IReadOnlyDictionary<string, string> Environment,
    TimeSpan InitializationTimeout)
{
    private const string Setting = "customHandler.description.defaultExecutablePath";

    /// <summary>Looks for the executable in the app folder, then in PATH; on Windows with .exe too.</summary>
    /// <exception cref="HostConfigurationException">There is none, or it may not be executed.</exception>
    public static AppCommand From(string appRoot, HostJson host, IReadOnlyDictionary<string, string> environment)
    {
        var executable = Find(appRoot, host.ExecutablePath)
            ?? throw new HostConfigurationException(
                $"host.json: {Setting} names '{host.ExecutablePath}', which is neither in {appRoot} nor in PATH. "
                + "Publish the app again, for this kind of machine.");
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(executable) & UnixFileMode.UserExecute) == 0)
            throw new HostConfigurationException(
                $"{executable} (host.json: {Setting}) is not executable. Publish the app again, or run: chmod +x {executable}");
        return new AppCommand(executable, host.Arguments, appRoot, environment, host.InitializationTimeout);
    }

    private static string? Find(string appRoot, string name)
    {
        string[] names = OperatingSystem.IsWindows() ? [name, name + ".exe"] : [name];
        var path = System.Environment.GetEnvironmentVariable("PATH") ?? "";
        var folders = path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Prepend(appRoot);
        return folders.SelectMany(folder => names.Select(n => Path.Combine(folder, n))).FirstOrDefault(File.Exists);
    }
}
