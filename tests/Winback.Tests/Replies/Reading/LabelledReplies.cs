using System.Text.Json;
using Winback.Cli.Commands.Replies;
using Winback.Tests.Campaigns.Rendering;

namespace Winback.Tests.Replies.Reading;

/// <summary>Replies that people labelled: our own, and where they are (<see cref="SampleData"/>), those of the label guide.</summary>
internal static class LabelledReplies
{
    /// <summary>What rules and examples may be made from.</summary>
    public static IEnumerable<LabelledLine> Development() => [.. Of("development"), .. Of("development-hard")];

    /// <summary>What they may not be made from.</summary>
    public static IEnumerable<LabelledLine> Test() => [.. Of("test"), .. Of("test-mixed"), .. Of("test-blind")];

    /// <param name="set">The name of its file.</param>
    public static List<LabelledLine> Of(string set) => Read(Path.Combine(SampleMails.Repository, "tests", "Winback.Tests", "Fixtures", "replies", set + ".jsonl"));

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
