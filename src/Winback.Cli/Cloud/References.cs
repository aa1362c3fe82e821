using Winback.Hosting;

namespace Winback.Cli.Cloud;

/// <summary>Settings with the secrets of Key Vault in the place of the references, as Azure does it for the app.</summary>
/// <param name="Problems">Secrets that could not be had; each begins with the setting's name and a colon, which has no value then.</param>
internal sealed record ResolvedSettings(IConfiguration Configuration, IReadOnlyList<string> Problems);

/// <summary>Puts the secrets of Key Vault in the place of references to them.</summary>
internal sealed class References(AzureLogin login)
{
    /// <param name="isNeeded">
    /// Which secrets are read, by the setting's name as in the environment; the other settings have no value afterwards.
    /// </param>
    public async Task<ResolvedSettings> ResolveAsync(IConfiguration configuration, Func<string, bool> isNeeded, CancellationToken cancel)
    {
        var references = configuration.AsEnumerable().Where(s => KeyVaultReference.IsOne(s.Value)).ToList();
        if (references.Count == 0) return new ResolvedSettings(configuration, []);
        var values = configuration.AsEnumerable().Where(s => s.Value is not null).ToDictionary(StringComparer.OrdinalIgnoreCase);
        var problems = new List<string>();
        foreach (var (key, text) in references)
        {
            values.Remove(key);
            var setting = key.Replace(":", "__", StringComparison.Ordinal);
            if (!Settings.Reads(setting) || !isNeeded(setting)) continue;
            try
            {
                values[key] = await ReadAsync(text!, cancel);
            }
            catch (CloudException e)
            {
                problems.Add($"{setting}: {e.Message}");
            }
        }
        return new ResolvedSettings(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), problems);
    }

    private async Task<string> ReadAsync(string text, CancellationToken cancel)
    {
        if (!KeyVaultReference.TryParse(text, out var reference))
        {
            throw new CloudException(
                "is no reference to Key Vault that can be read; write @Microsoft.KeyVault(SecretUri=https://VAULT.vault.azure.net/secrets/NAME/)");
        }
        try
        {
            return await new KeyVault(reference.Vault, login, KeyVault.Reader).FindAsync(reference.Secret, reference.Version, cancel)
                ?? throw new CloudException($"there is no such secret; make what is missing with: winback keys make --vault {reference.Vault}");
        }
        catch (CloudException e)
        {
            throw new CloudException($"its secret {reference.Secret} cannot be read: {e.Message}", e.Problem, e);
        }
    }
}
