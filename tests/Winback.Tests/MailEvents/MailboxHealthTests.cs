using Winback.Customers;

namespace Winback.Tests.MailEvents;

public sealed class MailboxHealthTests
{
    private static readonly DateTimeOffset Day = new(2026, 10, 13, 0, 0, 0, TimeSpan.Zero);

    [Theory] // s: soft bounce, d: delivered, h: hard bounce, c: complaint; one a day from 13 October
    [InlineData("", null, 0)]
    [InlineData("ssss", null, 0)]
    [InlineData("sssss", "5 soft bounces in a row", 4)]
    [InlineData("ssssss", "5 soft bounces in a row", 4)] // since the fifth
    [InlineData("ssdsss", null, 0)]
    [InlineData("ssdsssss", "5 soft bounces in a row", 7)]
    [InlineData("sssssd", null, 0)] // it takes mail again
    [InlineData("dh", "hard bounce", 1)]
    [InlineData("hd", "hard bounce", 0)]
    [InlineData("hh", "hard bounce", 0)]
    [InlineData("sssssh", "hard bounce", 5)]
    [InlineData("hc", "spam complaint", 1)]
    [InlineData("dcd", "spam complaint", 1)]
    public void A_mailbox_is_suppressed_by_what_was_told_whatever_the_order(string told, string? why, int sinceDay)
    {
        var news = told.Select((c, i) => (News: NewsOf(c), Day: i)).ToList();
        var random = new Random(20261013);

        for (var i = 0; i < 200; i++)
        {
            var order = news.Concat(news.Where(_ => random.Next(2) == 0)).OrderBy(_ => i == 0 ? 0 : random.Next()).ToList();
            var health = order.Aggregate(MailboxHealth.Unknown, (h, n) => h.Hear(n.News, Day.AddDays(n.Day), $"e{n.Day}"));
            Assert.Equal(why is null ? null : new Suppression(why, Day.AddDays(sinceDay)), health.Suppression);
        }
    }

    [Theory] // The owner lets mail go there again on the last day but one.
    [InlineData("hs", null, 0)]
    [InlineData("sssssd", null, 0)]
    [InlineData("hhh", "hard bounce", 2)] // it bounced again
    [InlineData("ssssss", null, 0)]
    [InlineData("hch", "spam complaint", 1)] // not the owner's to lift
    public void What_bounced_until_it_was_lifted_counts_no_more_whenever_it_is_told(string told, string? why, int sinceDay)
    {
        var lifted = told.Length - 2;
        var random = new Random(20261013);

        for (var i = 0; i < 200; i++)
        {
            var order = Enumerable.Range(0, told.Length).OrderBy(_ => random.Next()).ToList();
            var before = order.Where(day => day <= lifted && random.Next(2) == 0).ToList();
            var health = Hear(Hear(MailboxHealth.Unknown, before).Lift(Day.AddDays(lifted)), order);
            Assert.Equal(why is null ? null : new Suppression(why, Day.AddDays(sinceDay)), health.Suppression);
        }

        MailboxHealth Hear(MailboxHealth health, IEnumerable<int> days) => days.Aggregate(health, (h, day) => h.Hear(NewsOf(told[day]), Day.AddDays(day), $"e{day}"));
    }

    private static MailboxNews NewsOf(char c) =>
        c switch { 's' => MailboxNews.SoftBounce, 'd' => MailboxNews.Delivered, 'h' => MailboxNews.HardBounce, _ => MailboxNews.Complaint };

    [Fact]
    public void What_is_known_changes_nothing()
    {
        foreach (var news in Enum.GetValues<MailboxNews>())
        {
            var health = MailboxHealth.Unknown.Hear(news, Day, "e1");
            Assert.NotSame(MailboxHealth.Unknown, health);
            Assert.Same(health, health.Hear(news, Day, "e1"));
        }
    }

    [Fact]
    public void A_flood_of_soft_bounces_is_not_kept_whole()
    {
        var health = Enumerable.Range(0, 1000).Aggregate(MailboxHealth.Unknown, (h, i) => h.Hear(MailboxNews.SoftBounce, Day.AddSeconds(i), $"e{i}"));
        Assert.InRange(health.SoftBounces.Length, MailboxHealth.MaxSoftBounces, 50);
    }
}
