namespace Winback.Campaigns.Rendering;

/// <summary>What to say to one customer in a call.</summary>
/// <param name="Purpose">What the call is for, on one line: the template's subject.</param>
/// <param name="Points">One paragraph or item each, without any formatting.</param>
public sealed record TalkingPoints(string Purpose, IReadOnlyList<string> Points)
{
    /// <exception cref="TemplateException">The model lacks one of the template's <see cref="MailTemplate.Needs"/>.</exception>
    public static TalkingPoints Of(MailTemplate template, MailModel model, MailLanguage language)
    {
        var filled = template.Fill(model, language);
        return new TalkingPoints(filled.Subject, PlainText.Lines(MailMarkdown.Parse(filled.Markdown)));
    }

    public override string ToString() => string.Join('\n', [Purpose, "", .. Points, ""]);
}
