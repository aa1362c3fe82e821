using Winback.Customers;
using Winback.Scan;
using Winback.Tests.Fakes;

namespace Winback.Tests.Customers;

/// <summary>Two that work on one storage account with different settings would break opt-outs without a word.</summary>
public sealed class InstallationTests : IDisposable
{
    private static readonly (string, string) OtherKey = ("Secrets:MailboxKey", Convert.ToBase64String(Enumerable.Repeat((byte)7, 32).ToArray()));

    private readonly InMemoryApp _app = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _app.Dispose();

    [Theory]
    //          mine: key, zone                kept: key, zone                 what is wrong
    [InlineData("k1", "Europe/Amsterdam", "k1", "Europe/Amsterdam", "")]
    [InlineData("k1", "europe/amsterdam", "k1", "Europe/Amsterdam", "")]
    [InlineData(null, "Europe/Amsterdam", "k1", "Europe/Amsterdam", "")] // who hashes nothing needs no key
    [InlineData("k2", "Europe/Amsterdam", "k1", "Europe/Amsterdam", "Secrets__MailboxKey")]
    [InlineData(null, "Europe/London", "k1", "Europe/Amsterdam", "Business__TimeZone")]
    [InlineData("k2", "Europe/London", "k1", "Europe/Amsterdam", "Secrets__MailboxKey Business__TimeZone")]
    public void Whoever_differs_is_told_which_setting(string? key, string zone, string keptKey, string keptZone, string settings) =>
        Assert.Equal(settings, string.Join(' ', new Installation(key, zone).Problems(new Installation(keptKey, keptZone)).Select(p => p.Split(':')[0])));

    [Fact]
    public async Task The_first_scan_says_which_key_it_is_and_the_next_keeps_it()
    {
        await StartAsync(_app);
        var kept = _app.Installation.Kept;
        Assert.Equal("Europe/Amsterdam", kept?.TimeZone);
        Assert.DoesNotContain(kept!.MailboxKey!, InMemoryApp.Settings["Secrets:MailboxKey"]!, StringComparison.Ordinal);

        await StartAsync(_app);

        Assert.Same(kept, _app.Installation.Kept);
        Assert.Equal(32, _app.ShardQueue.Messages.Count);
    }

    [Fact]
    public async Task With_another_mailbox_key_nothing_is_scanned()
    {
        await StartAsync(_app);
        using var other = new InMemoryApp(OtherKey);
        other.Installation.Kept = _app.Installation.Kept;

        var problem = Assert.Single((await Assert.ThrowsAsync<SettingsException>(() => StartAsync(other))).Problems);

        Assert.StartsWith("Secrets__MailboxKey: is not the key", problem, StringComparison.Ordinal);
        Assert.Empty(other.ShardQueue.Messages);
    }

    [Fact]
    public async Task Of_two_who_come_first_at_once_one_wins_and_the_other_is_told()
    {
        using var other = new InMemoryApp(OtherKey);
        await StartAsync(_app);
        other.Installation.BeforeNextWrite(() => other.Installation.Kept = _app.Installation.Kept);

        await Assert.ThrowsAsync<SettingsException>(() => StartAsync(other));
    }

    [Fact]
    public async Task Looking_writes_nothing()
    {
        await _app.Get<InstallationGuard>().CheckAsync(Cancel);
        Assert.Empty(_app.Effects.Done);
    }

    private static Task<string> StartAsync(InMemoryApp app) => app.Get<ScanStarter>().StartAsync(Cancel);
}
