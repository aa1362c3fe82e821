using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Winback.Hosting;
using Winback.Tests.Campaigns.Rendering;

namespace Winback.Tests.Docs;

/// <summary>docs/settings.md is made from the documentation of the options.</summary>
public sealed partial class SettingsDocumentTests
{
    /// <summary>Read before there are options, or by the Functions host.</summary>
    private static readonly (string Name, string Meaning)[] Others =
    [
        ("AzureWebJobsStorage", "Connection string of the storage account. Required, unless it is reached by identity."),
        ("AzureWebJobsStorage__tableServiceUri", "By identity: `https://NAME.table.core.windows.net`. Required with the next."),
        ("AzureWebJobsStorage__queueServiceUri", "By identity: `https://NAME.queue.core.windows.net`."),
        ("AzureWebJobsStorage__blobServiceUri", "By identity: `https://NAME.blob.core.windows.net`."),
        ("AzureWebJobsStorage__clientId", "By identity: which user-assigned one. Default: the system's, or whoever is logged in."),
        ("ScanSchedule", "When a scan starts, as NCRONTAB in UTC. Required, for instance `0 0 * * * *` for hourly."),
        ("CampaignFolder", "Where the campaigns are. Default `campaigns` beside the app."),
        ("APPLICATIONINSIGHTS_CONNECTION_STRING", "Application Insights, where spans and figures go; the Functions host reads it too. Default none: [they go nowhere](telemetry.md)."),
        ("APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "`Authorization=AAD`, or `ClientId=ID;Authorization=AAD`: Application Insights is reached by identity. Default none: by the key in the connection string."),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "A collector of OpenTelemetry, where they go as well; the other `OTEL_EXPORTER_OTLP_` variables hold too. Default none."),
    ];

    private static readonly Dictionary<string, XElement> Summaries = XDocument.Load(Path.ChangeExtension(typeof(WinbackApp).Assembly.Location, ".xml"))
        .Descendants("member").Where(m => m.Element("summary") is not null).ToDictionary(m => m.Attribute("name")!.Value, m => m.Element("summary")!);

    private static readonly IReadOnlyList<(string Name, string Meaning)> Settings =
    [
        .. from section in typeof(Settings).GetProperties()
           where section.PropertyType.IsAssignableTo(typeof(ICheckedOptions))
           from setting in section.PropertyType.GetProperties().OrderBy(p => p.MetadataToken)
           where setting.CanWrite || setting.PropertyType.IsGenericType
           select ($"{section.Name}__{setting.Name}{Suffix(setting)}", Text(Summaries[$"P:{section.PropertyType.FullName}.{setting.Name}"]) + (setting.IsDefined(typeof(SecretAttribute)) ? " Secret." : "")),
    ];

    public static TheoryData<string> Names => [.. Settings.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_setting_says_its_default_or_that_it_is_required(string name) =>
        Assert.Matches(@"\b([Dd]efault|[Rr]equired)\b", Settings.Single(s => s.Name == name).Meaning);

    [Fact]
    public void Every_setting_that_is_read_by_name_is_in_the_document()
    {
        var read = Directory.EnumerateFiles(Path.Combine(SampleMails.Repository, "src", "Winback"), "*.cs", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(SampleMails.Repository, "src", "Winback"), "*.function.json", SearchOption.AllDirectories))
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(f => ReadByName().Matches(File.ReadAllText(f))).Select(m => m.Groups["name"].Value).Distinct().ToList();

        Assert.Contains("CampaignFolder", read);
        Assert.Contains("ScanSchedule", read);
        Assert.Subset(Others.Select(o => o.Name).ToHashSet(), read.ToHashSet());
    }

    [Fact]
    public void The_document_says_what_the_options_say()
    {
        var text = new StringBuilder(
            """
            # Settings

            Environment variables of the app. A missing or wrong one stops the start with its name, and `winback doctor` says them all. `winback up` keeps them in `.winback/settings.json`; commands
            on another storage account take such a file with `--settings`. A length of time is written `00:00:30` (half a minute) or `14.00:00:00` (fourteen days). This page is made from the
            options; a test holds it to them.

            Where a setting is a secret, its value in Azure is `@Microsoft.KeyVault(SecretUri=https://VAULT.vault.azure.net/secrets/NAME/)`: Azure puts the secret of Key Vault in its place, and where it cannot, the
            app does not start and names the setting. `winback keys make` makes these secrets, `winback keys rotate` rotates them. The command line reads the ones that a command needs itself, as whoever is
            logged in.

            | setting | meaning |
            | --- | --- |

            """);
        foreach (var (name, meaning) in Others.Concat(Settings)) text.Append(CultureInfo.InvariantCulture, $"| `{name}` | {meaning} |\n");
        GeneratedDocument.AssertIs("settings.md", text.ToString().ReplaceLineEndings("\n"));
    }

    private static string Suffix(PropertyInfo setting) =>
        !setting.PropertyType.IsGenericType || Nullable.GetUnderlyingType(setting.PropertyType) is not null ? ""
        : setting.PropertyType.GetGenericTypeDefinition() == typeof(IDictionary<,>) ? "__NAME"
        : setting.PropertyType.IsAssignableTo(typeof(IEnumerable)) ? "__0" : "";

    /// <summary>The summary in Markdown.</summary>
    private static string Text(XElement summary) => Spaces().Replace(string.Concat(summary.Nodes().Select(n => n switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")!.Value.Split('.')[^1]}`",
        _ => throw new NotSupportedException($"The summary of a setting has a {n}; say it with plain words, <c> or <see>."),
    })), " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("""configuration\["(?<name>[A-Za-z_]+)["]|"%(?<name>[A-Za-z]+)%"|Configuration\.GetValue\("(?<name>(?!FUNCTIONS_)[A-Za-z_]+)""")]
    private static partial Regex ReadByName();
}
