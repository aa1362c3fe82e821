using System.Text.Json;
using Winback.Cli.Cloud;
using Winback.Cli.Commands;
using Winback.Cli.Local;

namespace Winback.Tests.Cli.Cloud;

/// <summary><c>winback settings pull</c>: what a person's machine is given of the app's settings.</summary>
public sealed class PulledSettingsTests : IDisposable
{
    private const string Reference = "@Microsoft.KeyVault(SecretUri=https://kv-linde.vault.azure.net/secrets/mailbox-key/)";

    private readonly string _folder = Directory.CreateTempSubdirectory("winback-pull-").FullName;
    private readonly FakeAzure _azure = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Directory.Delete(_folder, true);
        _azure.Dispose();
    }

    [Theory]
    [InlineData("Business__Name", "De Linde", true)]
    [InlineData("ScanSchedule", "0 5 * * * *", true)]
    [InlineData("AzureWebJobsStorage__tableServiceUri", "https://delinde.table.core.windows.net", true)]
    [InlineData("Secrets__MailboxKey", Reference, true)]
    [InlineData("Secrets__LinkKeys__0", "in-the-open", false)]
    [InlineData("Mail__SmtpPassword", "in-the-open", false)]
    [InlineData("AzureWebJobsStorage", "AccountKey=in-the-open", false)]
    [InlineData("AzureWebJobsStorage__clientId", "11111111-1111-1111-1111-111111111111", false)] // the app's identity, which no person's machine has
    [InlineData("AzureWebJobsStorage__credential", "managedidentity", false)]
    [InlineData("CampaignFolder", "/home/site/wwwroot/campaigns", false)]
    public void Each_is_given_or_left_out_with_a_reason(string name, string value, bool isGiven)
    {
        var pulled = PulledSettings.From(new Dictionary<string, string> { [name] = value });

        if (isGiven) Assert.Equal((name, value), (pulled.Settings.Single().Key, pulled.Settings.Single().Value));
        else Assert.Equal(name, pulled.LeftOut.Single().Setting);
        Assert.DoesNotContain(pulled.LeftOut, l => l.Why.Contains("in-the-open", StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_platform_needs_for_itself_is_passed_over()
    {
        var pulled = PulledSettings.From(new Dictionary<string, string> { ["FUNCTIONS_EXTENSION_VERSION"] = "~4", ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = "InstrumentationKey=1" });
        Assert.Empty(pulled.Settings);
        Assert.Empty(pulled.LeftOut);
    }

    [Fact]
    public async Task The_file_is_one_for_settings_and_only_its_owner_reads_it()
    {
        _azure.Settings["Secrets__MailboxKey"] = Reference;
        _azure.Settings["Business__Name"] = "De Linde";
        _azure.Settings["Secrets__LinkKeys__0"] = "in-the-open";
        var file = Path.Combine(_folder, "env", "azure.json");

        for (var i = 0; i < 2; i++) Assert.Equal(0, await RunAsync(FakeAzure.SiteId, file));

        Assert.Equal("POST config/appsettings/list?api-version=2024-04-01", _azure.Requests[^1]);
        Assert.Equal(["Business__Name", "Secrets__MailboxKey"], RunningState.ReadSettings(file).Keys);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void What_is_printed_has_no_values()
    {
        var text = JsonSerializer.Serialize(
            new SettingsPulled("azure.json", ["Business__Name"], PulledSettings.From(new Dictionary<string, string> { ["Secrets__MailboxKey"] = "in-the-open" }).LeftOut), CommandJson.Default.SettingsPulled);
        Assert.Contains("Secrets__MailboxKey", text, StringComparison.Ordinal);
        Assert.DoesNotContain("in-the-open", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "azd env get-value AZURE_APP_ID")]
    [InlineData(true, "Website Contributor")]
    public async Task An_app_that_is_not_there_or_not_ours_is_explained(bool isForbidden, string remedy)
    {
        if (isForbidden) _azure.Forbidden = "AuthorizationFailed";
        var problem = await Assert.ThrowsAsync<CloudException>(() => RunAsync(FakeAzure.SiteId + "2", Path.Combine(_folder, "azure.json")));
        Assert.Contains(remedy, problem.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    private Task<int> RunAsync(string site, string file) => CommandTree.Create(_azure.Login).Parse(["settings", "pull", "--site", site, "--out", file])
        .InvokeAsync(new System.CommandLine.InvocationConfiguration { EnableDefaultExceptionHandler = false }, Cancel);
}
