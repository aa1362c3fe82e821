using System.Diagnostics.CodeAnalysis;
using Markdig;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Winback.Campaigns.Rendering;

/// <summary>
/// The Markdown of mails: CommonMark without HTML, code and autolinks (a backslash does not make a value literal in those), and a new
/// line is a new line, as in any mail. Two forms have a look of their own: a paragraph that is only a bold link is a button,
/// and a quotation is a panel.
/// </summary>
internal static class MailMarkdown
{
    public static MarkdownPipeline Pipeline { get; } = Build();

    public static MarkdownDocument Parse(string markdown) => Markdown.Parse(markdown, Pipeline);

    public static bool IsButton(ParagraphBlock paragraph, [NotNullWhen(true)] out LinkInline? link)
    {
        var bold = paragraph.Inline is { } inlines ? Only(inlines) as EmphasisInline : null;
        link = bold is { DelimiterCount: 2 } && Only(bold) is LinkInline { IsImage: false } only ? only : null;
        return link is not null;
    }

    private static Inline? Only(ContainerInline container) => container.FirstChild == container.LastChild ? container.FirstChild : null;

    private static MarkdownPipeline Build()
    {
        var builder = new MarkdownPipelineBuilder().UseSoftlineBreakAsHardlineBreak().DisableHtml();
        builder.BlockParsers.TryRemove<IndentedCodeBlockParser>();
        builder.BlockParsers.TryRemove<FencedCodeBlockParser>();
        builder.InlineParsers.TryRemove<CodeInlineParser>();
        builder.InlineParsers.TryRemove<AutolinkInlineParser>();
        return builder.Build();
    }
}
