using System.Globalization;

namespace Winback.Cli.Local;

/// <summary>The storage emulator: for trial and tests, since it writes to disk only every few seconds.</summary>
public sealed class Azurite : IAsyncDisposable
{
    // The emulator's published account, the same on every machine.
    private const string Account = "devstoreaccount1";
    private const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly NodeService _service;

    private Azurite(NodeService service, int tablePort, int queuePort, int blobPort)
    {
        _service = service;
        (TablePort, QueuePort) = (tablePort, queuePort);
        ConnectionString = Connection(tablePort, queuePort, blobPort);
    }

    public int TablePort { get; }

    public int QueuePort { get; }

    public string ConnectionString { get; }

    /// <param name="folder">Where it keeps its data; null for memory only.</param>
    public static async Task<Azurite> StartAsync(string nodeFolder, string? folder, CancellationToken cancel)
    {
        if (folder is not null) Directory.CreateDirectory(folder);
        var ports = NodeService.FreePorts(3);
        string[] store = folder is null ? ["--inMemoryPersistence"] : ["--location", folder];
        var service = await NodeService.StartAsync(
            "Azurite", nodeFolder,
            [
                Path.Combine("node_modules", "azurite", "dist", "src", "azurite.js"), "--silent", "--skipApiVersionCheck", "--disableTelemetry",
                "--blobPort", Text(ports[0]), "--queuePort", Text(ports[1]), "--tablePort", Text(ports[2]), .. store,
            ],
            ports, cancel);
        return new Azurite(service, ports[2], ports[1], ports[0]);
    }

    /// <summary>A connection string to an emulator, or to something in front of it, on these ports.</summary>
    public static string Connection(int tablePort, int queuePort, int blobPort) => string.Create(CultureInfo.InvariantCulture,
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={AccountKey};BlobEndpoint=http://127.0.0.1:{blobPort}/{Account};QueueEndpoint=http://127.0.0.1:{queuePort}/{Account};TableEndpoint=http://127.0.0.1:{tablePort}/{Account};");

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
