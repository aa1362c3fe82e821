namespace Winback.Cli.Local;

/// <summary>The storage emulator (Azurite) and the inbox (MailDev), at the versions of package-lock.json.</summary>
public static class NodePackages
{
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Installs them when they are not there or not at the locked versions.</summary>
    /// <returns>The folder with node_modules.</returns>
    public static async Task<string> EnsureAsync(Action<string> say, CancellationToken cancel)
    {
        var folder = Path.Combine(RepositoryFolder.Find(), "src", "Winback.Cli", "Local", "node");
        await using var only = await LockAsync(Path.Combine(folder, ".install.lock"), cancel);
        var stamp = Path.Combine(folder, "node_modules", ".installed");
        var wanted = await File.ReadAllTextAsync(Path.Combine(folder, "package-lock.json"), cancel);
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp, cancel) == wanted) return folder;
        say("Installing the storage emulator and the inbox (npm ci, once)");
        await Programs.RunAsync("npm", ["ci", "--no-progress", "--loglevel=error"], folder, cancel);
        await File.WriteAllTextAsync(stamp, wanted, cancel);
        return folder;
    }

    /// <summary>Two at once would remove each other's files.</summary>
    private static async Task<FileStream> LockAsync(string path, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (!cancel.IsCancellationRequested)
            {
                await Task.Delay(LockPause, cancel);
            }
        }
    }
}
