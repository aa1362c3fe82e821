using Winback.Cli.Commands.Replies;
using Winback.Replies.Reading;

namespace Winback.Tests.Replies.Reading;

/// <summary>Holds the reading to what it was measured at (docs/replies.md), rounded down.</summary>
public sealed class ReadingFiguresTests
{
    [Theory]
    [InlineData("development", 0.99, 0.98, 1, 0.95)]
    [InlineData("development-hard", 0.99, 0.96, 1, 0.94)]
    [InlineData("test", 1, 0.94, 1, 0.97)]
    [InlineData("test-mixed", 1, 0.9, 1, 0.89)]
    [InlineData("test-blind", 1, 0.92, 1, 0.91)]
    public void The_figures_do_not_fall(string set, double automatic, double reason, double text, double intents) =>
        AssertAtLeast(LabelledReplies.Score(LabelledReplies.Of(set)), automatic, reason, text, intents);

    [Fact]
    public void Nor_do_those_on_the_examples_of_the_label_guide()
    {
        var examples = LabelledReplies.OfTheLabelGuide();

        Assert.SkipWhen(examples.Count == 0, "They are not here. Let WINBACK_SAMPLE_DATA name the folder that has replies/labelled.jsonl.");
        AssertAtLeast(LabelledReplies.Score(examples), 0.98, 0.98, 0.98, 0.95);
    }

    [Fact]
    public void The_halves_share_no_reply() =>
        Assert.Empty(LabelledReplies.Development().Select(l => l.Reply).Intersect(LabelledReplies.Test().Select(l => l.Reply)));

    [Fact]
    public void Labels_are_complete_and_agree()
    {
        var all = LabelledReplies.Development().Concat(LabelledReplies.Test()).ToList();

        Assert.Equal(all.Count, all.Select(l => l.Id).Distinct().Count());
        Assert.All(all, l => Assert.Null(ScoreCommand.ProblemOf(l)));
        Assert.All(all, l => Assert.Equal(l.Reason, SubReasons.ReasonOf(l.SubReason!.Value)));
        Assert.All(all.Where(l => l.Automatic == true), l => Assert.Equal((Reason.None, 0), (l.Reason!.Value, l.Intents!.Count)));
        Assert.All(Enum.GetValues<SubReason>(), sub => Assert.True(all.Count(l => l.SubReason == sub) >= 8, $"{sub} is there too seldom"));
    }

    [Fact]
    public void A_figure_counts_what_the_label_guide_says()
    {
        var score = new ReplyScore();
        score.Add(Labelled("1", automatic: true), Shipped.Read("Peperduur.", headers: "X-Autoreply: yes"));
        score.Add(Labelled("2", reply: "Veel  te duur.<br>", reason: Reason.Dissatisfied, sub: SubReason.Price), Shipped.Read("Veel te duur."));
        score.Add(Labelled("3", reply: "Bel mij.", intents: [Intent.CallMe, Intent.Return]), Shipped.Read("Bel mij. Bedankt."));

        var figures = score.Figures(bad: 0);

        Assert.Equal((3, 2, 1, 1, 0.5, 0.5), (figures.Replies, figures.Human, figures.Automatic, figures.Reason, figures.Text, figures.IntentsF1));
        Assert.Contains(figures.Confusions, c => c is { Label: "intents return", Read: "(no)" } && c.Ids.SequenceEqual(["3"]));
    }

    private static LabelledLine Labelled(
        string id, bool automatic = false, string reply = "", Reason reason = Reason.None, SubReason sub = SubReason.None, List<Intent>? intents = null) =>
        new(id, "", "", "", reply, automatic, reason, sub, intents ?? []);

    private static void AssertAtLeast(ReplyFigures f, double automatic, double reason, double text, double intents)
    {
        Assert.InRange(f.Automatic, automatic, 1);
        Assert.InRange(f.Reason, reason, 1);
        Assert.InRange(f.Text, text, 1);
        Assert.InRange(f.IntentsF1, intents, 1);
    }
}
