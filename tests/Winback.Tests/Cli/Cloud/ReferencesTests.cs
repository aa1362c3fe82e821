using Microsoft.Extensions.Configuration;
using Winback.Cli.Cloud;

namespace Winback.Tests.Cli.Cloud;

/// <summary>Commands with the app's settings have the secrets that they need, as whoever is logged in.</summary>
public sealed class ReferencesTests : IDisposable
{
    private readonly FakeAzure _azure = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _azure.Dispose();

    [Fact]
    public async Task Only_what_is_needed_is_read_and_the_rest_has_no_value()
    {
        _azure.Add("mailbox-key", "the mailbox key");
        _azure.Add("link-keys", "the link keys");

        var (configuration, problems) = await ResolveAsync(name => name == "Secrets__MailboxKey");

        Assert.Empty(problems);
        Assert.Equal(("the mailbox key", null, "De Linde"), (configuration["Secrets:MailboxKey"], configuration["Secrets:LinkKeys:0"], configuration["Business:Name"]));
        Assert.Equal(["GET mailbox-key"], _azure.Requests.Select(r => r.TrimEnd('/')));
    }

    [Fact]
    public async Task A_version_that_is_named_is_the_one()
    {
        var old = _azure.Add("link-keys", "old");
        _azure.Add("link-keys", "new");

        var (configuration, _) = await ResolveAsync(name => name.StartsWith("Secrets__LinkKeys", StringComparison.Ordinal), ("Secrets:LinkKeys:0", $"@Microsoft.KeyVault(VaultName=kv-linde;SecretName=link-keys;SecretVersion={old})"));

        Assert.Equal("old", configuration["Secrets:LinkKeys:0"]);
    }

    [Fact]
    public async Task What_cannot_be_had_is_said_with_setting_secret_and_role()
    {
        _azure.Forbidden = "ForbiddenByRbac";

        var (configuration, problems) = await ResolveAsync(_ => true);

        Assert.Equal(["Secrets__LinkKeys__0", "Secrets__MailboxKey"], problems.Select(p => p.Split(':')[0]).Order(StringComparer.Ordinal));
        Assert.All(problems, p => Assert.Contains("Key Vault Secrets User", p, StringComparison.Ordinal));
        Assert.Contains(problems, p => p.Contains("secret mailbox-key", StringComparison.Ordinal));
        Assert.Null(configuration["Secrets:MailboxKey"]);
    }

    [Fact]
    public async Task A_secret_that_is_not_there_and_a_reference_that_is_none_say_so()
    {
        var (_, problems) = await ResolveAsync(_ => true, ("Secrets:LinkKeys:0", "@Microsoft.KeyVault(SecretUri=https://evil.example/secrets/link-keys/)"));

        Assert.Contains(problems, p => p.StartsWith("Secrets__MailboxKey: its secret mailbox-key cannot be read: there is no such secret", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.StartsWith("Secrets__LinkKeys__0: is no reference to Key Vault that can be read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reference_of_somebody_elses_setting_is_nothing_to_us()
    {
        await ResolveAsync(name => name == "OTHER_APP", ("OTHER_APP", "@Microsoft.KeyVault(VaultName=kv-linde;SecretName=other)"));
        Assert.Empty(_azure.Requests);
    }

    private async Task<ResolvedSettings> ResolveAsync(Func<string, bool> isNeeded, params (string Name, string Value)[] changes)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Business:Name"] = "De Linde",
            ["Secrets:MailboxKey"] = "@Microsoft.KeyVault(SecretUri=https://kv-linde.vault.azure.net/secrets/mailbox-key/)",
            ["Secrets:LinkKeys:0"] = "@Microsoft.KeyVault(SecretUri=https://kv-linde.vault.azure.net/secrets/link-keys/)",
        };
        foreach (var (name, value) in changes) settings[name] = value;
        return await new References(_azure.Login).ResolveAsync(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), isNeeded, Cancel);
    }
}
