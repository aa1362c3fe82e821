using Winback.Cli.Local;

namespace Winback.EndToEnd;

/// <summary>What lies between the app with its host and the storage emulator, to be broken off.</summary>
internal sealed class StorageRelays : IAsyncDisposable
{
    public TcpRelay Tables { get; } = new();

    public TcpRelay Queues { get; } = new();

    /// <summary>The app's setting; nothing uses blobs.</summary>
    public (string, string) Setting => ("AzureWebJobsStorage", Azurite.Connection(Tables.Port, Queues.Port, blobPort: 1));

    public void Open(Azurite storage)
    {
        Tables.Open(storage.TablePort);
        Queues.Open(storage.QueuePort);
    }

    public Task CloseAsync() => Task.WhenAll(Tables.CloseAsync(), Queues.CloseAsync());

    public async ValueTask DisposeAsync()
    {
        await Tables.DisposeAsync();
        await Queues.DisposeAsync();
    }
}
