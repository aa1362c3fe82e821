namespace Winback.Cli.Local;

/// <summary>Makes the app's folder as the Functions host wants it, for this machine.</summary>
public static class AppPublisher
{
    /// <returns>The publish folder.</returns>
    public static async Task<string> PublishAsync(Action<string> say, CancellationToken cancel)
    {
        var root = RepositoryFolder.Find();
        var folder = Path.Combine(root, "artifacts", "app");
        say("Publishing the app");
        // Without build servers: they would go on running after we have ended.
        await Programs.RunAsync(
            "dotnet",
            ["publish", Path.Combine("src", "Winback"), "-c", "Release", "-o", folder, "-p:PublishForThisMachine=true", "--disable-build-servers", "-v", "quiet", "--nologo"],
            root, cancel);
        return folder;
    }
}
