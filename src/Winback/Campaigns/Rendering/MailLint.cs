using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Winback.Campaigns.Rendering;

/// <summary>Looks at a mail as it would leave, for what makes it wrong, unreadable somewhere, or spam. Pure.</summary>
public sealed partial class MailLint
{
    private const string Compare = "Compare the placeholders with those of a mail that works";

    private readonly RenderedMail _mail;
    private readonly MailModel _model;
    private readonly List<LintFinding> _findings = [];

    private MailLint(RenderedMail mail, MailModel model) => (_mail, _model) = (mail, model);

    /// <summary>Of what is said in a call only whether something is left over or missing: it is not looked at by mailboxes.</summary>
    public static IReadOnlyList<LintFinding> Check(TalkingPoints call) =>
        [.. Words(("subject", call.Purpose), ("text", string.Join('\n', call.Points)))];

    /// <param name="model">What the mail was made from.</param>
    /// <returns>Errors first; empty for a mail that may leave.</returns>
    public static IReadOnlyList<LintFinding> Check(RenderedMail mail, MailModel model)
    {
        var lint = new MailLint(mail, model);
        var page = new HtmlParser().ParseDocument(mail.Html);
        lint.Links(page);
        lint.Pictures(page);
        lint.Sizes(page);
        lint._findings.AddRange(Words(("subject", mail.Subject), ("preheader", mail.Preheader), ("text", mail.Text)));
        // Its words are those of the text, but for the layout's; and its style has closing braces.
        if (mail.Html.Contains("{{", StringComparison.Ordinal)) lint.Found(LintRule.LeftOver, "HTML", "it has \"{{\"", Compare);
        lint.Shouting();
        return [.. lint._findings.Distinct().OrderByDescending(finding => finding.Rule.Severity)];
    }

    private void Links(IHtmlDocument page)
    {
        var unsubscribe = _model.Links.Unsubscribe.AbsoluteUri;
        var links = page.QuerySelectorAll("a").ToArray();
        if (!links.Any(link => link.GetAttribute("href") == unsubscribe))
            Found(LintRule.NoUnsubscribeLink, "HTML", "the link to unsubscribe is missing", "Put {{links.unsubscribe}} in a link of layout.html");
        if (!_mail.Text.Contains(unsubscribe, StringComparison.Ordinal))
            Found(LintRule.NoUnsubscribeLink, "text", "the link to unsubscribe is missing", "Put {{links.unsubscribe}} into the mail");
        foreach (var link in links) Link(link);
    }

