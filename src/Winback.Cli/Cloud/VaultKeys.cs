using System.Security.Cryptography;

namespace Winback.Cli.Cloud;

/// <summary>A secret that the vault keeps for the app.</summary>
/// <param name="Name">In the vault.</param>
/// <param name="New">Makes a value; null for one that comes from elsewhere.</param>
/// <param name="Kept">How many values stay when it is rotated, the new one among them.</param>
/// <param name="Lost">What is lost with it.</param>
internal sealed record VaultSecret(string Name, Func<string>? New, int Kept, string Lost)
{
    public static readonly VaultSecret LinkKeys = new("link-keys", NewKey, int.MaxValue, "every link in mails that were sent stops working");
    public static readonly VaultSecret MailboxKey = new(
        "mailbox-key", NewKey, 1, "opt-outs are no longer found, and people who opted out would get mail again");

    /// <summary>The one before stays, so that the address at SendGrid can be changed in peace.</summary>
    public static readonly VaultSecret InboundSecrets = new(
        "inbound-secrets", () => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), 2,
        "replies are refused until SendGrid has the new address");

    public static readonly VaultSecret SendGridApiKey = new("sendgrid-api-key", null, 1, "no mail leaves until there is another");

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}

/// <summary>
/// Makes and rotates what the app needs in its vault. Two who do so at once agree in the end: each looks afterwards at the versions that there are, and
/// the oldest counts, or all that were added are kept. Whoever read the vault in the seconds between may have seen another: it is nothing to do at once
/// on purpose.
/// </summary>
internal sealed class VaultKeys(KeyVault vault)
{
    /// <summary>Makes it where there is none; never overwrites.</summary>
    /// <returns>Whether it was made now.</returns>
    /// <exception cref="CloudException">The vault refuses; also when one was deleted and can be recovered, which is not to be replaced.</exception>
    public async Task<bool> MakeAsync(VaultSecret secret, string value, CancellationToken cancel)
    {
        var mine = await vault.AddAsync(secret.Name, value, cancel);
        var first = (await vault.VersionsAsync(secret.Name, cancel))[0];
        if (first == mine) return true;
        await vault.AddAsync(secret.Name, await RequiredAsync(secret, first, cancel), cancel);
        return false;
    }

    public async Task<bool> HasAsync(VaultSecret secret, CancellationToken cancel) => await vault.FindAsync(secret.Name, null, cancel) is not null;

    /// <summary>Puts a new value in front; the others stay, as far as they are to be kept.</summary>
    /// <exception cref="CommandException">There is none to rotate.</exception>
    public async Task RotateAsync(VaultSecret secret, CancellationToken cancel)
    {
        var before = await vault.VersionsAsync(secret.Name, cancel);
        var made = secret.New!();
        var values = Values(await RequiredAsync(secret, null, cancel)).Prepend(made).Take(secret.Kept).ToList();
        var mine = await vault.AddAsync(secret.Name, string.Join(',', values), cancel);
        var others = (await vault.VersionsAsync(secret.Name, cancel)).Except(before).Where(v => v != mine).ToList();
        if (others.Count == 0) return;
        foreach (var other in others) values.AddRange(Values(await RequiredAsync(secret, other, cancel)));
        await vault.AddAsync(secret.Name, string.Join(',', values.Distinct(StringComparer.Ordinal)), cancel);
    }

    /// <summary>Puts a value that comes from elsewhere in place of what is there.</summary>
    /// <returns>Whether it is another one.</returns>
    public async Task<bool> SetAsync(VaultSecret secret, string value, CancellationToken cancel)
    {
        if (await vault.FindAsync(secret.Name, null, cancel) == value) return false;
        await vault.AddAsync(secret.Name, value, cancel);
        return true;
    }

    /// <summary>The value that is used for what is new.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public async Task<string> NewestAsync(VaultSecret secret, CancellationToken cancel) => Values(await RequiredAsync(secret, null, cancel))[0];

    private async Task<string> RequiredAsync(VaultSecret secret, string? version, CancellationToken cancel) =>
        await vault.FindAsync(secret.Name, version, cancel)
        ?? throw new CommandException($"There is no {secret.Name} in the vault {vault.Name}. Make what is missing with: winback keys make --vault URL");

    private static string[] Values(string value) => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
