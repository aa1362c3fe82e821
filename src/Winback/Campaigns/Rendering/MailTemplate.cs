using System.Collections.Frozen;
using System.Text;

namespace Winback.Campaigns.Rendering;

/// <summary>
/// One mail in one language: subject, preheader and a Markdown body with placeholders; or what to say in a call, whose purpose the subject is.
/// Parsed and compiled once; immutable.
/// </summary>
public sealed class MailTemplate
{
    private static readonly string[] MailKeys = ["subject", "preheader"];
    private static readonly string[] CallKeys = ["subject"];

    // What every customer of a campaign has when the campaign has it; anything else may be absent for one of them, or for the next owner.
    private static readonly string[] Promised = ["offer", "subscription", "news", "links.return_url"];

    private readonly TemplateText _subject;
    private readonly TemplateText _preheader;
    private readonly TemplateText _body;

    private MailTemplate(string file, TemplateText subject, TemplateText preheader, TemplateText body)
    {
        (File, _subject, _preheader, _body) = (file, subject, preheader, body);
        Needs = new[] { subject, preheader, body }.SelectMany(text => text.Findings.Needs.Keys).ToFrozenSet();
    }

    /// <summary>The file as the caller named it, for messages.</summary>
    public string File { get; }

    /// <summary>
    /// The optional parts that this mail cannot do without: "offer", "subscription", "news", "links.return_url". A part used only
    /// inside its own {{#if}} is not needed. A campaign that does not provide one is wrong, which its validation should say.
    /// </summary>
    public IReadOnlySet<string> Needs { get; }

    /// <param name="text">Markdown after YAML front matter with subject and, if wanted, preheader.</param>
    /// <param name="partials">Those of the mail's language; null for none.</param>
    /// <param name="channel">What is said in a call has no preheader.</param>
    /// <param name="known">What it may say; null for <see cref="MailPlaceholders.ForTemplates"/>.</param>
    /// <exception cref="TemplateException">Anything that would make a mail wrong for some customer, such as an unknown placeholder.</exception>
    public static MailTemplate Parse(
        string file, string text, MailPartials? partials = null, Channel channel = Channel.Mail, IReadOnlyList<MailPlaceholder>? known = null)
    {
        partials ??= MailPartials.None;
        var front = FrontMatter.Split(file, text, channel == Channel.Phone ? CallKeys : MailKeys);
        var subject = front.Entries.GetValueOrDefault("subject");
        if (string.IsNullOrWhiteSpace(subject?.Value))
            throw new TemplateException(file, subject?.Line, "the subject is missing", "Add a line subject: to the front matter");
        if (string.IsNullOrWhiteSpace(front.Body))
        {
            throw new TemplateException(
                file, null, "there is no text below the front matter", channel == Channel.Phone ? "Write there what to say" : "Write the mail there");
        }
        var preheader = front.Entries.GetValueOrDefault("preheader") ?? new FrontMatter.Entry("", 1);
        return new MailTemplate(file,
            Checked(subject.Line, subject.Value),
            Checked(preheader.Line, preheader.Value),
            Checked(front.BodyLine, front.Body));

        TemplateText Checked(int line, string part)
        {
            var parsed = TemplateText.Parse(file, line, part, known ?? MailPlaceholders.ForTemplates, partials);
            RefuseUnguarded(file, parsed.Findings);
            return parsed;
        }
    }

    /// <exception cref="TemplateException">Something is used without {{#if}} that no campaign can promise.</exception>
    internal static void RefuseUnguarded(string file, PlaceholderCheck.Findings findings)
    {
        foreach (var (part, line) in findings.Needs.Where(need => !Promised.Contains(need.Key)))
        {
            var isOwners = part.StartsWith("business.", StringComparison.Ordinal) || part.StartsWith("links.", StringComparison.Ordinal);
            throw new TemplateException(file, line, $"{{{{{part}}}}} {(isOwners ? "may be absent" : "is not known for every customer")}",
                $"Put it between {{{{#if {part}}}}} and {{{{else}}}}, with other words up to {{{{/if}}}}");
        }
    }

    internal FilledMail Fill(MailModel model, MailLanguage language)
    {
        var plain = MailPlaceholders.Values(model, language, text => text);
        var missing = Needs.Where(part => MailPlaceholders.Find(plain, part) is null).Order().ToArray();
        if (missing.Length > 0)
            throw new TemplateException(File, null, $"this mail needs {string.Join(" and ", missing)}, which the campaign does not provide",
                "Provide it, or put the words that use it between {{#if}} and {{/if}}");
        return new FilledMail(
            MailPlaceholders.OneLine(_subject.Fill(plain)),
            MailPlaceholders.OneLine(_preheader.Fill(plain)),
            _body.Fill(MailPlaceholders.Values(model, language, MarkdownLiteral)),
            plain);
    }

    // CommonMark 2.4: any ASCII punctuation may be escaped with a backslash, in text and in link destinations.
    private static string MarkdownLiteral(string text)
    {
        var literal = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c) && c != ' ') literal.Append('\\');
            literal.Append(c);
        }
        return literal.ToString();
    }
}

/// <param name="Markdown">The body, in which every value of the model is literal.</param>
/// <param name="Values">The model under the names of <see cref="MailPlaceholders"/>, as plain text.</param>
internal sealed record FilledMail(string Subject, string Preheader, string Markdown, Dictionary<string, object?> Values);
