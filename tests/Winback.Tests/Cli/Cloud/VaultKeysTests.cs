using Microsoft.Extensions.Time.Testing;
using Winback.Cli;
using Winback.Cli.Cloud;
using Winback.Cli.Commands;
using Winback.Cli.Commands.Keys;

namespace Winback.Tests.Cli.Cloud;

/// <summary><c>winback keys</c>: what is made is never overwritten, what is rotated keeps the old.</summary>
public sealed class VaultKeysTests : IDisposable
{
    private const string ApiKey = "SG.from.sendgrid";

    private readonly FakeAzure _azure = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _azure.Dispose();

    private VaultKeys Keys => KeysCommand.Vault(FakeAzure.VaultUrl, _azure.Login);

    [Fact]
    public async Task What_is_missing_is_made_and_the_second_time_nothing_is_changed()
    {
        Assert.Equal(["link-keys Made", "mailbox-key Made", "inbound-secrets Made", "sendgrid-api-key Made"], await MakeAsync(ApiKey));
        string[] values = [_azure.Value("link-keys"), _azure.Value("mailbox-key"), _azure.Value("inbound-secrets"), _azure.Value("sendgrid-api-key")];
        Assert.All(values[..2], v => Assert.Equal(32, Convert.FromBase64String(v).Length));
        Assert.Matches("^[0-9a-f]{32}$", values[2]);
        Assert.Equal(ApiKey, values[3]);
        Assert.Equal(4, values.Distinct().Count());

        Assert.Equal(["link-keys There", "mailbox-key There", "inbound-secrets There", "sendgrid-api-key There"], await MakeAsync("SG.another"));
        Assert.Equal(values, _azure.All);
    }

    [Fact]
    public async Task Without_the_providers_key_the_others_are_made_and_it_is_said_what_to_do()
    {
        var made = await MakeCommand.MakeAsync(Keys, () => null, Cancel);

        Assert.Equal(3, made.Count(m => m.State == MadeState.Made));
        Assert.Equal(MadeState.Missing, made[^1].State);
        Assert.Contains("WINBACK_SENDGRID_API_KEY", made[^1].Remedy, StringComparison.Ordinal);
        Assert.Equal(0, _azure.Versions("sendgrid-api-key"));
    }

    [Fact]
    public async Task One_that_was_deleted_is_recovered_by_its_owner_and_not_replaced()
    {
        _azure.Deleted.Add("mailbox-key");

        var made = await MakeCommand.MakeAsync(Keys, () => ApiKey, Cancel);

        var mailbox = made.Single(m => m.State == MadeState.Deleted);
        Assert.Equal("mailbox-key", mailbox.Secret);
        Assert.Contains("az keyvault secret recover --vault-name kv-linde --name mailbox-key", mailbox.Remedy, StringComparison.Ordinal);
        Assert.Contains("opt-outs", mailbox.Remedy, StringComparison.Ordinal);
        Assert.Equal(3, made.Count(m => m.State == MadeState.Made));
    }

    [Theory]
    [InlineData(true)] // the other was first, and looked before ours was there
    [InlineData(false)]
    public async Task Of_two_who_make_one_at_once_the_first_counts(bool isOlder)
    {
        _azure.Meanwhile = () => _azure.Add("mailbox-key", "the other's", isOlder);

        var isMade = await Keys.MakeAsync(VaultSecret.MailboxKey, "mine", Cancel);

        Assert.Equal(!isOlder, isMade);
        // Where ours was first, the other does as we do here, once it has looked.
        if (isOlder) Assert.Equal("the other's", _azure.Value("mailbox-key"));
    }

    [Fact]
    public async Task Link_keys_are_kept_for_ever_since_an_unsubscribe_link_never_expires()
    {
        _azure.Add("link-keys", "first");
        for (var i = 0; i < 3; i++) await Keys.RotateAsync(VaultSecret.LinkKeys, Cancel);

        var keys = _azure.Value("link-keys").Split(',');
        Assert.Equal(4, keys.Distinct().Count());
        Assert.Equal("first", keys[^1]);
        Assert.All(keys[..3], k => Assert.Equal(32, Convert.FromBase64String(k).Length));
    }

