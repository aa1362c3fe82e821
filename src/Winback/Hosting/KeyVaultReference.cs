using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Winback.Hosting;

/// <summary>
/// A setting's value that stands in Key Vault. Azure puts the secret in its place before the app starts, and leaves the reference as it is where it
/// cannot (https://learn.microsoft.com/azure/app-service/app-service-key-vault-references).
/// </summary>
/// <param name="Version">Null for the newest.</param>
public sealed partial record KeyVaultReference(Uri Vault, string Secret, string? Version)
{
    private const string Beginning = "@Microsoft.KeyVault(";

    public static bool IsOne([NotNullWhen(true)] string? value) => value?.TrimStart().StartsWith(Beginning, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>What the app says that found one in place of the secret.</summary>
    public static string Unresolved(string setting) =>
        $"{setting}: Azure could not put the secret of Key Vault in its place; see that the secret is there (winback keys make --vault URL) and that the "
        + "app's identity has the role Key Vault Secrets User on the vault, then restart the app";

    /// <summary>
    /// Reads both forms: <c>SecretUri=https://NAME.vault.azure.net/secrets/SECRET/</c> and <c>VaultName=NAME;SecretName=SECRET;SecretVersion=VERSION</c>.
    /// </summary>
    public static bool TryParse(string value, [NotNullWhen(true)] out KeyVaultReference? reference)
    {
        var (address, names) = (ByAddress().Match(value), ByNames().Match(value));
        reference = address.Success ? new KeyVaultReference(new Uri(address.Groups["vault"].Value), address.Groups["secret"].Value, VersionOf(address))
            : names.Success ? new KeyVaultReference(new Uri($"https://{names.Groups["vault"].Value}.vault.azure.net"), names.Groups["secret"].Value, VersionOf(names))
            : null;
        return reference is not null;

        static string? VersionOf(Match match) => match.Groups["version"] is { Length: > 0 } version ? version.Value : null;
    }

    // Only the clouds' own vaults: whoever wrote the settings must not have our token sent elsewhere.
    [GeneratedRegex(
        @"^\s*@Microsoft\.KeyVault\(\s*SecretUri=(?<vault>https://[a-z0-9-]{3,24}\.vault\.(?:azure\.net|azure\.cn|usgovcloudapi\.net))(?::443)?"
        + @"/secrets/(?<secret>[0-9a-z-]{1,127})(?:/(?<version>[0-9a-f]{32})?)?\s*\)\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ByAddress();

    [GeneratedRegex(
        @"^\s*@Microsoft\.KeyVault\(\s*VaultName=(?<vault>[a-z0-9-]{3,24});\s*SecretName=(?<secret>[0-9a-z-]{1,127})"
        + @"(?:;\s*(?:SecretVersion=(?<version>[0-9a-f]{32})?)?)?\s*\)\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ByNames();
}
