using System.Text.RegularExpressions;
using Winback.Tests.Campaigns.Rendering;

namespace Winback.Tests.Infra;

/// <summary>Every setting that the app reads can be given in Azure, and nothing is given that nobody reads.</summary>
public sealed partial class SettingsInAzureTests
{
    /// <summary>Settings that make no sense there.</summary>
    private static readonly Dictionary<string, string> NotInAzure = new()
    {
        ["AzureWebJobsStorage"] = "storage is reached by identity",
        ["CampaignFolder"] = "is in the package",
        ["Replies__Folder"] = "is in the package",
        ["Engine__IgnoreSendWindows"] = "is for trial",
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "telemetry goes to Application Insights",
        ["Mail__PickupFolder"] = "mail leaves by SendGrid",
        ["Mail__SmtpHost"] = "mail leaves by SendGrid",
        ["Mail__SmtpPort"] = "mail leaves by SendGrid",
        ["Mail__SmtpSecurity"] = "mail leaves by SendGrid",
        ["Mail__SmtpUser"] = "mail leaves by SendGrid",
        ["Mail__SmtpPassword"] = "mail leaves by SendGrid",
    };

    /// <summary>Read by the Functions host, not by the app.</summary>
    private static readonly string[] ReadByTheHost = ["AzureWebJobsStorage__credential"];

    private static readonly string[] Secrets = ["Mail__SendGridApiKey", "Replies__InboundSecrets__0", "Secrets__LinkKeys__0", "Secrets__MailboxKey"];

    /// <summary>As docs/settings.md has them, which is held to the code.</summary>
    private static IEnumerable<string> Read =>
        Row().Matches(File.ReadAllText(Path.Combine(SampleMails.Repository, "docs", "settings.md"))).Select(m => m.Groups["name"].Value);

    /// <summary>Those an owner decides, by their type in the template.</summary>
    private static IEnumerable<string> OfTheOwner => Member().Matches(Bicep.Sources["settings"]).Select(m => m.Groups["name"].Value);

    /// <summary>Those the template makes.</summary>
    private static IEnumerable<string> OfTheTemplate => Setting().Matches(Bicep.Sources["app"]).Select(m => m.Groups["name"].Value);

    [Fact]
    public void Every_setting_that_is_read_is_given_and_every_one_that_is_given_is_read()
    {
        var given = OfTheOwner.Concat(OfTheTemplate).Append("Api__Keys__NAME").Distinct();

        Assert.Equal(Read.Except(NotInAzure.Keys).Concat(ReadByTheHost).Order(StringComparer.Ordinal), given.Order(StringComparer.Ordinal));
        Assert.Contains("'Api__Keys__${key.key}'", Bicep.Sources["app"], StringComparison.Ordinal);
        Assert.Subset(Read.ToHashSet(), NotInAzure.Keys.ToHashSet());
    }

    [Fact]
    public void Each_of_the_owners_has_a_variable_in_azd_of_the_same_name()
    {
        var variables = Bicep.Parameters.GetProperty("settings").GetProperty("value").EnumerateObject().ToDictionary(s => s.Name, s => s.Value.GetString());

        Assert.Equal(OfTheOwner.Order(StringComparer.Ordinal), variables.Keys.Order(StringComparer.Ordinal));
        Assert.All(variables, v => Assert.Equal($"${{WINBACK_{Hump().Replace(v.Key.Replace("__", "_", StringComparison.Ordinal), "_").ToUpperInvariant()}}}", v.Value));
    }

    [Fact]
    public void Secrets_come_from_the_vault_and_from_nowhere_else()
    {
        Assert.All(Secrets, s => Assert.Matches($@"\b{s}: '@Microsoft\.KeyVault\(SecretUri=\$\{{vaultUri\}}secrets/[a-z-]+/\)'", Bicep.Sources["app"]));
        Assert.DoesNotContain("@secure", string.Concat(Bicep.Sources.Values), StringComparison.Ordinal);
        Assert.Empty(OfTheOwner.Intersect(Secrets));
    }

    [GeneratedRegex(@"^\| `(?<name>\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^  (?<name>\w+): string", RegexOptions.Multiline)]
    private static partial Regex Member();

    [GeneratedRegex(@"^ {8}(?<name>[A-Z]\w+): ", RegexOptions.Multiline)]
    private static partial Regex Setting();

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex Hump();
}
