using System.Globalization;
using System.Net;
using System.Text;

namespace Winback.Cli.Commands.Campaigns;

/// <param name="File">Of the HTML, beside the page; null for a call, which has only the text.</param>
/// <param name="Findings">What the check says of it.</param>
internal sealed record PreviewedMail(string Step, string Language, string Subject, string? File, string Text, IReadOnlyList<string> Findings);

/// <summary>One page with all steps of a campaign: each mail as a desk, a phone and a reader of plain text shows it, and what to say in each call.</summary>
internal static class PreviewPage
{
    private const string Style = """
        body { font: 16px/1.5 system-ui, sans-serif; margin: 24px; background: #e9ecef; color: #1d2120; }
        h2 { margin: 40px 0 8px; } small { font-weight: normal; color: #555; }
        .row { display: flex; gap: 20px; flex-wrap: wrap; align-items: flex-start; }
        iframe { border: 1px solid #bbb; background: #fff; height: 1120px; }
        .desk { width: 700px; } .phone { width: 390px; }
        pre { margin: 0; padding: 16px; border: 1px solid #bbb; background: #fff; font: 13px/1.5 ui-monospace, monospace; }
        """;

    public static string Write(string campaign, IEnumerable<PreviewedMail> mails)
    {
        var page = new StringBuilder($"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{Text(campaign)}</title><style>\n{Style}\n</style></head><body>\n<h1>{Text(campaign)}</h1>\n");
        foreach (var mail in mails)
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2 lang=\"{mail.Language}\">{Text(mail.Subject)} <small>{Text(mail.Step)}{(mail.File is null ? ", a call" : "")}, {mail.Language}, {mail.Subject.Length} characters</small></h2>\n");
            foreach (var finding in mail.Findings) page.Append(CultureInfo.InvariantCulture, $"<p>{Text(finding)}</p>\n");
            page.Append("<div class=\"row\">\n");
            foreach (var kind in mail.File is null ? [] : new[] { "desk", "phone" })
                page.Append(CultureInfo.InvariantCulture, $"<iframe class=\"{kind}\" title=\"{Text(mail.Step)} {mail.Language} {kind}\" src=\"{Uri.EscapeDataString(mail.File!)}\"></iframe>\n");
            page.Append(CultureInfo.InvariantCulture, $"<pre>{Text(mail.Text)}</pre>\n</div>\n");
        }
        return page.Append("</body></html>\n").ToString();
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
