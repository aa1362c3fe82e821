using Winback.Outreach;
using Winback.Tests.Fakes;

namespace Winback.Tests.Outreach;

public sealed class OutreachSenderTests : IDisposable
{
    private readonly InMemoryApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_due_step_is_sent_once()
    {
        _app.AddLapsed("k1");
        var message = new OutreachMessage("k1", InMemoryApp.Restaurant, "invitation", InMemoryApp.Start);

        Assert.Equal(OutreachOutcome.Sent, await _app.Sender.HandleAsync(message, TestContext.Current.CancellationToken));
        Assert.Equal(OutreachOutcome.Dropped, await _app.Sender.HandleAsync(message, TestContext.Current.CancellationToken));

        Assert.Single(_app.Mail.Sent);
    }
}
