using Azure;
using Azure.Data.Tables;
using Azure.Identity;

namespace Winback.Storage;

/// <summary>What is wrong with a part of storage, and what to do.</summary>
public sealed record StorageProblem(string What, string Remedy);

/// <summary>Whether tables, queues and blobs can be read and written.</summary>
/// <param name="ServerTime">Storage's clock; null when it did not answer.</param>
public sealed record StorageProbe(StorageProblem? Tables, StorageProblem? Queues, StorageProblem? Blobs, DateTimeOffset? ServerTime)
{
    /// <summary>The queue and the container are its own, so that no function is triggered.</summary>
    private const string OwnName = "winback-doctor";
    private const string ProbeKey = "probe";

    /// <summary>Writes a row, a message and a blob, and takes them away again.</summary>
    public static async Task<StorageProbe> RunAsync(StorageAccount storage, CancellationToken cancel)
    {
        DateTimeOffset? time = null;
        var tables = await TryAsync("Storage Table Data Contributor", async () =>
        {
            var table = await storage.TableAsync("installation");
            var response = await table.UpsertEntityAsync(new TableEntity(ProbeKey, ProbeKey), TableUpdateMode.Replace, cancel);
            time = response.Headers.Date;
            await table.DeleteEntityAsync(ProbeKey, ProbeKey, ETag.All, cancel);
        });
        var queues = await TryAsync("Storage Queue Data Contributor", async () =>
        {
            var queue = await storage.QueueAsync(OwnName);
            var sent = await queue.SendMessageAsync("", cancel);
            await queue.DeleteMessageAsync(sent.Value.MessageId, sent.Value.PopReceipt, cancel);
        });
        var blobs = await TryAsync("Storage Blob Data Contributor", async () =>
        {
            var blob = (await storage.ContainerAsync(OwnName)).GetBlobClient(ProbeKey);
            await blob.UploadAsync(BinaryData.Empty, overwrite: true, cancel);
            await blob.DeleteAsync(cancellationToken: cancel);
        });
        return new StorageProbe(tables, queues, blobs, time);
    }

    private static async Task<StorageProblem?> TryAsync(string role, Func<Task> work)
    {
        try
        {
            await work();
            return null;
        }
        catch (RequestFailedException e)
        {
            return Explain(e, role);
        }
        catch (AuthenticationFailedException e)
        {
            return new StorageProblem($"nobody is logged in whom storage would know ({FirstLine(e)})", "log in with: az login; in Azure, give the app its identity");
        }
        catch (Exception e) when (e is AggregateException or HttpRequestException or IOException)
        {
            return new StorageProblem($"it cannot be reached ({FirstLine(e)})", "check the address, the network and whether it runs");
        }
    }

    private static StorageProblem Explain(RequestFailedException e, string role) => (e.Status, e.ErrorCode) switch
    {
        (403, "AuthorizationPermissionMismatch" or "AuthorizationPermissionDenied") =>
            new StorageProblem($"this identity may not read and write ({e.ErrorCode})", $"give it the role {role} on the storage account; that takes some minutes to work"),
        (403, "AuthorizationFailure") => new StorageProblem("its firewall does not let this machine in", "allow this machine's address under Networking of the storage account"),
        (403, "AuthenticationFailed") => new StorageProblem("the key is not that of the account, or the clock is wrong", "copy the connection string anew; set the clock"),
        (403, "KeyBasedAuthenticationNotPermitted") => new StorageProblem("the account takes no keys", "name the account instead of a connection string, and log in with: az login"),
        (0, _) => new StorageProblem($"it cannot be reached ({FirstLine(e)})", "check the address, the network and whether it runs"),
        _ => new StorageProblem($"it answered {e.Status} {e.ErrorCode}", "look it up under https://learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes"),
    };

    private static string FirstLine(Exception e) => e.Message.Split('\n')[0].Trim();
}