    private void Link(IElement link)
    {
        var href = link.GetAttribute("href") ?? "";
        var words = link.TextContent.Trim() is { Length: > 0 } text
            ? text
            : string.Concat(link.QuerySelectorAll("img").Select(image => image.GetAttribute("alt")));
        if (string.IsNullOrWhiteSpace(words))
            Found(LintRule.LinkWithoutWords, $"link to {href}", "it has no text", "Write what it is for between [ and ]");
        var place = $"link \"{words}\"";
        if (!Uri.TryCreate(href, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http" or "mailto" or "tel"))
            Found(LintRule.LinkWithoutAddress, place, $"\"{href}\" is not a whole address", "Write it with https://, mailto: or tel:");
        else if (address.Scheme == "http" && !address.IsLoopback) // on this machine it is a trial
            Found(LintRule.LinkWithoutHttps, place, $"{href} is not secure, and mailboxes warn of it", "Write https://");
    }

    private void Pictures(IHtmlDocument page)
    {
        foreach (var image in page.QuerySelectorAll("img"))
        {
            var place = $"picture {image.GetAttribute("src")}";
            if (string.IsNullOrWhiteSpace(image.GetAttribute("alt")))
                Found(LintRule.PictureWithoutWords, place, "it has no words for who does not see it", "Write them between [ and ], or as alt");
            if (!image.HasAttribute("width") && !image.HasAttribute("height"))
                Found(LintRule.PictureWithoutSize, place, "it has neither width nor height", "Add the attribute width or height, in pixels");
        }
    }

    private void Sizes(IHtmlDocument page)
    {
        var bytes = Encoding.UTF8.GetByteCount(_mail.Html);
        var characters = _mail.Subject.Length;
        if (bytes > LintRule.MaxBytes)
            Found(LintRule.TooLarge, "HTML", $"it has {bytes / 1024} kB, of which Gmail shows 102", "Make it shorter");
        if (characters > LintRule.MaxSubject)
            Found(LintRule.LongSubject, "subject", $"\"{_mail.Subject}\" has {characters} characters", $"Make it at most {LintRule.MaxSubject}");
        if (_mail.Preheader.Length == 0)
            Found(LintRule.NoPreheader, "preheader", "it is missing", "Add a line preheader: to the front matter, with what the subject leaves open");
        foreach (var unseen in page.QuerySelectorAll("head, style, script, [style*='display:none']").ToArray()) unseen.Remove();
        var (words, inHtml) = (Word().Count(Address().Replace(_mail.Text, "")), Word().Count(page.DocumentElement.TextContent));
        if (words * 3 < inHtml * 2)
            Found(LintRule.ShortText, "text", $"it has {words} words, and the HTML {inHtml}", "Say in the mail itself what layout.html says");
    }

    private static IEnumerable<LintFinding> Words(params (string Place, string Text)[] texts)
    {
        foreach (var (place, text) in texts)
        {
            if (NoWord().Match(text) is { Success: true } leftOver)
                yield return new LintFinding(LintRule.LeftOver, place, $"it has \"{leftOver.Value}\"", Compare);
            if (NoValue().Match(text) is { Success: true } gap)
                yield return new LintFinding(
                    LintRule.Gap, place, $"\"{LineOf(text, gap)}\" misses something", "Put the words around it between {{#if x}} and {{/if}} too");
        }
    }

    private void Shouting()
    {
        var first = WithoutValues($"{_mail.Subject} {_mail.Preheader}");
        var text = WithoutValues(MailPlaceholders.OneLine(_mail.Text));
        if (Shout().Match(first) is { Success: true } shout)
            Found(LintRule.Capitals, "subject and preheader", $"{shout.Value} shouts", "Write it small");
        if (Shout().Count(text) is > LintRule.MaxShouts and var shouts)
            Found(LintRule.Capitals, "text", $"{shouts} words shout, {Shout().Match(text).Value} among them", "Write them small");
        if (first.Count(c => c == '!') > 1)
            Found(LintRule.ExclamationMarks, "subject and preheader", "there is more than one exclamation mark", "Leave one at most");
        if (text.Count(c => c == '!') > LintRule.MaxExclamationMarks || text.Contains("!!", StringComparison.Ordinal))
            Found(LintRule.ExclamationMarks, "text", "there are many exclamation marks, or two in a row", "Leave three at most");
    }

    // A name or a code in capitals is the customer's or the owner's own.
    private string WithoutValues(string text)
    {
        string?[] values =
        [
            _model.Customer.Name, _model.Customer.FirstName, _model.Business.Name, _model.Business.PostalAddress, _model.Subscription?.Plan,
            _model.Offer?.Code, _model.Links.ReferralCode,
            _model.Links.Pages?.Reason.AbsoluteUri, _model.Links.Pages?.ComeBack.AbsoluteUri, _model.Links.Pages?.Call.AbsoluteUri,
            _model.Links.Pages?.Preferences.AbsoluteUri, _model.Links.Unsubscribe.AbsoluteUri, _model.Links.ReturnUrl?.AbsoluteUri, _model.Business.Website?.AbsoluteUri,
        ];
        return values.Where(value => !string.IsNullOrWhiteSpace(value))
            .Aggregate(text, (rest, value) => rest.Replace(MailPlaceholders.OneLine(value!), "", StringComparison.Ordinal));
    }

    private static string LineOf(string text, Match match) =>
        text[(text.LastIndexOf('\n', match.Index) + 1)..].Split('\n')[0];

    private void Found(LintRule rule, string place, string problem, string remedy) => _findings.Add(new LintFinding(rule, place, problem, remedy));

    [GeneratedRegex(@"\{\{|\}\}|\bnull\b|\bundefined\b")]
    private static partial Regex NoWord();

    // A comma or full stop after a space or alone on a line, two of them, or brackets around nothing.
    [GeneratedRegex(@"(?<=\w )[,.;!?](?=\s|$)|^[,;]|^\.(?!\.)|,\s*[,.](?=\s|$)|\(\s*\)", RegexOptions.Multiline)]
    private static partial Regex NoValue();

    [GeneratedRegex(@"\b\p{Lu}{5,}\b")]
    private static partial Regex Shout();

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Address();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
