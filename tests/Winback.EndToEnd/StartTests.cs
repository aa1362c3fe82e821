using Winback.LocalHost;

namespace Winback.EndToEnd;

/// <summary>An app that is set up wrongly does not start, and the host shows what it says about it.</summary>
public sealed class StartTests(PublishedApp app)
{
    [Theory]
    [InlineData("Secrets__MailboxKey", null)]
    [InlineData("Business__PostalAddress", null)]
    [InlineData("Mail__From", "not an address")]
    [InlineData("Mail__Provider", "pigeon")]
    [InlineData("Engine__ClaimTimeout", "soon")]
    [InlineData("CampaignFolder", "/no/such/folder")]
    public async Task A_wrong_setting_stops_the_start_with_its_name(string setting, string? value)
    {
        var failure = await StartAsync(setting, value);
        Assert.Contains(setting == "CampaignFolder" ? value! : setting, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", failure.Message, StringComparison.Ordinal);
    }

    private async Task<AppStartException> StartAsync(string setting, string? value)
    {
        var settings = Product.Settings(
            ("AzureWebJobsStorage", "UseDevelopmentStorage=true"), ("Business__PublicBaseUrl", "https://winback.example"),
            ("Mail__Provider", "Pickup"), ("Mail__PickupFolder", Path.GetTempPath()));
        if (value is null) settings.Remove(setting);
        else settings[setting] = value;
        return await Assert.ThrowsAsync<AppStartException>(async () =>
        {
            await using var host = await LocalFunctionsHost.StartAsync(
                new LocalHostOptions { AppRoot = app.Folder, Environment = settings }, TestContext.Current.CancellationToken);
        });
    }
}
