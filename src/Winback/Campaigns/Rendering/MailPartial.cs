using System.Text.RegularExpressions;

namespace Winback.Campaigns.Rendering;

/// <summary>A piece of text that several mails share, used as {{> name}}. Checked by itself, so it must make sense wherever it is put. Immutable.</summary>
public sealed partial class MailPartial
{
    private MailPartial(string name, string? language, string text, PlaceholderCheck.Findings findings) =>
        (Name, Language, Text, Findings) = (name, language, text, findings);

    /// <summary>greeting, for greeting.md as well as greeting.nl.md.</summary>
    public string Name { get; }

    /// <summary>nl or en; null for a piece that is the same in every language.</summary>
    public string? Language { get; }

    internal string Text { get; }

    internal PlaceholderCheck.Findings Findings { get; }

    /// <param name="file">As in messages; its last part, NAME.md or NAME.LANGUAGE.md, gives the name and the language.</param>
    /// <exception cref="TemplateException">A name that is not one, an empty text, or a placeholder that a mail could not use either.</exception>
    public static MailPartial Parse(string file, string text)
    {
        var name = FileName().Match(file.Replace('\\', '/').Split('/')[^1]);
        if (!name.Success)
            throw new TemplateException(file, null, "the name of the file is odd", "Call it NAME.md, NAME.nl.md or NAME.en.md, with a-z, 0-9 and - in NAME");
        var body = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").TrimEnd();
        if (body.Length == 0) throw new TemplateException(file, null, "there is no text in it", "Write some, or remove the file");
        var findings = PlaceholderCheck.Read(file, 1, body, MailPlaceholders.ForTemplates, partials: null);
        MailTemplate.RefuseUnguarded(file, findings);
        return new MailPartial(name.Groups["name"].Value, name.Groups["language"] is { Success: true } language ? language.Value : null, body, findings);
    }

    [GeneratedRegex(@"^(?<name>[a-z0-9][a-z0-9-]*)(\.(?<language>nl|en))?\.md$")]
    private static partial Regex FileName();
}
