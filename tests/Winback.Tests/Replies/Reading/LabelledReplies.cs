using System.Text.Json;
using Winback.Cli.Commands.Replies;
using Winback.Tests.Campaigns.Rendering;

namespace Winback.Tests.Replies.Reading;

/// <summary>Replies that people labelled: our own, and where they are (<see cref="SampleData"/>), those of the label guide.</summary>
internal static class LabelledReplies
{
    /// <summary>Of a half: <c>development</c>, which rules may be made from, or <c>test</c>, which they may not.</summary>
    public static List<LabelledLine> Of(string half) => Read(Path.Combine(SampleMails.Repository, "tests", "Winback.Tests", "Fixtures", "replies", half + ".jsonl"));

    /// <summary>Empty where they are not.</summary>
    public static List<LabelledLine> OfTheLabelGuide()
    {
        var path = SampleData.PathOf("replies", "labelled.jsonl");
        return File.Exists(path) ? Read(path) : [];
    }

    public static ReplyFigures Score(IEnumerable<LabelledLine> lines)
    {
        var score = new ReplyScore();
        foreach (var line in lines) score.Add(line, Shipped.Reader.Read(line.Mail));
        return score.Figures(bad: 0);
    }

    private static List<LabelledLine> Read(string path) => [.. File.ReadLines(path).Select(l => JsonSerializer.Deserialize(l, ReplyLinesJson.Default.LabelledLine)!)];
}
