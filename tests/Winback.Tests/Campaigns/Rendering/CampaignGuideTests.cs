using System.Text.RegularExpressions;
using Winback.Campaigns.Rendering;

namespace Winback.Tests.Campaigns.Rendering;

/// <summary>docs/campaigns.md says what the code does. After a change run the tests once with UPDATE_DOCS=1: its tables are made from the code.</summary>
public sealed partial class CampaignGuideTests
{
    private static readonly string Guide = Path.Combine(SampleMails.Repository, "docs", "campaigns.md");

    [Fact]
    public async Task Its_table_of_placeholders_is_the_vocabulary() =>
        await HasAsync("| placeholder | what it is | where |", MailPlaceholders.ForTemplates.Select(p => $"| `{p.Name}` | {p.Meaning} | {Where(p)} |"));

    [Fact]
    public async Task Its_table_of_rules_is_what_is_looked_for() =>
        await HasAsync("| rule | | what is found |", LintRule.All.Select(r => $"| `{r.Id}` | {r.Severity.ToString().ToLowerInvariant()} | {r.Meaning} |"));

    [Fact]
    public async Task Its_example_is_a_mail_without_findings()
    {
        var example = Example().Match(await File.ReadAllTextAsync(Guide, TestContext.Current.CancellationToken)).Groups[1].Value;
        var template = MailTemplate.Parse("docs/campaigns.md", example, SampleMails.Partials("nl"));
        var mail = SampleMails.Renderer.Render(template, SampleMails.Restaurant, MailLanguage.Dutch);
        Assert.StartsWith("Sanne, schuif", mail.Subject, StringComparison.Ordinal);
        Assert.Empty(MailLint.Check(mail, SampleMails.Restaurant));
    }

    private static string Where(MailPlaceholder placeholder) => placeholder.OptionalPart switch
    {
        null => "everywhere",
        "links.return_url" => "everywhere, with `returnUrl` or `Business__Website`",
        "subscription" => "renewal campaigns",
        "offer" or "news" => $"campaigns with `{placeholder.OptionalPart}`",
        var part => $"inside `{{{{#if {part}}}}}`",
    };

    private static async Task HasAsync(string head, IEnumerable<string> rows)
    {
        var text = await File.ReadAllTextAsync(Guide, TestContext.Current.CancellationToken);
        var table = $"{head}\n{Regex.Replace(head, "[^|]+", " --- ")}\n{string.Join('\n', rows)}\n";
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            text = Regex.Replace(text, $@"{Regex.Escape(head)}\n(.+\n)*", table.Replace("$", "$$", StringComparison.Ordinal));
            await File.WriteAllTextAsync(Guide, text, TestContext.Current.CancellationToken);
        }
        Assert.Contains(table, text, StringComparison.Ordinal);
    }

    [GeneratedRegex("```markdown\n(.+?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
