using Winback.Tests.Campaigns.Rendering;

namespace Winback.Tests.Docs;

/// <summary>A page under docs/ that is made from the code. With UPDATE_DOCS=1 in the environment the test writes it, else it compares.</summary>
internal static class GeneratedDocument
{
    public static void AssertIs(string name, string text)
    {
        var path = Path.Combine(SampleMails.Repository, "docs", name);
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1") File.WriteAllText(path, text);
        var kept = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (kept != text) Assert.Fail($"docs/{name} does not say what the code says: {FirstDifference(kept, text)}. Write it anew with: UPDATE_DOCS=1 dotnet test --project tests/Winback.Tests");
    }

    private static string FirstDifference(string kept, string text)
    {
        var (old, now) = (kept.Split('\n'), text.Split('\n'));
        var line = Enumerable.Range(0, Math.Max(old.Length, now.Length)).First(i => old.ElementAtOrDefault(i) != now.ElementAtOrDefault(i));
        return $"line {line + 1} is \"{old.ElementAtOrDefault(line)}\", to be \"{now.ElementAtOrDefault(line)}\"";
    }
}
