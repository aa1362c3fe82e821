using System.Security.Cryptography;
using System.Text;
using Winback.Campaigns.Rendering;

namespace Winback.Campaigns;

/// <summary>Everything under <c>campaigns/</c>: definitions, templates, layout. Loading checks all of it.</summary>
public sealed class CampaignLibrary
{
    private const string Partials = "partials";

    private readonly Dictionary<(string Campaign, string Step, string Language), MailTemplate> _templates;
    private readonly MailRenderer _renderer;

    private CampaignLibrary(IReadOnlyList<Campaign> campaigns, Dictionary<(string, string, string), MailTemplate> templates, MailLayout layout)
    {
        All = campaigns;
        Campaigns = new CampaignSet(campaigns);
        _templates = templates;
        _renderer = new MailRenderer(layout);
    }

    public CampaignSet Campaigns { get; }

    /// <summary>Also those that are switched off, by id.</summary>
    public IReadOnlyList<Campaign> All { get; }

    /// <param name="website">Where a button leads in campaigns without a returnUrl of their own.</param>
    /// <exception cref="CampaignException">Lists every problem with file, place and remedy.</exception>
    public static CampaignLibrary Load(string folder, string? website)
    {
        if (!Directory.Exists(folder)) throw new CampaignException($"{folder}: there is no such folder; it holds a folder per campaign and layout.html.");
        var problems = new List<string>();
        var campaigns = new List<Campaign>();
        var templates = new Dictionary<(string, string, string), MailTemplate>();
        var partials = ReadPartials(Path.Combine(folder, Partials), problems);
        if (problems.Count > 0) throw new CampaignException(string.Join(Environment.NewLine, problems)); // or each mail would miss them too
        var layout = Try(problems, () => MailLayout.Parse(Path.Combine(folder, "layout.html"), Read(Path.Combine(folder, "layout.html"))));
        foreach (var path in Directory.EnumerateDirectories(folder).Where(p => Path.GetFileName(p) != Partials).Order(StringComparer.Ordinal))
        {
            var definition = Path.Combine(path, "campaign.json");
            if (Try(problems, () => new CampaignReader(definition).Read(Path.GetFileName(path), Version(path), Read(definition), website)) is not { } campaign) continue;
            campaigns.Add(campaign);
            var needsReturnUrl = false;
            foreach (var (step, language) in campaign.Steps.SelectMany(_ => Languages.All, (step, language) => (step, language)))
            {
                var file = Path.Combine(path, $"{step.Id}.{language}.md");
                if (Try(problems, () => Checked(MailTemplate.Parse(file, Read(file), new MailPartials(partials, language)), campaign)) is not { } template) continue;
                templates[(campaign.Id, step.Id, language)] = template;
                needsReturnUrl |= template.Needs.Contains("links.return_url");
            }
            if (needsReturnUrl && campaign.ReturnUrl is null)
                problems.Add($"{definition}: the mails have a link back to you, but there is no address; set Business__Website, or \"returnUrl\" here.");
        }
        if (problems.Count > 0) throw new CampaignException(string.Join(Environment.NewLine, problems));
        return new CampaignLibrary(campaigns, templates, layout!);
    }

    public RenderedMail Render(string campaign, string step, string language, MailModel model)
    {
        if (!MailLanguage.TryParse(language, out var mailLanguage)) throw new ArgumentException($"\"{language}\" is not nl or en.", nameof(language));
        return _renderer.Render(_templates[(campaign, step, language)], model, mailLanguage);
    }

    private static MailTemplate Checked(MailTemplate template, Campaign campaign)
    {
        if (template.Needs.Contains("offer") && campaign.Offer is null)
            throw new CampaignException($"{template.File}: uses the offer, but campaign.json has none; add \"offer\" there or remove it here.");
        if (template.Needs.Contains("subscription") && campaign.Audience is not RenewalAudience)
            throw new CampaignException($"{template.File}: uses the subscription, which only a renewal campaign has; remove it.");
        if (template.Needs.Contains("news") && campaign is { Enabled: true, News: null })
        {
            throw new CampaignException(
                $"{template.File}: tells what is new, but campaign.json does not say; add \"news\": {{ \"nl\": \"...\", \"en\": \"...\" }} there before switching it on.");
        }
        return template;
    }

    private static List<MailPartial> ReadPartials(string folder, List<string> problems) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)
            .Select(file => Try(problems, () => MailPartial.Parse(file, File.ReadAllText(file)))).OfType<MailPartial>(),
    ];

    private static string Read(string file) =>
        File.Exists(file) ? File.ReadAllText(file) : throw new CampaignException($"{file}: is missing; write it, or copy it from a campaign that ships.");

    /// <summary>A hash of all the files of a campaign and the partials: it changes when anything it says does.</summary>
    private static string Version(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var partials = Path.Combine(Path.GetDirectoryName(folder)!, Partials);
        foreach (var file in Directory.EnumerateFiles(folder).Concat(Directory.Exists(partials) ? Directory.EnumerateFiles(partials) : []).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(file) + "\0"));
            hash.AppendData(File.ReadAllBytes(file));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
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
