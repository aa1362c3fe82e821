using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace Winback.Storage;

/// <summary>
/// The storage account of the app: the same one, by the same setting, that the Functions host uses.
/// <c>AzureWebJobsStorage</c> is a connection string; or <c>AzureWebJobsStorage__tableServiceUri</c>, <c>__queueServiceUri</c> and <c>__blobServiceUri</c>
/// are addresses, reached by identity (<c>__clientId</c> for a user-assigned one).
/// </summary>
public sealed class StorageAccount
{
    public const string Setting = "AzureWebJobsStorage";

    private readonly TableServiceClient _tables;
    private readonly QueueServiceClient _queues;
    private readonly BlobServiceClient _blobs;
    private readonly ConcurrentDictionary<string, Lazy<Task<TableClient>>> _knownTables = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<QueueClient>>> _knownQueues = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<BlobContainerClient>>> _knownContainers = new(StringComparer.Ordinal);

    public StorageAccount(string connectionString, StorageRetry retry)
    {
        _tables = new TableServiceClient(connectionString, retry.Apply(new TableClientOptions()));
        _queues = new QueueServiceClient(connectionString, retry.Apply(QueueOptions()));
        _blobs = new BlobServiceClient(connectionString, retry.Apply(new BlobClientOptions()));
    }

    public StorageAccount(Uri tables, Uri queues, Uri blobs, TokenCredential credential, StorageRetry retry)
    {
        _tables = new TableServiceClient(tables, credential, retry.Apply(new TableClientOptions()));
        _queues = new QueueServiceClient(queues, credential, retry.Apply(QueueOptions()));
        _blobs = new BlobServiceClient(blobs, credential, retry.Apply(new BlobClientOptions()));
    }

    /// <summary>Whether any setting says which account it is.</summary>
    public static bool IsNamed(IConfiguration configuration) =>
        configuration[Setting] is { Length: > 0 } || configuration[$"{Setting}:tableServiceUri"] is { Length: > 0 };

    /// <returns>What is wrong with the setting; null when it can be used.</returns>
    public static string? Problem(IConfiguration configuration)
    {
        try
        {
            From(configuration, StorageRetry.Brief);
            return null;
        }
        catch (InvalidOperationException e)
        {
            return e.Message;
        }
    }

    /// <exception cref="InvalidOperationException">No usable setting; the message names it.</exception>
    public static StorageAccount From(IConfiguration configuration, StorageRetry retry)
    {
        const string name = Setting;
        try
        {
            if (configuration[name] is { Length: > 0 } connectionString) return new StorageAccount(connectionString, retry);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidOperationException($"{name}: is not a storage connection string. Copy it whole from the storage account.", e);
        }
        if (configuration[$"{name}:tableServiceUri"] is not { Length: > 0 } tables || configuration[$"{name}:queueServiceUri"] is not { Length: > 0 } queues
            || configuration[$"{name}:blobServiceUri"] is not { Length: > 0 } blobs)
            throw new InvalidOperationException($"{name}: is missing. Set a connection string, or {name}__tableServiceUri, {name}__queueServiceUri and {name}__blobServiceUri.");
        if (!TryParse(tables, out var tableUri) || !TryParse(queues, out var queueUri) || !TryParse(blobs, out var blobUri))
            throw new InvalidOperationException($"{name}__tableServiceUri, {name}__queueServiceUri, {name}__blobServiceUri: write whole addresses, with https://.");
        var login = new DefaultAzureCredentialOptions();
        if (configuration[$"{name}:clientId"] is { Length: > 0 } identity) login.ManagedIdentityClientId = identity;
        return new StorageAccount(tableUri, queueUri, blobUri, new DefaultAzureCredential(login), retry);

        // Tokens are only sent over https.
        static bool TryParse(string text, [NotNullWhen(true)] out Uri? uri) => Uri.TryCreate(text, UriKind.Absolute, out uri) && uri.Scheme == "https";
    }

    /// <summary>A table, made on first use.</summary>
    public Task<TableClient> TableAsync(string name) => Once(_knownTables, name, async () =>
    {
        var table = _tables.GetTableClient(name);
        await MakeAsync(() => table.CreateIfNotExistsAsync());
        return table;
    });

    /// <summary>A queue, made on first use.</summary>
    public Task<QueueClient> QueueAsync(string name) => Once(_knownQueues, name, async () =>
    {
        var queue = _queues.GetQueueClient(name);
        await MakeAsync(() => queue.CreateIfNotExistsAsync());
        return queue;
    });

    /// <summary>A container of blobs, made on first use.</summary>
    public Task<BlobContainerClient> ContainerAsync(string name) => Once(_knownContainers, name, async () =>
    {
        var container = _blobs.GetBlobContainerClient(name);
        await MakeAsync(() => container.CreateIfNotExistsAsync());
        return container;
    });

    /// <summary>Asks for one table's existence; false when storage cannot be reached, refuses us or does not answer before <paramref name="cancel"/>.</summary>
    public async Task<bool> IsReachableAsync(CancellationToken cancel)
    {
        try
        {
            await using var pages = _tables.QueryAsync(maxPerPage: 1, cancellationToken: cancel).GetAsyncEnumerator(cancel);
            await pages.MoveNextAsync();
            return true;
        }
        catch (Exception e) when (e is RequestFailedException or AuthenticationFailedException or AggregateException or IOException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Who may only read is refused here, also when it is there already; what follows tells whether it is.</summary>
    private static async Task MakeAsync(Func<Task> make)
    {
        try
        {
            await make();
        }
        catch (RequestFailedException e) when (e.Status == 403)
        {
            return;
        }
    }

    // The host is set to base64; a client that sends plain text would fill the poison queues.
    private static QueueClientOptions QueueOptions() => new() { MessageEncoding = QueueMessageEncoding.Base64 };

    private static async Task<T> Once<T>(ConcurrentDictionary<string, Lazy<Task<T>>> known, string name, Func<Task<T>> make)
    {
        var lazy = known.GetOrAdd(name, _ => new Lazy<Task<T>>(make));
        try
        {
            return await lazy.Value;
        }
        catch
        {
            // A failure is not remembered: the next call asks storage again.
            known.TryRemove(new(name, lazy));
            throw;
        }
    }
}

/// <summary>How patiently storage is asked again. The client library does it: exponential back-off with jitter.</summary>
/// <param name="MaxRetries">Attempts after the first.</param>
/// <param name="MaxDelay">The longest pause between two attempts.</param>
public sealed record StorageRetry(int MaxRetries, TimeSpan MaxDelay)
{
    /// <summary>
    /// For queue and timer functions: rides out about four and a half minutes without storage inside one invocation, so that an outage
    /// does not use up a message's tries.
    /// </summary>
    public static readonly StorageRetry Patient = new(18, TimeSpan.FromSeconds(20));

    /// <summary>For a person who waits: gives up after about five seconds.</summary>
    public static readonly StorageRetry Brief = new(3, TimeSpan.FromSeconds(2));

    public T Apply<T>(T options) where T : ClientOptions
    {
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = MaxRetries;
        options.Retry.Delay = TimeSpan.FromMilliseconds(400);
        options.Retry.MaxDelay = MaxDelay;
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        return options;
    }
}
