using Winback.Replies;
using Winback.Replies.Reading;

namespace Winback.Tests.Replies;

/// <summary>What follows from what is read. Pure.</summary>
public sealed class FollowUpTests
{
    private const string Nobody = "";

    /// <summary>S stops, O opts out, E erases, D deceased, A may be asked again.</summary>
    [Theory]
    [InlineData("none", "", "S", "", "answer")] // nothing we understand: a human being should read it
    [InlineData("none", "thanks", "S", "", "")] // just thanks: nothing to do
    [InlineData("out-of-sight", "", "S", "way-back", "")] // the easiest way back at once
    [InlineData("none", "return", "S", "way-back", "")] // whatever kept them away
    [InlineData("price", "", "S", "apology", "solve")] // a case opens
    [InlineData("service", "return", "S", "apology", "solve")] // coming back on a condition is a complaint first
    [InlineData("quality", "call-me", "S", "apology", "solve,call")] // the complaint is the most pressing
    [InlineData("delivery", "question", "S", "apology", "solve,answer")]
    [InlineData("billing", "unsubscribe", "SO", "", "solve")] // who wants no mail gets none, and the complaint still is one
    [InlineData("moved", "", "SA", "thanks", "")] // a later "may we ask again", and the referral question
    [InlineData("job", "refer", "SA", "thanks", "referral")] // the named person is never mailed
    [InlineData("health", "", "SA", "sympathy", "")] // no question at all
    [InlineData("family", "", "SA", "sympathy", "")]
    [InlineData("moved", "return", "S", "way-back", "")] // wants to come back now: no reason to wait months
    [InlineData("moved", "unsubscribe", "SAO", "", "")]
    [InlineData("deceased", "", "SD", "", "note-death")] // silently and for good
    [InlineData("deceased", "unsubscribe", "SDO", "", "note-death")]
    [InlineData("deceased", "return,question,call-me", "SD", "", "note-death")] // nothing else counts then
    [InlineData("none", "erase-data", "SOE", "", "erase")] // forgotten is more than unsubscribed
    [InlineData("quality", "erase-data,question", "SOE", "", "erase")]
    [InlineData("deceased", "erase-data", "SODE", "", "erase")]
    [InlineData("none", "unsubscribe", "SO", "", "")] // in words counts; no answer to it
    [InlineData("none", "call-me", "S", "call-back", "call")]
    [InlineData("out-of-sight", "call-me", "S", "call-back", "call")] // a promise to call is what they asked for
    [InlineData("none", "question", "S", "", "answer")] // wants a human answer, so no automatic one before it
    [InlineData("out-of-sight", "question", "S", "", "answer")]
    [InlineData("none", "already-customer", "S", "", "correct-records")] // our records are wrong: no cheerful mail
    [InlineData("none", "refer", "S", "", "referral")]
    [InlineData("none", "unsubscribe,call-me", "SO", "", "call")]
    public void What_follows_from_a_reading(string sub, string intents, string flags, string answer, string tasks)
    {
        var followUp = FollowUp.Of(Given(sub, intents));

        Assert.Equal(
            (Sorted(flags), answer, tasks),
            (Flags(followUp), followUp.Answer is { } kind ? Labels.Of(kind) : Nobody, string.Join(',', followUp.Tasks.Select(t => Labels.Of(t)))));
        Assert.Equal(tasks.Contains("solve", StringComparison.Ordinal), followUp.OpensCase);
    }

    [Fact] // and it is in time: the reading comes after the hold
    public void What_was_not_read_yet_counts_as_written_by_a_human_being() => Assert.Equal(("S", 0), (Flags(FollowUp.Of(null)), FollowUp.Of(null).Tasks.Length));

    [Fact]
    public void From_a_machines_mail_nothing_follows()
    {
        var machine = FollowUp.Of(Given("quality", "unsubscribe") with { Automatic = true });
        Assert.Equal(("", null, 0), (Flags(machine), machine.Answer, machine.Tasks.Length));
    }

    [Theory]
    [InlineData(0.29, "", "answer")] // shown to the owner, and nothing follows from it by itself
    [InlineData(0.3, "apology", "solve")]
    [InlineData(1.0, "apology", "solve")]
    public void A_reason_that_is_hardly_sure_is_for_the_owner_to_judge(double confidence, string answer, string task)
    {
        var reading = Given("service", "");
        var followUp = FollowUp.Of(reading with { Confidence = reading.Confidence.SetItem("reason", confidence) });
        Assert.Equal((answer, task), (followUp.Answer is { } kind ? Labels.Of(kind) : "", Labels.Of(followUp.Tasks.Single())));
    }

    [Fact]
    public void For_every_reading_a_human_reply_stops_and_silence_stays_silence()
    {
        var intents = Enum.GetValues<Intent>();
        foreach (var sub in Enum.GetValues<SubReason>())
        {
            for (var set = 0; set < 1 << intents.Length; set++)
            {
                var reading = ReplyReading.Given("", Reason.None, sub, [.. intents.Where((_, i) => (set & (1 << i)) != 0)]);
                var followUp = FollowUp.Of(reading);
                Assert.True(followUp.Stops);
                Assert.True(!followUp.OptsOut || followUp.Answer is null);
                Assert.True(!(followUp.Erases || followUp.IsDeceased) || followUp is { Answer: null, AsksAgain: false, OpensCase: false });
                Assert.Equal(reading.Intents.Contains(Intent.Unsubscribe) || followUp.Erases, followUp.OptsOut);
                Assert.NotEqual(AnswerKind.Invitation, followUp.Answer); // only after a solved complaint
                Assert.True(reading.Reason != Reason.Dissatisfied || followUp.Erases || followUp.OpensCase);
            }
        }
    }

    private static string Flags(FollowUp f) => Sorted($"{(f.Stops ? "S" : "")}{(f.OptsOut ? "O" : "")}{(f.Erases ? "E" : "")}{(f.IsDeceased ? "D" : "")}{(f.AsksAgain ? "A" : "")}");

    private static string Sorted(string flags) => string.Concat(flags.Order());

    private static ReplyReading Given(string sub, string intents)
    {
        Assert.True(Labels.TryParse<SubReason>(sub, out var reason));
        return ReplyReading.Given("", Reason.None, reason, [.. intents.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(i => Labels.TryParse<Intent>(i, out var intent) ? intent : throw new ArgumentException(i))]);
    }
}
