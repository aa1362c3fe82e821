using Azure;
using Azure.Security.KeyVault.Secrets;

namespace Winback.Cli.Cloud;

/// <summary>The secrets of one Key Vault.</summary>
/// <param name="role">What is needed for what is to be done, <see cref="Reader"/> or <see cref="Writer"/>: named where it is missing.</param>
/// <remarks>Every method throws <see cref="CloudException"/> where the vault cannot be reached or refuses.</remarks>
internal sealed class KeyVault(Uri address, AzureLogin login, string role)
{
    public const string Reader = "Key Vault Secrets User";
    public const string Writer = "Key Vault Secrets Officer";

    private readonly SecretClient _client = new(address, login.Credential, login.Apply(new SecretClientOptions()));

    /// <summary>As in <c>https://NAME.vault.azure.net</c>.</summary>
    public string Name => address.Host.Split('.')[0];

    /// <param name="version">Null for the newest.</param>
    /// <returns>Null when there is none.</returns>
    public Task<string?> FindAsync(string secret, string? version, CancellationToken cancel) => ExplainedAsync<string?>(secret, async () =>
    {
        try
        {
            return (await _client.GetSecretAsync(secret, version, cancellationToken: cancel)).Value.Value;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    });

    /// <summary>Adds a version, which is the newest then; a vault cannot be asked to do so only if there is none.</summary>
    /// <returns>The version's id.</returns>
    public Task<string> AddAsync(string secret, string value, CancellationToken cancel) => ExplainedAsync(
        secret, async () => (await _client.SetSecretAsync(secret, value, cancel)).Value.Properties.Version);

    /// <summary>The ids of all versions, the oldest first; of those of one second, which is as fine as the vault counts, the lowest.</summary>
    public Task<string[]> VersionsAsync(string secret, CancellationToken cancel) => ExplainedAsync<string[]>(secret, async () =>
    {
        var versions = await _client.GetPropertiesOfSecretVersionsAsync(secret, cancel).ToListAsync(cancel);
        return [.. versions.OrderBy(v => v.CreatedOn).ThenBy(v => v.Version, StringComparer.Ordinal).Select(v => v.Version)];
    });

    private Task<T> ExplainedAsync<T>(string secret, Func<Task<T>> work) =>
        AzureLogin.ExplainedAsync($"the vault {Name}", e => Explain(e, secret), work);

    // What exactly is wrong stands in the inner error alone, which the client gives only as part of its message.
    private CloudException Explain(RequestFailedException e, string secret)
    {
        return e switch
        {
            { Status: 403 } when Says("ForbiddenByFirewall") || Says("ForbiddenByConnection") =>
                Problem(
                    $"the firewall of the vault {Name} does not let this machine in; allow its address under Networking there, or work from inside its "
                    + "network"),
            { Status: 403 } when Says("SecretDisabled") => Problem($"{secret} in the vault {Name} is disabled; enable it there"),
            { Status: 403 } => Problem(
                $"the vault {Name} does not let whoever is logged in get at its secrets; give them the role {role} on it, which takes some minutes to work",
                CloudProblem.MissingRole),
            { Status: 409 } when Says("ObjectIsDeletedButRecoverable") => Problem(
                $"{secret} in the vault {Name} was deleted and can be recovered; "
                + $"do so with: az keyvault secret recover --vault-name {Name} --name {secret}",
                CloudProblem.DeletedSecret),
            { Status: 409 } => Problem($"{secret} in the vault {Name} is being deleted or recovered; try again in a minute"),
            _ => Problem(
                $"the vault {Name} answered {e.Status} {e.ErrorCode}; "
                + "look it up under https://learn.microsoft.com/azure/key-vault/general/rest-error-codes"),
        };

        bool Says(string code) => e.Message.Contains($"\"{code}\"", StringComparison.Ordinal);

        CloudException Problem(string what, CloudProblem problem = CloudProblem.Other) => new(what, problem, e);
    }
}
