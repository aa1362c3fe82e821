using System.Text;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Winback.Campaigns.Rendering;

/// <summary>
/// The body as HTML for mailboxes: each element carries its style, since many throw style sheets away. The classes are for dark mode
/// in layout.html, where a style sheet is read.
/// </summary>
internal static class MailHtml
{
    private const string Ink = "#1d2120";
    private const string Table = """<table role="presentation" cellpadding="0" cellspacing="0" border="0" """;
    private const string Title = "margin:0 0 18px;font-family:Georgia,'Times New Roman',serif;font-size:26px;line-height:1.3;font-weight:normal";
    private const string Button = "display:inline-block;padding:14px 28px;border-radius:8px;font-weight:600;line-height:1.25;text-decoration:none";

    // Outlook on Windows starts afresh in a table inside a cell: the letters of the layout have to be said again.
    private const string Letters = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Helvetica,Arial,sans-serif;font-size:16px";
    private const string PanelCell = "padding:18px 22px 2px;border-radius:0 8px 8px 0;background-color:#f7f4ee;line-height:1.75";

    // How wide the text of the layout is. Outlook on Windows heeds only the attribute, and shows a picture without one as large as it is.
    private const string TextWidth = "510";

    public static string Write(MarkdownDocument document, MailColours colours)
    {
        foreach (var node in document.Descendants()) Style(node, colours);
        using var writer = new StringWriter();
        var html = new HtmlRenderer(writer);
        MailMarkdown.Pipeline.Setup(html);
        html.ObjectRenderers.Replace<ParagraphRenderer>(new ParagraphOrButton(colours));
        html.ObjectRenderers.Replace<LinkInlineRenderer>(new ExactLink());
        html.ObjectRenderers.Replace<QuoteBlockRenderer>(new Panel(colours));
        html.Render(document);
        return writer.ToString().Trim();
    }

    private static void Style(MarkdownObject node, MailColours colours)
    {
        var (cssClass, style) = node switch
        {
            ParagraphBlock => (null, "margin:0 0 18px"),
            HeadingBlock { Level: 1 } => ("wb-title", $"{Title};color:{Ink}"),
            HeadingBlock => ("wb-title", $"margin:26px 0 10px;font-size:18px;line-height:1.4;color:{Ink}"),
            ListBlock => (null, "margin:0 0 18px;padding:0 0 0 22px"),
            ListItemBlock => (null, "margin:0 0 6px"),
            ThematicBreakBlock => ("wb-rule", "border:0;border-top:1px solid #e4e0d8;margin:26px 0"),
            LinkInline { IsImage: true } => (null, $"width:100%;max-width:{TextWidth}px;height:auto;border:0;display:block"),
            LinkInline => ("wb-link", $"color:{colours.AccentOnLight};text-decoration:underline"),
            _ => (null, null),
        };
        if (style is null) return;
        var attributes = node.GetAttributes();
        attributes.AddProperty("style", style);
        if (node is LinkInline { IsImage: true }) attributes.AddProperty("width", TextWidth);
        if (cssClass is not null) attributes.AddClass(cssClass);
    }

    // Tables inside cells: Outlook on Windows gives room inside a cell, not around a link, a quotation or a table.
    private sealed class ParagraphOrButton(MailColours colours) : ParagraphRenderer
    {
        protected override void Write(HtmlRenderer renderer, ParagraphBlock obj)
        {
            if (!MailMarkdown.IsButton(obj, out var link))
            {
                base.Write(renderer, obj);
                return;
            }
            renderer.EnsureLine();
            renderer.Write(Table).Write("""width="100%"><tr><td style="padding:8px 0 26px">""")
                .Write(Table).Write($"""class="wb-button-table"><tr><td class="wb-button" align="center" bgcolor="{colours.Accent}" """)
                .Write("style=\"border-radius:8px;mso-padding-alt:14px 28px;")
                .Write($"border:1px solid {colours.AccentOnLight};background-color:{colours.Accent}\">");
            var attributes = new HtmlAttributes();
            attributes.AddClass("wb-button-link");
            attributes.AddProperty("style", $"{Button};{Letters};mso-padding-alt:0;color:{colours.OnAccent}");
            link.SetAttributes(attributes);
            renderer.Write(link);
            renderer.WriteLine("</td></tr></table></td></tr></table>");
        }
    }

    // Markdig's own renderer rewrites characters that an address may well have; a signed link must arrive as it was made.
    private sealed class ExactLink : LinkInlineRenderer
    {
        protected override void Write(HtmlRenderer renderer, LinkInline obj)
        {
            if (obj.IsImage || !Ascii.IsValid(obj.Url))
            {
                base.Write(renderer, obj);
                return;
            }
            renderer.Write("<a href=\"").WriteEscape(obj.Url).Write('"').WriteAttributes(obj).Write('>');
            renderer.WriteChildren(obj);
            renderer.Write("</a>");
        }
    }

    private sealed class Panel(MailColours colours) : HtmlObjectRenderer<QuoteBlock>
    {
        protected override void Write(HtmlRenderer renderer, QuoteBlock obj)
        {
            renderer.EnsureLine();
            renderer.Write(Table).Write("""width="100%"><tr><td style="padding:4px 0 22px">""")
                .Write(Table).Write("""width="100%"><tr><td class="wb-panel" bgcolor="#f7f4ee" """)
                .WriteLine($"""style="{PanelCell};{Letters};color:{Ink};border-left:4px solid {colours.Accent}">""");
            renderer.WriteChildren(obj);
            renderer.WriteLine("</td></tr></table></td></tr></table>");
        }
    }
}
