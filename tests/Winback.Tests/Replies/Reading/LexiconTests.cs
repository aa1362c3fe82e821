using System.Text.RegularExpressions;
using Winback.Replies.Reading;

namespace Winback.Tests.Replies.Reading;

public sealed class LexiconTests
{
    private const string Lists = "[words language]\nde het een\n[words negation]\nniet geen\n[words contrast]\nmaar\n[words me]\nik\n[words you]\njullie\n";

    [Theory]
    [InlineData("[prijs]\nduur", "nl.txt, line 11: [prijs] is no section; write one of out-of-sight")]
    [InlineData("[examples price refunds]\nTe duur", "nl.txt, line 11: [examples price refunds] is no section; write one of out-of-sight")]
    [InlineData("[price]\n0 duur", "nl.txt, line 12: has a weight of 0; write 1 to 9.")]
    [InlineData("[price]\n... duur", "nl.txt, line 12: \"... duur\" must begin with a word")]
    [InlineData("[price]\nte ...", "nl.txt, line 12: \"te ...\" ends with a gap; end it with a word.")]
    [InlineData("[price]\na ... b ... c ... d ... e", "nl.txt, line 12: \"a ... b ... c ... d ... e\" has too many gaps; write at most 3.")]
    [InlineData("[price]\ndu*", "matches too much; write 3 letters or more beside *.")]
    [InlineData("[price]\nte @heel duur", "names @heel, and there is no such word list above it")]
    [InlineData("[price]\nte ^ duur", "has ^ or $ inside; ^ comes first and $ last.")]
    [InlineData("[price]\nte (duur)", "\"(duur)\" is no word; write letters and digits")]
    public void What_is_wrong_is_told_with_its_line_and_what_to_write(string section, string problem) =>
        Assert.Contains(problem, Assert.Throws<LexiconException>(() => Lexicon.Parse([("nl.txt", Lists + section)])).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_problem_is_told_at_once()
    {
        var e = Assert.Throws<LexiconException>(() => Lexicon.Parse([("nl.txt", "duur\n" + Lists + "[nothing]\n"), ("en.txt", "")]));

        Assert.Contains("nl.txt, line 1: stands before the first section", e.Message, StringComparison.Ordinal);
        Assert.Contains("nl.txt, line 12: [nothing] is no section", e.Message, StringComparison.Ordinal);
        Assert.Contains("en.txt: has no word list [words negation]; copy it from the file that ships.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_files_is_told() =>
        Assert.Contains("there is no lexicon here; copy nl.txt and en.txt", Assert.Throws<LexiconException>(() => Lexicon.Load("/nowhere")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("schreeuwend duur", "Het was schreeuwend duur.", true)]
    [InlineData("duur*", "Duurder werd het.", true)]
    [InlineData("*duur", "Peperduur.", true)]
    [InlineData("te .. duur", "Het is te gek duur.", true)]
    [InlineData("te .. duur", "Het is te veel, te lang en gek duur.", false)]
    [InlineData("te ... duur", "Te lang gewacht. Duur ook.", false)]
    [InlineData("te heel? duur", "Te duur.", true)]
    [InlineData("^ duur $", "Duur!", true)]
    [InlineData("^ duur $", "Dat is duur.", false)]
    [InlineData("N euro", "Voor € 85 en 12 euro.", true)]
    [InlineData("veel_te|zo duur", "Veel te duur.", true)]
    [InlineData("zon prijs", "Wat een prijs, zo'n prijs.", true)]
    [InlineData("duur", "Het is niet duur.", false)]
    [InlineData("niet duur", "Het is niet duur.", true)]
    public void A_line_that_an_owner_adds_is_understood(string line, string text, bool matches)
    {
        var reader = new ReplyReader(Lexicon.Parse([("nl.txt", $"{Lists}[price]\n4 {line}\n")]));

        Assert.Equal(matches, reader.Read(new IncomingReply("", "", text)).SubReason == SubReason.Price);
    }

    [Theory]
    [InlineData("price", true)]
    [InlineData("deceased", false)]
    public void An_example_that_an_owner_adds_makes_a_guess_but_of_nobody_s_death(string sub, bool guessed)
    {
        var reader = new ReplyReader(Lexicon.Parse([("nl.txt", $"{Lists}[examples none]\nAlles goed\n[examples {sub}]\nDe portemonnee blijft voortaan dichtgeknoopt\n")]));

        var reading = reader.Read(new IncomingReply("", "", "Portemonnee blijft dichtgeknoopt"));

        Assert.Equal(guessed, Labels.Of(reading.SubReason) == sub);
        Assert.InRange(reading.Confidence["reason"], 0, 0.25);
    }

    [Fact]
    public void What_is_learned_of_a_word_is_known_of_those_that_mean_alike()
    {
        var lexicon = Lexicon.Parse([("nl.txt", $"{Lists}[meaning purse]\nportemonnee beurs knip*\n[examples none]\nAlles goed\n[examples price]\nMijn portemonnee bepaalt\n")]);

        Assert.True(Price("Zijn knipje") > Price("Zijn hoed"));
        Assert.True(Price("Zijn beurs") > Price("Zijn hoed"));

        double Price(string text) => lexicon.Learned.Of(Words.Of(text)).Subs[SubReason.Price];
    }

    [Fact]
    public void An_example_teaches_what_it_asks_for_and_names_the_words()
    {
        const string Taught = $"{Lists}[examples none return]\nSchuif me maar tussendoor\nSchuif maar aan\n[examples none]\nNiets bijzonders\nGaat u verder\n";

        var reading = Read(Taught, "Schuif maar tussendoor");

        Assert.Equal([Intent.Return], reading.Intents);
        Assert.Contains("tussendoor", reading.Evidence["return"]);
    }

    private static ReplyReading Read(string lexicon, string text) => new ReplyReader(Lexicon.Parse([("nl.txt", lexicon)])).Read(new IncomingReply("", "", text));

    [Fact]
    public void No_regular_expression_of_the_reading_can_backtrack() =>
        Assert.All(
            from type in typeof(ReplyReader).Assembly.GetTypes()
            where type.Namespace == typeof(ReplyReader).Namespace
            from method in type.GetMethods(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Public)
            where method.ReturnType == typeof(Regex) && method.GetParameters().Length == 0
            select (Regex)method.Invoke(null, null)!,
            regex => Assert.True(regex.Options.HasFlag(RegexOptions.NonBacktracking), regex.ToString()));
}
