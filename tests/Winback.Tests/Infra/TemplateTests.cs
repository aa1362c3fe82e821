using System.Text.Json;
using System.Text.RegularExpressions;
using Winback.Tests.Campaigns.Rendering;

namespace Winback.Tests.Infra;

/// <summary>What can be known of the templates without a subscription.</summary>
public sealed partial class TemplateTests
{
    /// <summary>Ids of built-in roles, the same in every subscription.</summary>
    private static readonly Dictionary<string, string> Roles = new()
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "storageBlobDataOwner",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "storageQueueDataContributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "storageTableDataContributor",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "monitoringMetricsPublisher",
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "keyVaultSecretsUser",
        ["b86a8fe4-44ce-4948-aee5-eccb2c155cd7"] = "keyVaultSecretsOfficer",
    };

    private static string AzureYaml => File.ReadAllText(Path.Combine(SampleMails.Repository, "azure.yaml"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_compiler_has_no_complaint_and_every_parameter_and_output_says_what_it_is()
    {
        var (template, complaints) = await Bicep.CompileAsync(Cancel);

        Assert.Equal("", complaints);
        var undescribed = Described(JsonDocument.Parse(template).RootElement, "main").Where(d => !d.IsDescribed).Select(d => d.Name);
        Assert.Empty(undescribed);
    }

    [Fact]
    public void Roles_have_the_ids_that_azure_gave_them()
    {
        var used = Bicep.Sources.Values.SelectMany(s => Role().Matches(s)).Select(m => (Id: m.Groups["id"].Value, Name: m.Groups["name"].Value)).ToHashSet();

        Assert.Equal(Roles.Select(r => (r.Key, r.Value)).ToHashSet(), used);
    }

    [Fact]
    public void What_azd_passes_on_is_what_the_template_takes_and_gives()
    {
        var taken = Declared("param");
        var passed = Bicep.Parameters.EnumerateObject().Select(p => p.Name);
        Assert.Equal(taken.Order(StringComparer.Ordinal), passed.Order(StringComparer.Ordinal));

        var used = EnvironmentVariable().Matches(AzureYaml).Select(m => m.Groups["name"].Value).Where(n => n != "AZURE_ENV_NAME").ToHashSet();
        Assert.NotEmpty(used);
        Assert.Subset(Declared("output"), used);

        var service = Service().Match(AzureYaml).Groups["name"].Value;
        Assert.Contains($"'azd-service-name': '{service}'", Bicep.Sources["app"], StringComparison.Ordinal);
    }

    [Fact]
    public void What_only_a_deployment_decides_is_explained_where_it_is_deployed()
    {
        var manual = File.ReadAllText(Path.Combine(SampleMails.Repository, "docs", "operations.md"));
        var variables = Bicep.Parameters.EnumerateObject().Where(p => p.Name != "settings").SelectMany(p => AzdVariable().Matches(p.Value.GetRawText())).Select(m => m.Groups["name"].Value);

        Assert.All(variables.Where(v => v.StartsWith("WINBACK_", StringComparison.Ordinal)), v => Assert.Contains($"`{v}`", manual, StringComparison.Ordinal));
        Assert.All(AlertName().Matches(Bicep.Sources["alerts"]), a => Assert.Contains($"`{a.Groups["name"].Value}`", manual, StringComparison.Ordinal));
    }

    [Fact]
    public void Alerts_and_workbook_look_at_figures_that_the_app_gives_and_at_tags_that_they_have()
    {
        var manual = File.ReadAllText(Path.Combine(SampleMails.Repository, "docs", "telemetry.md"));
        var figures = FigureRow().Matches(manual).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["tags"].Value);
        var workbook = File.ReadAllText(Path.Combine(Bicep.Folder, "modules", "workbook.json"));
        var used = Figure().Matches(Bicep.Sources["alerts"] + workbook).Select(m => m.Value).ToHashSet();

        Assert.Subset(figures.Keys.ToHashSet(), used);
        Assert.Contains("winback.scans", used);
        var tags = Tag().Matches(Bicep.Sources["alerts"] + workbook).Select(m => m.Groups["name"].Value).ToHashSet();
        Assert.All(tags, t => Assert.Contains(figures.Where(f => used.Contains(f.Key)), f => f.Value.Contains($"`{t}`", StringComparison.Ordinal)));
    }

    private static HashSet<string> Declared(string what) =>
        [.. Regex.Matches(Bicep.Sources["main"], $@"^{what} (?<name>\w+) ", RegexOptions.Multiline).Select(m => m.Groups["name"].Value)];

    /// <summary>Parameters and outputs of a compiled template and of the modules in it.</summary>
    private static IEnumerable<(string Name, bool IsDescribed)> Described(JsonElement template, string name)
    {
        foreach (var section in new[] { "parameters", "outputs" })
        {
            if (!template.TryGetProperty(section, out var members)) continue;
            foreach (var member in members.EnumerateObject())
                yield return ($"{name}: {member.Name}", member.Value.TryGetProperty("metadata", out var metadata) && metadata.TryGetProperty("description", out _));
        }
        var resources = template.GetProperty("resources");
        var list = resources.ValueKind == JsonValueKind.Array ? resources.EnumerateArray() : resources.EnumerateObject().Select(r => r.Value);
        foreach (var resource in list)
        {
            if (resource.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty("template", out var module))
                foreach (var found in Described(module, resource.GetProperty("name").GetString()!)) yield return found;
        }
    }

    [GeneratedRegex("(?<name>[A-Za-z]+)(:| =) '(?<id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})'")]
    private static partial Regex Role();

    [GeneratedRegex(@"\$(env:)?(?<name>(AZURE|APP)_[A-Z_]+)")]
    private static partial Regex EnvironmentVariable();

    [GeneratedRegex(@"^services:\n  (?<name>\w+):", RegexOptions.Multiline)]
    private static partial Regex Service();

    [GeneratedRegex(@"\$\{(?<name>[A-Z_0-9]+)")]
    private static partial Regex AzdVariable();

    [GeneratedRegex(@"^\| `(?<name>winback\.[a-z.]+)` \| `[^`]+` \| (?<tags>[^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex FigureRow();

    [GeneratedRegex("winback\\.[a-z.]+(?=[\"'])")]
    private static partial Regex Figure();

    [GeneratedRegex(@"Properties\.(?<name>\w+)")]
    private static partial Regex Tag();

    [GeneratedRegex(@"^ +name: '(?<name>[a-z-]+)'$", RegexOptions.Multiline)]
    private static partial Regex AlertName();
}
