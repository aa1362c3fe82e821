using System.Runtime.InteropServices;
using Winback.Cli.Local;

[assembly: AssemblyFixture(typeof(Winback.EndToEnd.PublishedApp))]

// One test after another, as each has a whole product at work; only what mostly waits runs beside them (see StorageAwayTests).
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]

namespace Winback.EndToEnd;

/// <summary>The app as the Functions host gets it, and the emulators, made ready once per test run.</summary>
public sealed class PublishedApp : IAsyncLifetime
{
    /// <summary>What is deployed runs here, so the tests try that very package.</summary>
    public static bool IsAzuresMachine => OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64;

    public string Folder { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await NodePackages.EnsureAsync(_ => { }, CancellationToken.None);
        Folder = IsAzuresMachine ? await PackageAsync() : await AppPublisher.PublishAsync(_ => { }, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>As `azd package` does.</summary>
    private static async Task<string> PackageAsync()
    {
        var folder = Path.Combine(RepositoryFolder.Find(), "artifacts", "package");
        if (Directory.Exists(folder)) Directory.Delete(folder, true);
        await Programs.RunAsync(
            "dotnet", ["publish", Path.Combine("src", "Winback"), "-c", "Release", "-o", folder, "--disable-build-servers", "-v", "quiet", "--nologo"],
            RepositoryFolder.Find(), CancellationToken.None);
        return folder;
    }
}
