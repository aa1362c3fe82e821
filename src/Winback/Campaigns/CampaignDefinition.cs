using System.Collections.Immutable;
using Winback.Campaigns.Rendering;

namespace Winback.Campaigns;

/// <summary>A campaign, checked, with its mails and calls ready to be filled. Immutable; may be used by several threads.</summary>
public sealed class CampaignDefinition
{
    private readonly Dictionary<(string Step, string Language), MailTemplate> _templates;
    private readonly MailRenderer _renderer;

    private CampaignDefinition(CampaignFiles files, Campaign campaign, Dictionary<(string, string), MailTemplate> templates, MailLayout layout)
    {
        (Files, Campaign, _templates, _renderer) = (files, campaign, templates, new MailRenderer(layout));
    }

    public CampaignFiles Files { get; }

    public Campaign Campaign { get; }

    /// <param name="website">Where a button leads in a campaign without a returnUrl of its own.</param>
    /// <exception cref="CampaignException">Lists every problem with file, place and remedy.</exception>
    public static CampaignDefinition Parse(CampaignFiles files, string? website)
    {
        var problems = new List<string>();
        var layout = Try(problems, () => MailLayout.Parse(files.PathOf(CampaignFiles.LayoutFile), files.Text(CampaignFiles.LayoutFile)));
        var campaign = Try(problems, () => new CampaignReader(files.PathOf(CampaignFiles.DefinitionFile))
            .Read(files.Id, files.Version, files.Text(CampaignFiles.DefinitionFile), website));
        Try(problems, files.Pack);
        var partials = Partials(files, problems);
        // Without the partials that are wrong every mail would seem to miss them.
        var templates = campaign is null || partials is null ? [] : Templates(files, campaign, partials, problems);
        return problems.Count == 0
            ? new CampaignDefinition(files, campaign!, templates, layout!)
            : throw new CampaignException(string.Join(Environment.NewLine, problems));
    }

    /// <exception cref="CampaignException">Lists every problem of all of them.</exception>
    public static ImmutableArray<CampaignDefinition> ParseAll(IEnumerable<CampaignFiles> campaigns, string? website)
    {
        var (definitions, problems) = (ImmutableArray.CreateBuilder<CampaignDefinition>(), new List<string>());
        foreach (var files in campaigns)
        {
            try
            {
                definitions.Add(Parse(files, website));
            }
            catch (CampaignException e)
            {
                problems.AddRange(e.Message.Split(Environment.NewLine));
            }
        }
        // What is wrong with the layout is wrong for every campaign.
        return problems.Count == 0 ? definitions.ToImmutable() : throw new CampaignException(string.Join(Environment.NewLine, problems.Distinct(StringComparer.Ordinal)));
    }

    /// <summary>The mail of a step.</summary>
    public RenderedMail Render(string step, string language, MailModel model) =>
        _renderer.Render(_templates[(step, language)], model, LanguageOf(language));

    /// <summary>What to say in a step that is a call.</summary>
    public TalkingPoints Say(string step, string language, MailModel model) =>
        TalkingPoints.Of(_templates[(step, language)], model, LanguageOf(language));

    private static MailLanguage LanguageOf(string language) =>
        MailLanguage.TryParse(language, out var known) ? known : throw new ArgumentException($"\"{language}\" is not nl or en.", nameof(language));

    private static List<MailPartial>? Partials(CampaignFiles files, List<string> problems)
    {
        var names = files.Texts.Keys.Where(name => name.StartsWith(CampaignFiles.PartialFolder, StringComparison.Ordinal)).ToList();
        var partials = names.Select(name => Try(problems, () => MailPartial.Parse(files.PathOf(name), files.Text(name)))).OfType<MailPartial>().ToList();
        return partials.Count == names.Count ? partials : null;
    }

    private static Dictionary<(string, string), MailTemplate> Templates(CampaignFiles files, Campaign campaign, List<MailPartial> partials, List<string> problems)
    {
        var templates = new Dictionary<(string, string), MailTemplate>();
        foreach (var (step, language) in campaign.Steps.SelectMany(_ => Languages.All, (step, language) => (step, language)))
        {
            var name = $"{step.Id}.{language}.md";
            if (Try(problems, () => Checked(Parse(name, step, language), campaign)) is { } template) templates[(step.Id, language)] = template;
        }
        if (campaign.ReturnUrl is null && templates.Values.Any(t => t.Needs.Contains("links.return_url")))
            problems.Add($"{files.PathOf(CampaignFiles.DefinitionFile)}: the mails have a link back to you, but there is no address; set Business__Website, or \"returnUrl\" here.");
        return templates;

        MailTemplate Parse(string name, Step step, string language) =>
            MailTemplate.Parse(files.PathOf(name), files.Text(name), new MailPartials(partials, language), step.Channel);
    }

    private static MailTemplate Checked(MailTemplate template, Campaign campaign)
    {
        if (template.Needs.Contains("offer") && campaign.Offer is null)
            throw new CampaignException($"{template.File}: uses the offer, but campaign.json has none; add \"offer\" there or remove it here.");
        if (template.Needs.Contains("subscription") && campaign.Audience is not RenewalAudience)
            throw new CampaignException($"{template.File}: uses the subscription, which only a renewal campaign has; remove it.");
        if (template.Needs.Contains("news") && campaign is { Enabled: true, News: null })
            throw new CampaignException($"{template.File}: tells what is new, but campaign.json does not say; add \"news\": {{ \"nl\": \"...\", \"en\": \"...\" }} there before switching it on.");
        return template;
    }

    private static T? Try<T>(List<string> problems, Func<T> read) where T : class
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is CampaignException or TemplateException)
        {
            problems.Add(e.Message);
            return null;
        }
    }
}
