using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Winback.Campaigns.Rendering;

/// <summary>A mail as it reads without any formatting: no Markdown marks, links as "Text: address", lists with "- ".</summary>
internal static class PlainText
{
    private const int Width = 76;

    public static string Write(MarkdownDocument document, IEnumerable<string> footer) =>
        string.Join('\n', [.. Blocks(document, Width, spaced: true), "", "--", .. footer.SelectMany(line => Wrap(line, Width)), ""]);

    /// <summary>Its paragraphs and the items of its lists, each on one line however long.</summary>
    public static IReadOnlyList<string> Lines(MarkdownDocument document) =>
        [.. Blocks(document, int.MaxValue, spaced: false).Where(line => line.Length > 0)];

    private static IEnumerable<string> Blocks(IEnumerable<Block> blocks, int width, bool spaced)
    {
        var first = true;
        foreach (var block in blocks)
        {
            if (!first && spaced) yield return "";
            first = false;
            foreach (var line in Lines(block, width)) yield return line;
        }
    }

    private static IEnumerable<string> Lines(Block block, int width) => block switch
    {
        ListBlock list => Items(list, width),
        QuoteBlock quote => Hang("  ", Blocks(quote, width - 2, spaced: true)),
        ContainerBlock container => Blocks(container, width, spaced: true),
        LeafBlock { Inline: { } inlines } => Inlines(inlines).Split('\n').SelectMany(line => Wrap(line, width)),
        ThematicBreakBlock => ["----"],
        _ => [],
    };

    private static IEnumerable<string> Items(ListBlock list, int width)
    {
        var number = int.TryParse(list.OrderedStart, out var start) ? start : 1;
        return Spaced(list.Cast<ListItemBlock>().Select((item, index) =>
        {
            var mark = list.IsOrdered ? $"{number + index}. " : "- ";
            return Hang(mark, Blocks(item, width - mark.Length, list.IsLoose));
        }), list.IsLoose);
    }

    private static IEnumerable<string> Spaced(IEnumerable<IEnumerable<string>> parts, bool spaced) =>
        parts.SelectMany((part, index) => spaced && index > 0 ? part.Prepend("") : part);

    private static IEnumerable<string> Hang(string mark, IEnumerable<string> lines) =>
        lines.Select((line, index) => line.Length == 0 ? "" : (index == 0 ? mark : new string(' ', mark.Length)) + line);

    private static string Inlines(ContainerInline container) => string.Concat(container.Select(Inline));

    private static string Inline(Inline inline) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        LineBreakInline => "\n",
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        LinkInline { IsImage: false } link => Link(Inlines(link), link.Url ?? ""),
        ContainerInline container => Inlines(container),
        _ => "",
    };

    private static string Link(string text, string url) => text.Length == 0 || text == url ? url : $"{text}: {url}";

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }
            if (line.Length > 0) line.Append(' ');
            line.Append(word);
        }
        yield return line.ToString();
    }
}
