using Winback.Hosting;

namespace Winback.Tests.Hosting;

/// <summary>The two forms in which Azure takes a reference to Key Vault.</summary>
public sealed class KeyVaultReferenceTests
{
    [Theory]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://kv-linde.vault.azure.net/secrets/mailbox-key/)", "https://kv-linde.vault.azure.net/", "mailbox-key", null)]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://kv-linde.vault.azure.net/secrets/mailbox-key)", "https://kv-linde.vault.azure.net/", "mailbox-key", null)]
    [InlineData(
        "@microsoft.keyvault(secreturi=https://kv-linde.vault.usgovcloudapi.net/secrets/k/0123456789abcdef0123456789abcdef)", "https://kv-linde.vault.usgovcloudapi.net/", "k",
        "0123456789abcdef0123456789abcdef")]
    [InlineData("@Microsoft.KeyVault(VaultName=kv-linde;SecretName=link-keys)", "https://kv-linde.vault.azure.net/", "link-keys", null)]
    [InlineData(
        " @Microsoft.KeyVault(VaultName=kv-linde;SecretName=link-keys;SecretVersion=0123456789abcdef0123456789abcdef) ", "https://kv-linde.vault.azure.net/", "link-keys",
        "0123456789abcdef0123456789abcdef")]
    [InlineData("@Microsoft.KeyVault(VaultName=kv-linde;SecretName=link-keys;SecretVersion=)", "https://kv-linde.vault.azure.net/", "link-keys", null)]
    public void A_reference_is_read(string text, string vault, string secret, string? version)
    {
        Assert.True(KeyVaultReference.TryParse(text, out var reference));
        Assert.Equal((vault, secret, version), (reference.Vault.ToString(), reference.Secret, reference.Version));
    }

    [Theory]
    [InlineData("@Microsoft.KeyVault()")]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://kv-linde.vault.azure.net/secrets/)")]
    [InlineData("@Microsoft.KeyVault(SecretUri=http://kv-linde.vault.azure.net/secrets/link-keys/)")]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://kv-linde.vault.azure.net.evil.example/secrets/link-keys/)")] // our token is for vaults only
    [InlineData("@Microsoft.KeyVault(SecretUri=https://evil.example/kv-linde.vault.azure.net/secrets/link-keys/)")]
    [InlineData("@Microsoft.KeyVault(VaultName=evil.example/;SecretName=link-keys)")]
    [InlineData("@Microsoft.KeyVault(SecretName=link-keys)")]
    public void What_begins_as_one_and_cannot_be_read_still_is_one(string text)
    {
        Assert.True(KeyVaultReference.IsOne(text));
        Assert.False(KeyVaultReference.TryParse(text, out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("SG.key")]
    [InlineData("see @Microsoft.KeyVault(...)")]
    public void Anything_else_is_a_value(string? text) => Assert.False(KeyVaultReference.IsOne(text));
}
