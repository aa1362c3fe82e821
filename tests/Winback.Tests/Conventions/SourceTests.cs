using System.Text.RegularExpressions;
using Winback.Tests.Campaigns.Rendering;

namespace Winback.Tests.Conventions;

/// <summary>The house rules that a look at the app's source files can check.</summary>
public sealed partial class SourceTests
{
    private const int MaxLines = 350;

    private static readonly string Source = Path.Combine(SampleMails.Repository, "src");

    /// <summary>Every source file, relative to src/, with slashes.</summary>
    private static readonly string[] Files =
    [
        .. Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Source, f).Replace('\\', '/'))
            .Where(f => !f.Split('/').Any(p => p is "bin" or "obj" or "node_modules")).Order(StringComparer.Ordinal),
    ];

    private static readonly string[] AppFiles = [.. Files.Where(f => f.StartsWith("Winback/", StringComparison.Ordinal))];

    [Fact]
    public void There_are_files_to_check()
    {
        Assert.Contains("Winback/Campaigns/Rule.cs", AppFiles);
        Assert.Contains("Winback.Cli/Program.cs", Files);
    }

    [Fact]
    public void A_files_namespace_is_its_folder() =>
        Assert.DoesNotContain(AppFiles, f => f != "Winback/Program.cs" && NamespaceOf(f) != Path.GetDirectoryName(f)!.Replace('\\', '/').Replace('/', '.'));

    [Fact]
    public void No_file_is_named_for_want_of_a_concept() => Assert.DoesNotContain(Files, f => VagueName().IsMatch(f));

    [Fact]
    public void No_file_is_longer_than_a_reader_can_keep_in_mind() =>
        Assert.DoesNotContain(Files, f => File.ReadLines(Path.Combine(Source, f)).Count() > MaxLines);

    /// <summary>So that the middle can be read, tested and moved without knowing Azure: a port's adapter has its technology in its name.</summary>
    [Fact]
    public void Azure_is_named_only_in_adapters() =>
        Assert.DoesNotContain(AppFiles, f => !IsAdapter(f) && AzureName().IsMatch(Read(f)));

    [Fact]
    public void The_pure_rules_know_neither_storage_nor_mail_nor_the_web() =>
        Assert.Empty(
            from f in new[] { "Rule", "Renewal", "Transitions", "MailboxRule", "WinBack", "Campaign", "Verdict" }
            from forbidden in new[] { "Winback.Storage", "Winback.Mail", "Microsoft.", "System.Net", "async ", "TimeProvider" }
            where Read($"Winback/Campaigns/{f}.cs").Contains(forbidden, StringComparison.Ordinal)
            select $"{f} uses {forbidden}");

    private static bool IsAdapter(string file) =>
        file.StartsWith("Winback/Storage/", StringComparison.Ordinal)
        || new[] { "Table", "Storage", "Azure" }.Any(technology => Path.GetFileName(file).StartsWith(technology, StringComparison.Ordinal));

    private static string? NamespaceOf(string file) => Namespace().Match(Read(file)) is { Success: true } match ? match.Groups[1].Value : null;

    private static string Read(string file) => File.ReadAllText(Path.Combine(Source, file));

    [GeneratedRegex("^namespace ([A-Za-z.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"(Helper|Helpers|Util|Utils|Utilities|Manager|Common|Shared)\.cs$")]
    private static partial Regex VagueName();

    [GeneratedRegex(@"^\s*using (static )?Azure\b|\bAzure\.(Core|Data|Identity|Monitor|Storage)\b", RegexOptions.Multiline)]
    private static partial Regex AzureName();
}
