using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Winback.Mail;
using Winback.Storage;
using Winback.Telemetry;
using Winback.Tests.Fakes;

namespace Winback.Tests;

/// <summary>What the owner reads when a setting is missing or wrong.</summary>
public sealed class SettingsTests
{
    /// <summary>32 bytes of nothing.</summary>
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private const string Reference = "@Microsoft.KeyVault(SecretUri=https://kv-linde.vault.azure.net/secrets/some-secret/)";

    [Theory] // The setting as in the configuration, its value (null: not set), how the problem begins, a word of the remedy.
    [InlineData("AzureWebJobsStorage", null, "AzureWebJobsStorage: is missing", "connection string")]
    [InlineData("AzureWebJobsStorage", "hello", "AzureWebJobsStorage: is not a storage connection string", "Copy it whole")]
    [InlineData("CampaignFolder", "/no/such/folder", "/no/such/folder: there is no such folder", "layout.html")]
    [InlineData("Business:Name", null, "Business__Name: is missing", "set")]
    [InlineData("Business:Name", "  ", "Business__Name: is missing", "set")]
    [InlineData("Business:PostalAddress", null, "Business__PostalAddress: is missing", "postal address")]
    [InlineData("Business:Language", "de", "Business__Language: \"de\"", "nl or en")]
    [InlineData("Business:TimeZone", "Europe/Utrecht", "Business__TimeZone: \"Europe/Utrecht\"", "Europe/Amsterdam")]
    [InlineData("Business:Website", "delinde.example", "Business__Website: is not a web address", "https://")]
    [InlineData("Business:Website", "ftp://delinde.example", "Business__Website: is not a web address", "https://")]
    [InlineData("Business:LogoUrl", "http://delinde.example/logo.png", "Business__LogoUrl: is not an https address", "https://")]
    [InlineData("Business:LogoUrl", "logo.png", "Business__LogoUrl: is not an https address", "https://")]
    [InlineData("Business:AccentColour", "green", "Business__AccentColour: 'green' is not a colour", "#rrggbb")]
    [InlineData("Business:Currency", "euro", "Business__Currency: \"euro\" is not a currency", "EUR")]
    [InlineData("Business:PublicBaseUrl", null, "Business__PublicBaseUrl: is missing", "https://")]
    [InlineData("Business:PublicBaseUrl", "http://winback.example", "Business__PublicBaseUrl: must begin with https://", "one-click")]
    [InlineData("Mail:Provider", null, "Mail__Provider: is missing", "SendGrid, Smtp or Pickup")]
    [InlineData("Mail:Provider", "Sendgird", "Mail__Provider: \"Sendgird\"", "SendGrid, Smtp, Pickup")]
    [InlineData("Mail:Provider", "7", "Mail__Provider: is missing or unknown", "SendGrid, Smtp or Pickup")] // the binder takes any number
    [InlineData("Mail:SmtpSecurity", "ssl", "Mail__SmtpSecurity: \"ssl\"", "None, Auto, StartTls, Tls")]
    [InlineData("Mail:From", null, "Mail__From: the address is empty", "hello@your-domain.nl")]
    [InlineData("Mail:From", "hallo", "Mail__From: the address has no @", "hello@your-domain.nl")]
    [InlineData("Mail:ReplyDomain", "not a domain", "Mail__ReplyDomain: is not a domain name", "reply.your-domain.nl")]
    [InlineData("Mail:Timeout", "30 seconds", "Mail__Timeout: \"30 seconds\"", "00:00:30")]
    [InlineData("Mail:Timeout", "30", "Mail__Timeout: must be", "00:02:00")] // thirty days
    [InlineData("Mail:Timeout", "00:00:00.5", "Mail__Timeout: must be", "00:00:01")]
    [InlineData("Mail:PickupFolder", null, "Mail__PickupFolder: is missing", "folder")]
    [InlineData("Secrets:LinkKeys:0", null, "Secrets__LinkKeys__0: is missing", "openssl")]
    [InlineData("Secrets:LinkKeys:1", "c2hvcnQ=", "Secrets__LinkKeys__1: is not a key", "32 random bytes")]
    [InlineData("Secrets:LinkKeys:0", $"{Key},c2hvcnQ=", "Secrets__LinkKeys__0: value 2 of 2 is not a key", "32 random bytes")]
    [InlineData("Secrets:LinkKeys:0", $"{Key},", "Secrets__LinkKeys__0: value 2 of 2 is not a key", "32 random bytes")]
    [InlineData("Secrets:LinkKeys:0", Reference, "Secrets__LinkKeys__0: Azure could not", "Key Vault Secrets User")]
    [InlineData("Secrets:MailboxKey", Reference, "Secrets__MailboxKey: Azure could not", "winback keys make")]
    [InlineData("Mail:SendGridApiKey", Reference, "Mail__SendGridApiKey: Azure could not", "restart the app")] // for the provider it would be a key as any other
    [InlineData("AzureWebJobsStorage", Reference, "AzureWebJobsStorage: Azure could not", "Key Vault Secrets User")]
    [InlineData("Secrets:MailboxKey", null, "Secrets__MailboxKey: is missing", "openssl")]
    [InlineData("Secrets:MailboxKey", "not base64!", "Secrets__MailboxKey: is missing or not a key", "never change it")]
    [InlineData("Replies:InboundSecrets:0", "short", "Replies__InboundSecrets__0: is too short", "16")]
    [InlineData("Replies:InboundSecrets:0", "long-enough-to-be-one,short", "Replies__InboundSecrets__0: value 2 of 2 is too short", "16")]
    [InlineData("Replies:HoldFor", "00:10:00", "Replies__HoldFor: must be", "1.00:00:00")]
    [InlineData("Referrals:FriendReward", "-1", "Referrals__FriendReward: -1 is out of range", "0 to")]
    [InlineData("Referrals:ReferrerReward", "12,50", "Referrals__ReferrerReward: \"12,50\"", "12.50")] // as thousands it would be 1250
    [InlineData("Referrals:RefundPeriod", "two weeks", "Referrals__RefundPeriod: \"two weeks\"", "14.00:00:00")]
    [InlineData("Referrals:RefundPeriod", "100.00:00:00", "Referrals__RefundPeriod: must be whole days", "90.00:00:00")]
    [InlineData("Referrals:ValidFor", "0.12:00:00", "Referrals__ValidFor: must be whole days", "1095.00:00:00")]
    [InlineData("Referrals:MaxPerYear", "0", "Referrals__MaxPerYear: 0 is out of range", "1 to 1000")]
    [InlineData("MailEvents:PublicKeys:0", "c2hvcnQ=", "MailEvents__PublicKeys__0: is not a verification key", "SendGrid")]
    [InlineData("MailEvents:PublicKeys:0", "not base64!", "MailEvents__PublicKeys__0: is not a verification key", "SendGrid")]
    [InlineData("Api:Keys:till", "key-of-the-till", "Api__Keys__till: is not a SHA-256", "winback keys new till")]
    [InlineData("Engine:MarketingCap", "14.12:00:00", "Engine__MarketingCap: must be whole days", "365")]
    [InlineData("Engine:MarketingCap", "0.00:00:00", "Engine__MarketingCap: must be whole days", "365")]
    [InlineData("Engine:ClaimTimeout", "2.00:00:00", "Engine__ClaimTimeout: must be", "1.00:00:00")]
    [InlineData("Engine:ClaimTimeout", "soon", "Engine__ClaimTimeout: \"soon\"", "00:00:30")]
    [InlineData("Engine:IgnoreSendWindows", "ja", "Engine__IgnoreSendWindows: \"ja\"", "true or false")]
    [InlineData("Telemetry:SampleRatio", "10", "Telemetry__SampleRatio: is out of range", "1 (everything)")]
    [InlineData("Telemetry:SampleRatio", "NaN", "Telemetry__SampleRatio: is out of range", "1 (everything)")]
    [InlineData("Telemetry:SampleRatio", "half", "Telemetry__SampleRatio: \"half\"", "0.25")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "00000000-0000-0000-0000-000000000001", "APPLICATIONINSIGHTS_CONNECTION_STRING: is not", "Overview")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=westeurope", "APPLICATIONINSIGHTS_CONNECTION_STRING: is not", "Overview")]
    [InlineData("APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "ClientId=00000000-0000-0000-0000-000000000001", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING: is not understood", "Authorization=AAD")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4317", "OTEL_EXPORTER_OTLP_ENDPOINT: is not a web address", "http://localhost:4317")]
    public void A_setting_that_is_missing_or_wrong_is_named_as_in_the_environment_with_a_remedy(string name, string? value, string problem, string remedy)
    {
        var found = Assert.Single(Problems((name, value)));

        Assert.StartsWith(problem, found, StringComparison.Ordinal);
        Assert.Contains(remedy, found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SendGrid", "Mail:SendGridUrl", "sendgrid", "Mail__SendGridUrl: is not a web address")]
    [InlineData("SendGrid", "Mail:SendGridUrl", "file:///etc/passwd", "Mail__SendGridUrl: is not a web address")]
    [InlineData("SendGrid", "Mail:SendGridApiKey", null, "Mail__SendGridApiKey: is missing")]
    [InlineData("Smtp", "Mail:SmtpHost", null, "Mail__SmtpHost: is missing")]
    [InlineData("Smtp", "Mail:SmtpSecurity", "9", "Mail__SmtpSecurity: is unknown")]
    [InlineData("Smtp", "Mail:SmtpPort", "70000", "Mail__SmtpPort: 70000 is out of range")]
    [InlineData("Smtp", "Mail:SmtpPort", "smtp", "Mail__SmtpPort: \"smtp\"")]
    public void Each_provider_asks_for_its_own(string provider, string name, string? value, string problem)
    {
        var found = Assert.Single(Problems(("Mail:Provider", provider), ("Mail:SendGridApiKey", "SG.key"), ("Mail:SmtpHost", "smtp.example"), (name, value)));

        Assert.StartsWith(problem, found, StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_are_said_at_once_also_several_of_one_section()
    {
        var problems = Problems(
            ("AzureWebJobsStorage", null), ("Business:Name", null), ("Mail:Timeout", "soon"), ("Mail:SmtpPort", "x"), ("Mail:From", ""), ("Secrets:MailboxKey", null),
            ("Engine:ClaimTimeout", "soon"));

        Assert.Equal(
            ["AzureWebJobsStorage", "Business__Name", "Engine__ClaimTimeout", "Mail__From", "Mail__SmtpPort", "Mail__Timeout", "Secrets__MailboxKey"],
            problems.Select(p => p.Split(':')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_message_is_one_problem_a_line()
    {
        var exception = Assert.Throws<SettingsException>(() => Read([("Business:Name", null), ("Mail:From", null)]));

        Assert.Equal(3, exception.Message.Split(Environment.NewLine).Length);
        Assert.StartsWith("Winback can't start:", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_are_never_shown()
    {
        const string secret = "hunter2";
        var exception = Assert.Throws<SettingsException>(() => Read([
            ("AzureWebJobsStorage", $"AccountName=a;AccountKey={secret}"), ("Mail:From", secret), ("Mail:SmtpPassword", secret), ("Mail:SendGridApiKey", secret),
            ("Secrets:LinkKeys:0", secret), ("Secrets:MailboxKey", secret), ("Replies:InboundSecrets:0", secret), ("Api:Keys:till", secret)]));

        Assert.Equal(6, exception.Problems.Count);
        Assert.DoesNotContain(secret, exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Defaults_are_as_documented()
    {
        var settings = Settings.Read(Configuration([]));

        Assert.Equal(("nl", "Europe/Amsterdam"), (settings.Business.Language, settings.Business.TimeZone));
        Assert.Equal((TimeSpan.FromSeconds(30), "https://api.sendgrid.com", 587, SmtpSecurity.Auto), (settings.Mail.Timeout, settings.Mail.SendGridUrl, settings.Mail.SmtpPort, settings.Mail.SmtpSecurity));
        Assert.Equal("delinde.example", settings.Mail.ReplyDomainOrDefault);
        Assert.Equal((TimeSpan.FromDays(14), TimeSpan.FromMinutes(10), false), (settings.Engine.MarketingCap, settings.Engine.ClaimTimeout, settings.Engine.IgnoreSendWindows));
        Assert.Equal(TimeSpan.FromDays(30), settings.Replies.HoldFor);
        var referrals = settings.Referrals;
        Assert.Equal((true, 0m, 0m, 10, true), (referrals.Enabled, referrals.ReferrerReward, referrals.FriendReward, referrals.MaxPerYear, referrals.ShowReferrer));
        Assert.Equal((1, false), (settings.Telemetry.SampleRatio, TelemetryTargets.From(Configuration([])).IsAny));
        Assert.Equal((14, 365), (referrals.RefundPeriod.Days, referrals.ValidFor.Days));
    }

    [Fact]
    public void Values_are_read_and_lists_keep_their_order()
    {
        var other = Convert.ToBase64String(Enumerable.Repeat((byte)1, 32).ToArray());
        var settings = Settings.Read(Configuration([
            ("Mail:Provider", "smtp"), ("Mail:SmtpHost", "smtp.example"), ("Mail:SmtpSecurity", "starttls"), ("Mail:Timeout", "00:01:00"), ("Mail:ReplyDomain", " Reply.DeLinde.example "),
            ("Secrets:LinkKeys:0", other), ("Secrets:LinkKeys:1", Key), ("Engine:IgnoreSendWindows", "true")]));

        Assert.Equal((MailProvider.Smtp, SmtpSecurity.StartTls, TimeSpan.FromMinutes(1)), (settings.Mail.Provider, settings.Mail.SmtpSecurity, settings.Mail.Timeout));
        Assert.Equal("reply.delinde.example", settings.Mail.ReplyDomainOrDefault);
        Assert.Equal([other, Key], settings.Secrets.LinkKeys);
        Assert.True(settings.Engine.IgnoreSendWindows);
    }

    [Fact]
    public void An_entry_of_a_list_of_secrets_may_hold_several_in_order()
    {
        var (newest, next) = (Convert.ToBase64String([.. Enumerable.Repeat((byte)2, 32)]), Convert.ToBase64String([.. Enumerable.Repeat((byte)1, 32)]));
        var settings = Settings.Read(Configuration([
            ("Secrets:LinkKeys:0", $"{newest}, {next}"), ("Secrets:LinkKeys:1", Key), ("Replies:InboundSecrets:0", "the-secret-of-today,the-secret-of-yesterday")]));

        Assert.Equal([newest, next, Key], settings.Secrets.AllLinkKeys());
        Assert.Equal(["the-secret-of-today", "the-secret-of-yesterday"], settings.Replies.AllInboundSecrets());
    }

    [Theory]
    [InlineData("Secrets__LinkKeys__0", true, true)]
    [InlineData("secrets__mailboxkey", true, true)]
    [InlineData("Replies__InboundSecrets__3", true, true)]
    [InlineData("Mail__SendGridApiKey", true, true)]
    [InlineData("Mail__SmtpPassword", true, true)]
    [InlineData("AzureWebJobsStorage", true, true)]
    [InlineData("AzureWebJobsStorage__tableServiceUri", true, false)]
    [InlineData("Api__Keys__till", true, false)] // a hash
    [InlineData("MailEvents__PublicKeys__0", true, false)]
    [InlineData("ScanSchedule", true, false)]
    [InlineData("FUNCTIONS_EXTENSION_VERSION", false, false)]
    [InlineData("Mail__Colour", false, false)]
    public void What_is_a_setting_of_the_app_and_what_is_a_secret(string name, bool isSetting, bool isSecret) =>
        Assert.Equal((isSetting, isSecret), (Settings.Reads(name), Settings.IsSecret(name)));

    [Fact]
    public void A_command_that_needs_only_some_settings_asks_only_for_those()
    {
        var configuration = Configuration([("Mail:From", null), ("Secrets:MailboxKey", null), ("Business:TimeZone", "Mars/Olympus")]);

        Settings.Read(configuration, name => name == "Mail__ReplyDomain");
        var problems = Assert.Throws<SettingsException>(() => Settings.Read(configuration, name => name is "Secrets__MailboxKey" or "Business__TimeZone")).Problems;

        Assert.Equal(["Business__TimeZone", "Secrets__MailboxKey"], problems.Select(p => p.Split(':')[0]));
    }

    private static IReadOnlyList<string> Problems(params (string Name, string? Value)[] changes) =>
        Assert.Throws<SettingsException>(() => Read(changes)).Problems;

    private static void Read((string Name, string? Value)[] changes) => new ServiceCollection().AddWinback(Configuration(changes), StorageRetry.Brief);

    private static IConfiguration Configuration((string Name, string? Value)[] changes)
    {
        var settings = new Dictionary<string, string?>(InMemoryApp.Settings, StringComparer.Ordinal);
        foreach (var (name, value) in changes)
        {
            if (value is null) settings.Remove(name);
            else settings[name] = value;
        }
        return new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
    }
}
