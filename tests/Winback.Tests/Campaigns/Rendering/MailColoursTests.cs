using FsCheck.Xunit;
using Winback.Campaigns.Rendering;

namespace Winback.Tests.Campaigns.Rendering;

public sealed class MailColoursTests
{
    [Property]
    public void Words_stay_readable_whatever_colour_the_owner_chooses(byte red, byte green, byte blue)
    {
        var colours = new MailColours(new Colour(red, green, blue));
        Assert.True(colours.OnAccent.ContrastWith(colours.Accent) >= 4.5, "on the button, light");
        foreach (var background in new[] { "#ffffff", "#f7f4ee" }) // card and panel of the layout
            Assert.True(colours.AccentOnLight.ContrastWith(Colour.Parse(background)) >= 4.5, $"links, light, on {background}");
        foreach (var background in new[] { "#1f2322", "#2a2f2d" }) // the same in dark mode; the first is also what a button's words have
            Assert.True(colours.AccentOnDark.ContrastWith(Colour.Parse(background)) >= 4.5, $"links, dark, on {background}");
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
