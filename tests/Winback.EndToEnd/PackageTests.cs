using System.Text.Json;

namespace Winback.EndToEnd;

/// <summary>The package has the shape that the Functions host expects. All other tests here start it, as the host does.</summary>
public sealed class PackageTests(PublishedApp app)
{
    private static readonly string[] Functions =
    [
        "api", "check-cases", "follow-up", "follow-up-poison", "read-reply", "read-reply-poison", "scan", "scan-shard", "scan-shard-poison", "send-outreach", "send-outreach-poison",
    ];

    private static readonly string[] OtherFolders = ["campaigns", "replies"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_function_has_a_folder_of_its_name_with_nothing_but_its_function_json()
    {
        var folders = Directory.GetDirectories(app.Folder).Select(f => Path.GetFileName(f)).ToList();

        Assert.Equal(Functions.Concat(OtherFolders).Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
        Assert.All(Functions, f => Assert.Equal(["function.json"], Directory.GetFileSystemEntries(Path.Combine(app.Folder, f)).Select(Path.GetFileName)));
    }

    [Fact]
    public async Task The_host_finds_its_settings_and_an_executable_that_needs_nothing_installed()
    {
        var host = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(app.Folder, "host.json"), Cancel)).RootElement;
        var executable = Path.Combine(app.Folder, host.GetProperty("customHandler").GetProperty("description").GetProperty("defaultExecutablePath").GetString()!);

        Assert.True(File.Exists(executable));
        if (OperatingSystem.IsWindows() || !PublishedApp.IsAzuresMachine) return;
        Assert.Equal(UnixFileMode.UserExecute, File.GetUnixFileMode(executable) & UnixFileMode.UserExecute);
        Assert.True(File.Exists(Path.Combine(app.Folder, "libcoreclr.so")), "The runtime is not in the package.");
        // An ELF file for x86-64.
        var head = new byte[20];
        await using var stream = File.OpenRead(executable);
        await stream.ReadExactlyAsync(head, Cancel);
        Assert.Equal("7F454C46", Convert.ToHexString(head.AsSpan(0, 4)));
        Assert.Equal(0x3E, head[18]);
    }

    [Fact]
    public void Nothing_of_this_machine_or_of_a_trial_is_in_it() =>
        Assert.DoesNotContain(
            Directory.EnumerateFiles(app.Folder, "*", SearchOption.AllDirectories).Select(f => Path.GetFileName(f)),
            f => f is "local.settings.json" or "settings.json" or "running.json" or "secrets.json" || f.StartsWith("Winback.Cli", StringComparison.Ordinal) || f.StartsWith("Winback.LocalHost", StringComparison.Ordinal));
}
