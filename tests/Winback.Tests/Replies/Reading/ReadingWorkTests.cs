using System.Text;
using Winback.Replies.Reading;

namespace Winback.Tests.Replies.Reading;

/// <summary>What reading costs, counted and not timed: patterns tried, and lines and words kept.</summary>
public sealed class ReadingWorkTests
{
    /// <summary>Patterns tried per word at most. The shipped lexicon tries about a tenth of it on ordinary text.</summary>
    private const int MaxWorkPerWord = 3000;

    [Fact]
    public void No_mutation_of_a_reply_makes_it_dear_to_read()
    {
        var seeds = LabelledReplies.Development().Concat(LabelledReplies.Test()).Select(l => l.Text!).ToList();
        var random = new Random(20261124);
        for (var i = 0; i < 3000; i++) AssertCheap(Mutated(seeds[random.Next(seeds.Count)], random));
    }

    public static TheoryData<string> Extremes() =>
    [
        new string('>', 300_000), string.Concat(Enumerable.Repeat("> ", 150_000)), new string(' ', 300_000), new string('\n', 300_000), new string('a', 300_000),
        string.Concat(Enumerable.Repeat("On 1 ", 60_000)), string.Concat(Enumerable.Repeat("Op 1 schreef\n", 30_000)), string.Concat(Enumerable.Repeat("Van: x\n", 40_000)),
        string.Concat(Enumerable.Repeat("<div", 60_000)), string.Concat(Enumerable.Repeat("<div>", 60_000)), string.Concat(Enumerable.Repeat("[cid:", 60_000)),
        string.Concat(Enumerable.Repeat("niet te niet ", 30_000)), string.Concat(Enumerable.Repeat("-----", 60_000)), string.Concat(Enumerable.Repeat("_\n", 90_000)),
        string.Concat(Enumerable.Repeat("?!.", 90_000)), "\ud800\udc00\ud800", string.Concat(Enumerable.Repeat("é\u0301\u0301", 50_000)), "<html>" + new string('<', 200_000),
    ];

    [Theory]
    [MemberData(nameof(Extremes))]
    public void Nor_does_a_text_made_to_be_dear(string text) => AssertCheap(text);

    private static void AssertCheap(string text)
    {
        Assert.InRange(MailText.Lines(text).Count, 0, MailText.MaxLines);
        var reply = ReplyText.Extract(text);
        var words = Words.Of(reply);
        Assert.InRange(words.Count, 0, Words.MaxWords);
        Scores.Of(words, Shipped.Lexicon.All);
        Assert.InRange(words.Work, 0, (long)MaxWorkPerWord * Math.Max(1, words.Count));
        Assert.NotNull(Shipped.Read(text, text, text));
    }

    private static string Mutated(string seed, Random random)
    {
        var text = new StringBuilder(seed);
        for (var n = random.Next(1, 6); n > 0; n--)
        {
            var at = random.Next(text.Length + 1);
            switch (random.Next(6))
            {
                case 0: text.Insert(at, new string("> <\n\t_-.?"[random.Next(9)], random.Next(1, 2000))); break;
                case 1: text.Insert(at, seed[random.Next(seed.Length)..]); break;
                case 2: text.Remove(at, Math.Min(text.Length - at, random.Next(1, 60))); break;
                case 3: text.Insert(at, (char)random.Next(0x10000)); break;
                case 4: text.Insert(at, string.Concat(Enumerable.Repeat("\n> ", random.Next(1, 300)))); break;
                default: text.Replace("\n", random.Next(2) == 0 ? "\r\n" : " "); break;
            }
        }
        return text.ToString();
    }
}
