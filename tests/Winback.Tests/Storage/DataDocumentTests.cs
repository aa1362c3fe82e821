using System.Text.RegularExpressions;
using Winback.Tests.Campaigns.Rendering;

namespace Winback.Tests.Storage;

/// <summary>docs/data.md is complete: whoever asks what is kept about a person must not have to read the code.</summary>
public sealed partial class DataDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(SampleMails.Repository, "docs", "data.md"));

    private static readonly string[] Sources =
        [.. Directory.EnumerateFiles(Path.Combine(SampleMails.Repository, "src", "Winback"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Select(File.ReadAllText)];

    [Fact]
    public void Every_table_and_no_other_has_a_heading() => Assert.Equal(
        Names(Table()),
        Heading().Matches(Document).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_column_of_every_table_is_named()
    {
        var missing = Names(Column()).Where(c => !Document.Contains($"`{c}`", StringComparison.Ordinal));

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_queue_and_its_poison_queue_is_named()
    {
        var queues = Names(Queue());

        Assert.NotEmpty(queues);
        Assert.All(queues, q => Assert.Contains($"| `{q}`", Document, StringComparison.Ordinal));
        Assert.All(queues, q => Assert.Contains($"`{q}-poison`", Document, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_link_leads_somewhere()
    {
        var links = Link().Matches(Document).Select(m => m.Groups[1].Value).ToList();

        Assert.NotEmpty(links);
        Assert.All(links, l => Assert.True(File.Exists(Path.Combine(SampleMails.Repository, "docs", l)), l));
    }

    private static string[] Names(Regex pattern) =>
        [.. Sources.SelectMany(s => pattern.Matches(s)).Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal)];

    [GeneratedRegex("""(?:TableAsync\(|TableName = )"([a-z]+)""")]
    private static partial Regex Table();

    [GeneratedRegex("""QueueName = "([a-z-]+)""")]
    private static partial Regex Queue();

    [GeneratedRegex("""\.With(?:Json)?\("([A-Za-z]+)""")]
    private static partial Regex Column();

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^### `([a-z]+)`", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
