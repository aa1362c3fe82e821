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
    private const string PanelCell = "padding:18px 22px 2px;border-radius:0 8px 8px 0;background-color:#f7f4ee;line-height:1.75";

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
            LinkInline { IsImage: true } => (null, "max-width:100%;height:auto;border:0;display:block"),
            LinkInline => ("wb-link", $"color:{colours.AccentOnLight};text-decoration:underline"),
            _ => (null, null),
        };
        if (style is null) return;
        var attributes = node.GetAttributes();
        attributes.AddProperty("style", style);
        if (cssClass is not null) attributes.AddClass(cssClass);
    }

    // Tables inside: Outlook on Windows gives room around a cell, not around a link or a quotation.
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
            renderer.Write(Table).Write("""class="wb-button-table" style="margin:8px 0 26px"><tr>""")
                .Write($"""<td class="wb-button" style="border-radius:8px;background-color:{colours.Accent}">""");
            var attributes = new HtmlAttributes();
            attributes.AddClass("wb-button-link");
            attributes.AddProperty("style", $"{Button};color:{colours.OnAccent}");
            link.SetAttributes(attributes);
            renderer.Write(link);
            renderer.WriteLine("</td></tr></table>");
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
            renderer.Write(Table).Write("""width="100%" style="margin:4px 0 22px"><tr>""")
                .Write($"""<td class="wb-panel" style="{PanelCell};border-left:4px solid {colours.Accent}">""")
                .WriteLine();
            renderer.WriteChildren(obj);
            renderer.WriteLine("</td></tr></table>");
        }
    }
}
