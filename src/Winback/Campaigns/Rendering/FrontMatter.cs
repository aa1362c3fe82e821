using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Winback.Campaigns.Rendering;

/// <summary>The YAML between two lines of three dashes at the top of a template, and where the text below it starts.</summary>
internal sealed record FrontMatter(IReadOnlyDictionary<string, FrontMatter.Entry> Entries, string Body, int BodyLine)
{
    private const string Remedy = "Start the file with a line ---, then subject: and preheader: lines, then another line ---";

    /// <param name="Line">The line in the file, from 1.</param>
    public sealed record Entry(string Value, int Line);

    /// <exception cref="TemplateException">No front matter, no YAML, or a key that is not one of <paramref name="keys"/>.</exception>
    public static FrontMatter Split(string file, string text, IReadOnlyCollection<string> keys)
    {
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        if (lines[0].TrimEnd() != "---") throw new TemplateException(file, 1, "the front matter is missing", Remedy);
        var end = Array.FindIndex(lines, 1, line => line.TrimEnd() == "---");
        if (end < 0) throw new TemplateException(file, 1, "the front matter has no end", Remedy);

        var entries = new Dictionary<string, Entry>();
        foreach (var (key, value) in Mapping(file, string.Join('\n', lines[1..end])))
        {
            var line = (int)key.Start.Line + 1;
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (!keys.Contains(name))
                throw new TemplateException(file, line, $"unknown key '{name}' in the front matter", Spelling.Suggest(name, keys));
            if (value is not YamlScalarNode { Value: { } scalar })
                throw new TemplateException(file, line, $"{name} is not a text", "Put it between single quotes, also when it starts with {{");
            entries.Add(name, new Entry(scalar, (int)value.Start.Line + 1));
        }
        return new FrontMatter(entries, string.Join('\n', lines[(end + 1)..]), end + 2);
    }

    private static YamlMappingNode Mapping(string file, string yaml)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            return stream.Documents.Count == 0 ? [] : stream.Documents[0].RootNode as YamlMappingNode
                ?? throw new TemplateException(file, 2, "the front matter is not a list of key: value lines", Remedy);
        }
        catch (YamlException e)
        {
            throw new TemplateException(file, (int)e.Start.Line + 1, $"the front matter is not YAML ({e.Message})",
                "Put a text that has a : or starts with {{ between single quotes, and write each key once", e);
        }
    }
}
