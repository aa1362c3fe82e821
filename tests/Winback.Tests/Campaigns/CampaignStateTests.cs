using Winback.Campaigns;

namespace Winback.Tests.Campaigns;

public sealed class CampaignStateTests
{
    private static readonly DateTimeOffset Day = Given.Now.Instant;

    [Theory]
    [InlineData("v1", 1, false)] // published on day 0
    [InlineData("v1", 3, true)] // paused on day 2
    [InlineData("v2", 5, true)] // published anew on day 4: the pause goes on
    [InlineData("v2", 7, false)] // resumed on day 6
    [InlineData("v1", 9, false)] // back to the first on day 8
    public void What_holds_on_a_day_is_what_was_done_until_then(string version, int day, bool isPaused)
    {
        var state = CampaignState.At(History(), Day.AddDays(day))["menu"];
        Assert.Equal((version, isPaused), (state.Version, state.PausedAt is not null));
    }

    [Fact]
    public void The_order_in_which_they_are_read_does_not_matter() =>
        Assert.Equal(CampaignState.At(History(), Day.AddDays(5)), CampaignState.At(History().Reverse(), Day.AddDays(5)));

    [Fact]
    public void Before_it_was_published_there_is_no_campaign()
    {
        Assert.Empty(CampaignState.At(History(), Day.AddDays(-1)));
        Assert.Empty(CampaignState.At([new Publication("menu", Day, PublicationKind.Paused), new Publication("menu", Day, PublicationKind.Resumed)], Day));
    }

    [Fact]
    public void A_second_pause_does_not_move_the_first() =>
        Assert.Equal(Day.AddDays(2), CampaignState.At([.. History(), new Publication("menu", Day.AddDays(3), PublicationKind.Paused)], Day.AddDays(3))["menu"].PausedAt);

    private static IEnumerable<Publication> History() =>
    [
        new("menu", Day, PublicationKind.Published, "v1"),
        new("menu", Day.AddDays(2), PublicationKind.Paused),
        new("menu", Day.AddDays(4), PublicationKind.Published, "v2"),
        new("menu", Day.AddDays(6), PublicationKind.Resumed),
        new("menu", Day.AddDays(8), PublicationKind.Published, "v1"),
    ];
}
