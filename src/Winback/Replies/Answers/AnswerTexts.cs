using System.Collections.Frozen;
using Winback.Campaigns;
using Winback.Campaigns.Rendering;
using Winback.Replies.Reading;

namespace Winback.Replies.Answers;

/// <summary>
/// The mails that answer customers, and the one that asks a friend who signed up, from the files <c>answers/KIND.LANGUAGE.md</c>; in the campaigns' layout
/// and with their partials. Checked at start.
/// </summary>
public sealed class AnswerTexts
{
    private const string Friend = "friend";

    private readonly FrozenDictionary<(string Kind, string Language), MailTemplate> _templates;
    private readonly MailRenderer _renderer;

    private AnswerTexts(FrozenDictionary<(string, string), MailTemplate> templates, MailLayout layout) => (_templates, _renderer) = (templates, new MailRenderer(layout));

    /// <param name="replyFolder">The one with the folder <c>answers</c>.</param>
    /// <param name="campaignFolder">The one with the layout and the partials.</param>
    /// <exception cref="TemplateException">A text that is missing or could go wrong for some customer.</exception>
    public static AnswerTexts Load(string replyFolder, string campaignFolder)
    {
        var layout = Path.Combine(campaignFolder, CampaignFiles.LayoutFile);
        var folder = Path.Combine(campaignFolder, CampaignFiles.PartialFolder);
        var partials = (Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.md") : []).Select(f => MailPartial.Parse(f, File.ReadAllText(f))).ToList();
        var templates = new Dictionary<(string, string), MailTemplate>();
        foreach (var (kind, language) in Enum.GetValues<AnswerKind>().Select(Labels.Of).Append(Friend).SelectMany(_ => Languages.All, (kind, language) => (kind, language)))
        {
            templates[(kind, language)] = Read(
                Path.Combine(replyFolder, "answers", $"{kind}.{language}.md"), new MailPartials(partials, language),
                kind == Friend ? MailPlaceholders.ForFriends : MailPlaceholders.ForTemplates);
        }
        return new AnswerTexts(templates.ToFrozenDictionary(), MailLayout.Parse(layout, File.ReadAllText(layout)));
    }

    public RenderedMail Render(AnswerKind kind, string language, MailModel model) => Render(Labels.Of(kind), language, model);

    /// <param name="model">With a <see cref="MailModel.Invitation"/>.</param>
    public RenderedMail RenderToFriend(string language, MailModel model) => Render(Friend, language, model);

    private RenderedMail Render(string kind, string language, MailModel model)
    {
        if (!MailLanguage.TryParse(language, out var words)) throw new ArgumentException($"\"{language}\" is not nl or en.", nameof(language));
        return _renderer.Render(_templates[(kind, language)], model, words);
    }

    private static MailTemplate Read(string file, MailPartials partials, IReadOnlyList<MailPlaceholder> known)
    {
        if (!File.Exists(file)) throw new TemplateException(file, null, "is missing", "Copy it from the folder that ships, and change what you want");
        var template = MailTemplate.Parse(file, File.ReadAllText(file), partials, known: known);
        // An answer goes to whoever wrote, so there is nothing that it can be sure of.
        if (template.Needs.FirstOrDefault() is { } part)
            throw new TemplateException(file, null, $"{{{{{part}}}}} may be absent", $"Put it between {{{{#if {part}}}}} and {{{{/if}}}}");
        return template;
    }
}
