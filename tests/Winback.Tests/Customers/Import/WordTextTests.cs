using Winback.Customers.Import;

namespace Winback.Tests.Customers.Import;

public sealed class WordTextTests
{
    [Theory]
    [InlineData("ja", true)]
    [InlineData("YES", true)]
    [InlineData("True", true)]
    [InlineData("1", true)]
    [InlineData("y", true)]
    [InlineData("J", true)]
    [InlineData("nee", false)]
    [InlineData("No", false)]
    [InlineData("FALSE", false)]
    [InlineData("0", false)]
    [InlineData("n", false)]
    [InlineData(" ", false)] // empty is no permission
    [InlineData(null, false)]
    public void Yes_and_no_in_two_languages(string? text, bool expected)
    {
        Assert.True(WordText.TryParseYesNo(text, out var yes, out var problem), problem);
        Assert.Equal(expected, yes);
    }

    [Theory]
    [InlineData("misschien")]
    [InlineData("2")]
    [InlineData("x")]
    public void Any_other_word_is_refused(string text)
    {
        Assert.False(WordText.TryParseYesNo(text, out var yes, out var problem));
        Assert.False(yes);
        Assert.Contains("yes or no", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nl", "nl")]
    [InlineData("NL-be", "nl")]
    [InlineData("Nederlands", "nl")]
    [InlineData("Dutch", "nl")]
    [InlineData("en_GB", "en")]
    [InlineData("Engels", "en")]
    [InlineData("english", "en")]
    [InlineData("Frans", null)] // no texts in it: unknown, not refused
    [InlineData("", null)]
    [InlineData(null, null)]
    public void The_language_is_nl_or_en_or_unknown(string? text, string? expected) => Assert.Equal(expected, WordText.Language(text));
}
