using Winback.Cli.Local;

[assembly: AssemblyFixture(typeof(Winback.EndToEnd.PublishedApp))]

// One test after another, as each has a whole product at work; only what mostly waits runs beside them (see StorageAwayTests).
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]

namespace Winback.EndToEnd;

/// <summary>The app as the Functions host gets it, and the emulators, made ready once per test run.</summary>
public sealed class PublishedApp : IAsyncLifetime
{
    public string Folder { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await NodePackages.EnsureAsync(_ => { }, CancellationToken.None);
        Folder = await AppPublisher.PublishAsync(_ => { }, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
