using Winback.Campaigns.Rendering;

namespace Winback.Tests.Campaigns.Rendering;

public sealed class MailColoursTests
{
    [Theory]
    [InlineData("#1f5f5b")] // the default
    [InlineData("#ffd400")] // yellow: unreadable on white as it is
    [InlineData("#000000")]
    [InlineData("#ffffff")]
    [InlineData("#7f7f7f")]
    [InlineData("#0000ff")]
    public void Words_stay_readable_whatever_colour_the_owner_chooses(string accent)
    {
        var colours = new MailColours(Colour.Parse(accent));
        Assert.True(colours.OnAccent.ContrastWith(colours.Accent) >= 4, "on the button");
        Assert.True(colours.AccentOnLight.ContrastWith(Colour.White) >= 4.5, "links, light");
        Assert.True(colours.AccentOnDark.ContrastWith(Colour.Parse("#1f2322")) >= 4.5, "links, dark");
    }

    [Fact]
    public void A_readable_colour_is_left_as_it_is() =>
        Assert.Equal(MailColours.Default.Accent, MailColours.Default.AccentOnLight);

    [Theory]
    [InlineData("1f5f5b")]
    [InlineData("#1f5f5")]
    [InlineData("#1f5f5g")]
    [InlineData("red;} body{display:none")]
    [InlineData(null)]
    public void What_is_not_a_colour_is_refused(string? text)
    {
        Assert.False(Colour.TryParse(text, out _, out var problem));
        Assert.Contains("#rrggbb", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_colour_is_written_as_it_was_read() => Assert.Equal("#0a5ffb", Colour.Parse("#0A5FFB").ToString());
}
