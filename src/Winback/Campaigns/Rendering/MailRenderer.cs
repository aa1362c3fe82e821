namespace Winback.Campaigns.Rendering;

/// <param name="Subject">One line.</param>
/// <param name="Preheader">One line that mailboxes show after the subject; empty for none.</param>
/// <param name="Html">A whole page, for text/html.</param>
/// <param name="Text">The same words for text/plain, wrapped at 76 characters, lines ended by \n.</param>
public sealed record RenderedMail(string Subject, string Preheader, string Html, string Text);

/// <summary>Turns templates into mails. Everything is compiled beforehand; may be used by several threads.</summary>
public sealed class MailRenderer(MailLayout layout)
{
    /// <exception cref="TemplateException">The model lacks one of the template's <see cref="MailTemplate.Needs"/>.</exception>
    public RenderedMail Render(MailTemplate template, MailModel model, MailLanguage language)
    {
        var mail = template.Fill(model, language);
        var document = MailMarkdown.Parse(mail.Markdown);
        var text = PlainText.Write(document, Footer(model, language, mail)); // before the HTML, which adds its styles to the document
        var html = layout.Fill(model, language, mail, MailHtml.Write(document, model.Business.Colours));
        return new RenderedMail(mail.Subject, mail.Preheader, html, text);
    }

    private static IReadOnlyList<string> Footer(MailModel model, MailLanguage language, FilledMail mail)
    {
        var words = language.Footer(model);
        string[] sender = ["business.name", "business.postal_address", "business.phone", "business.website"];
        return
        [
            string.Join(", ", sender.Select(name => MailPlaceholders.Find(mail.Values, name)).Where(part => part is not null)),
            words.Why,
            words.Question,
            $"{words.Unsubscribe}: {model.Links.Unsubscribe.AbsoluteUri}",
            .. model.Links.Pages is { } pages ? [$"{words.Preferences}: {pages.Preferences.AbsoluteUri}"] : Array.Empty<string>(),
        ];
    }
}
