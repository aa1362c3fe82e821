using Winback.Cli;
using Winback.Cli.Commands;
using Winback.Customers;
using Winback.MailEvents;
using Winback.Tests.Fakes;

namespace Winback.Tests.Cli;

/// <summary>What <c>winback unsuppress</c> lifts, and what it leaves.</summary>
public sealed class UnsuppressTests
{
    private static readonly CustomerId K1 = CustomerId.Parse("k1");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bounce_is_lifted_for_the_customer_and_stays_lifted_when_it_is_told_again()
    {
        using var app = new InMemoryApp();
        var key = await BouncedAsync(app, MailboxNews.HardBounce);
        Assert.Equal("hard bounce", app.Customers["k1"].Suppressed);

        Assert.Equal(key, await UnsuppressCommand.LiftableAsync(app.Services, K1, Cancel));
        await app.Get<Suppressions>().LiftAsync(key, InMemoryApp.Start, Cancel);
        await app.Get<Suppressions>().HearAsync(key, MailboxNews.HardBounce, InMemoryApp.Start, "e1", Cancel);

        Assert.Null(app.Customers["k1"].Suppressed);
    }

    [Theory]
    [InlineData(MailboxNews.Complaint, "called a mail spam")]
    [InlineData(MailboxNews.Delivered, "is not suppressed")]
    public async Task What_is_not_to_be_lifted_is_said(MailboxNews news, string says)
    {
        using var app = new InMemoryApp();
        await BouncedAsync(app, news);

        var e = await Assert.ThrowsAsync<CommandException>(() => UnsuppressCommand.LiftableAsync(app.Services, K1, Cancel));

        Assert.Contains(says, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_that_nobody_has_is_said()
    {
        using var app = new InMemoryApp();
        await Assert.ThrowsAsync<CommandException>(() => UnsuppressCommand.LiftableAsync(app.Services, K1, Cancel));
    }

    private static async Task<string> BouncedAsync(InMemoryApp app, MailboxNews news)
    {
        app.AddLapsed("k1");
        var key = app.Customers.ProfileOf("k1").MailboxKey!;
        await app.Get<Suppressions>().HearAsync(key, news, InMemoryApp.Start, "e1", Cancel);
        return key;
    }
}