    [Fact]
    public async Task Of_the_secrets_of_the_webhook_the_one_before_is_kept()
    {
        _azure.Add("inbound-secrets", "now-in-use,long-gone");

        await Keys.RotateAsync(VaultSecret.InboundSecrets, Cancel);

        var secrets = _azure.Value("inbound-secrets").Split(',');
        Assert.Equal(2, secrets.Length);
        Assert.Equal("now-in-use", secrets[1]);
        Assert.Equal(secrets[0], await Keys.NewestAsync(VaultSecret.InboundSecrets, Cancel));
    }

    [Fact]
    public async Task Of_two_who_rotate_at_once_neither_loses_a_key()
    {
        _azure.Add("link-keys", "first");
        _azure.Meanwhile = () => _azure.Add("link-keys", "the-other's,first");

        await Keys.RotateAsync(VaultSecret.LinkKeys, Cancel);

        var keys = _azure.Value("link-keys").Split(',');
        Assert.Equal(3, keys.Length);
        Assert.Equal(["first", "the-other's"], keys[1..]);
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_rotated()
    {
        var problem = await Assert.ThrowsAsync<CommandException>(() => Keys.RotateAsync(VaultSecret.LinkKeys, Cancel));
        Assert.Contains("winback keys make", problem.Message, StringComparison.Ordinal);
        Assert.Equal(0, _azure.Versions("link-keys"));
    }

    [Fact]
    public async Task The_providers_key_is_replaced_and_the_same_one_changes_nothing()
    {
        Assert.True(await Keys.SetAsync(VaultSecret.SendGridApiKey, ApiKey, Cancel));
        Assert.False(await Keys.SetAsync(VaultSecret.SendGridApiKey, ApiKey, Cancel));
        Assert.True(await Keys.SetAsync(VaultSecret.SendGridApiKey, "SG.another", Cancel));
        Assert.Equal(2, _azure.Versions("sendgrid-api-key"));
    }

    [Theory]
    [InlineData("  SG.a-b_c.d \n", "SG.a-b_c.d")]
    [InlineData("", null)]
    [InlineData("\"SG.key\"", null)] // with the quotes of a shell
    [InlineData("SG.key,SG.other", null)] // the comma is for lists
    public void A_key_of_the_provider_is_looked_at(string text, string? key)
    {
        if (key is not null) Assert.Equal(key, SetCommand.Checked(text));
        else Assert.DoesNotContain("SG.key", Assert.Throws<CommandException>(() => SetCommand.Checked(text)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ForbiddenByRbac", "Key Vault Secrets Officer")]
    [InlineData("ForbiddenByFirewall", "Networking")]
    [InlineData("SecretDisabled", "enable it")]
    public async Task A_vault_that_refuses_us_is_explained(string code, string remedy)
    {
        _azure.Forbidden = code;
        Assert.Contains(remedy, (await Assert.ThrowsAsync<CloudException>(() => MakeAsync(ApiKey))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_does_not_work_yet_is_waited_for()
    {
        _azure.Forbidden = "ForbiddenByRbac";
        var (time, said) = (new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.Zero }, new List<string>());

        var making = MakeCommand.PatientlyAsync(() => MakeCommand.MakeAsync(Keys, () => ApiKey, Cancel), TimeSpan.FromMinutes(3), time, said.Add, Cancel);
        while (said.Count == 0) await Task.Yield();
        _azure.Forbidden = null;
        while (!making.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        Assert.All(await making, m => Assert.Equal(MadeState.Made, m.State));
        Assert.Contains("Key Vault Secrets Officer", Assert.Single(said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_app_has_the_new_values_at_once_where_it_is_said_which()
    {
        _azure.Add("link-keys", "first");
        string[] line = ["keys", "rotate", "link-keys", "--vault", FakeAzure.VaultUrl];

        Assert.Equal(0, await RunAsync(line));
        Assert.DoesNotContain(_azure.Requests, r => r.StartsWith("POST", StringComparison.Ordinal));
        Assert.Equal(0, await RunAsync([.. line, "--site", FakeAzure.SiteId]));
        Assert.Equal("POST config/configreferences/appsettings/refresh?api-version=2022-03-01", _azure.Requests[^1]);
        Assert.Equal(3, _azure.Versions("link-keys"));
    }

    [Fact]
    public async Task Where_the_app_cannot_be_told_it_is_said_that_the_vault_is_changed()
    {
        _azure.Add("link-keys", "first");
        var problem = await Assert.ThrowsAsync<CloudException>(() => RunAsync(["keys", "rotate", "link-keys", "--vault", FakeAzure.VaultUrl, "--site", FakeAzure.SiteId + "2"]));
        Assert.StartsWith("what was to be done in the vault is done", problem.Message, StringComparison.Ordinal);
        Assert.Equal(2, _azure.Versions("link-keys"));
    }

    [Fact]
    public async Task The_address_for_SendGrid_has_the_newest_secret()
    {
        _azure.Add("inbound-secrets", "newest-of-all,old");
        Assert.Equal(0, await RunAsync(["keys", "webhook", "--vault", FakeAzure.VaultUrl, "--app", "https://winback.example/"]));
        Assert.Equal("https://winback.example/api/replies/inbound?secret=newest-of-all", WebhookCommand.Address("https://winback.example/", await Keys.NewestAsync(VaultSecret.InboundSecrets, Cancel)));
    }

    [Theory]
    [InlineData("keys rotate mailbox-key --vault https://kv-linde.vault.azure.net", "opt-outs are no longer found")]
    [InlineData("keys rotate sendgrid-api-key --vault https://kv-linde.vault.azure.net", "keys set")]
    [InlineData("keys rotate till --vault https://kv-linde.vault.azure.net", "keys new")]
    [InlineData("keys set mailbox-key --vault https://kv-linde.vault.azure.net", "come from chance")]
    [InlineData("keys set link-keys --vault https://kv-linde.vault.azure.net", "come from chance")]
    [InlineData("keys make", "--vault")]
    [InlineData("keys make --vault kv-linde", "write it whole")]
    [InlineData("keys make --vault http://kv-linde.vault.azure.net", "write it whole")] // a token is never sent in the clear
    [InlineData("keys make --vault https://kv-linde.vault.azure.net/secrets/link-keys", "write it whole")]
    [InlineData("keys make --vault https://kv-linde.vault.azure.net --site func-linde", "/subscriptions/ID/")]
    [InlineData("keys make --vault https://kv-linde.vault.azure.net --wait -1", "0 to 3600")]
    [InlineData("keys webhook --vault https://kv-linde.vault.azure.net --app winback", "write it whole")]
    [InlineData("settings pull --site /subscriptions/1/func --out file.json", "/subscriptions/ID/")]
    public void A_line_that_cannot_be_done_says_why(string line, string why) =>
        Assert.Contains(CommandTree.Create(_azure.Login).Parse(line).Errors, e => e.Message.Contains(why, StringComparison.Ordinal));

    private async Task<IEnumerable<string>> MakeAsync(string apiKey)
    {
        var made = await MakeCommand.MakeAsync(Keys, () => apiKey, Cancel);
        Assert.All(_azure.All, value => Assert.DoesNotContain(made, m => m.ToString().Contains(value, StringComparison.Ordinal)));
        return made.Select(m => $"{m.Secret} {m.State}");
    }

    private Task<int> RunAsync(string[] line) =>
        CommandTree.Create(_azure.Login).Parse(line).InvokeAsync(new System.CommandLine.InvocationConfiguration { EnableDefaultExceptionHandler = false }, Cancel);
}
