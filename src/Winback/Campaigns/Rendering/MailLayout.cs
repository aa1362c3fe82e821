namespace Winback.Campaigns.Rendering;

/// <summary>The HTML around every mail. Parsed and compiled once; immutable.</summary>
public sealed class MailLayout
{
    // What the law and the reader ask of every mail, and the mail itself.
    private static readonly string[] Required =
    [
        "body", "business.name", "business.postal_address", "footer.why", "footer.unsubscribe", "links.unsubscribe", "language",
    ];

    private readonly TemplateText _text;

    private MailLayout(TemplateText text) => _text = text;

    /// <exception cref="TemplateException">An unknown placeholder, or one missing that every mail must have.</exception>
    public static MailLayout Parse(string file, string text)
    {
        var parsed = TemplateText.ParseLayout(file, text);
        var missing = Required.FirstOrDefault(name => !parsed.Findings.Used.Contains(name));
        if (missing is not null)
            throw new TemplateException(file, null, $"{{{{{missing}}}}} is missing", "Every mail must have it; put it back");
        foreach (var (part, line) in parsed.Findings.Needs)
            throw new TemplateException(file, line, $"{{{{{part}}}}} may be absent", $"Put it between {{{{#if {part}}}}} and {{{{/if}}}}");
        return new MailLayout(parsed);
    }

    internal string Fill(MailModel model, MailLanguage language, FilledMail mail, string bodyHtml)
    {
        var footer = language.Footer(model);
        var colours = model.Business.Colours;
        return _text.Fill(new Dictionary<string, object?>(mail.Values)
        {
            ["language"] = language.Code,
            ["subject"] = mail.Subject,
            ["preheader"] = mail.Preheader is "" ? null : Padded(mail.Preheader),
            ["body"] = bodyHtml,
            ["footer"] = new Dictionary<string, object?>
            {
                ["why"] = footer.Why,
                ["question"] = footer.Question,
                ["unsubscribe"] = footer.Unsubscribe,
                ["preferences"] = footer.Preferences,
            },
            ["colours"] = new Dictionary<string, object?>
            {
                ["accent"] = colours.Accent.ToString(),
                ["on_accent"] = colours.OnAccent.ToString(),
                ["accent_on_light"] = colours.AccentOnLight.ToString(),
                ["accent_on_dark"] = colours.AccentOnDark.ToString(),
            },
        });
    }

    // Mailboxes show some 140 characters after the subject: what the preheader leaves over is filled with what takes room and shows nothing,
    // or they would go on with the first words of the page.
    private static string Padded(string preheader) =>
        preheader + string.Concat(Enumerable.Repeat("\u2007\u200C", Math.Max(0, 140 - preheader.Length)));
}
