using System.Text.RegularExpressions;

namespace Winback.Storage;

/// <summary>
/// A storage account as a person names it: by connection string, by its name, or by the address of any of its services. By name or address it is
/// reached by identity.
/// </summary>
public static partial class StorageAddress
{
    private const string PublicCloud = "core.windows.net";

    /// <summary>
    /// The settings that mean that account, as in the environment; those of any other account are emptied, and so is the app's own identity, which nobody has
    /// but the app.
    /// </summary>
    /// <exception cref="FormatException">It is none of them. The message never shows a connection string.</exception>
    public static IReadOnlyDictionary<string, string> ToSettings(string storage)
    {
        var text = storage.Trim();
        if (text.Contains('=', StringComparison.Ordinal) && !text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            return Settings(text, "", "", "");
        var address = AccountAddress().Match(text);
        if (!address.Success)
            throw new FormatException("is neither a connection string, nor the name of a storage account, nor an address like https://NAME.table.core.windows.net");
        var (name, cloud) = (address.Groups["name"].Value.ToLowerInvariant(), address.Groups["cloud"] is { Success: true } other ? other.Value : PublicCloud);
        return Settings("", $"https://{name}.table.{cloud}", $"https://{name}.queue.{cloud}", $"https://{name}.blob.{cloud}");
    }

    private static Dictionary<string, string> Settings(string connectionString, string tables, string queues, string blobs) => new(StringComparer.Ordinal)
    {
        ["AzureWebJobsStorage"] = connectionString,
        ["AzureWebJobsStorage__tableServiceUri"] = tables,
        ["AzureWebJobsStorage__queueServiceUri"] = queues,
        ["AzureWebJobsStorage__blobServiceUri"] = blobs,
        ["AzureWebJobsStorage__clientId"] = "",
    };

    [GeneratedRegex(@"^(?:(?<name>[a-z0-9]{3,24})|https://(?<name>[a-z0-9]{3,24})\.(?:table|queue|blob|file|dfs|web)\.(?<cloud>core\.(?:windows\.net|chinacloudapi\.cn|usgovcloudapi\.net))/?)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AccountAddress();
}
