using System.Globalization;
using System.Text;
using Winback.Customers;
using Winback.Mail;
using Winback.MailEvents;
using Winback.Outreach;
using Winback.Tests.Fakes;

namespace Winback.Tests.MailEvents;

/// <summary>
/// Whatever the provider tells, in whichever order, how often, and whether while the mail is being sent or after: in the end everything is as if each
/// event had been told once, in the order in which it happened.
/// </summary>
public sealed class MailEventOrderTests
{
    private static readonly string[] Addresses = ["k1@klant.example", "k1@klant.example", "k1@klant.example", "vroeger@klant.example"];

    [Fact]
    public async Task Shuffled_and_repeated_events_end_in_one_state()
    {
        var (suppressed, lifted, optedOut, settled) = (0, 0, 0, 0);
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            var events = Events(random);
            var answer = random.Next(3) switch { 0 => (SendResult)new Unknown("no answer"), 1 => new Refused("no"), _ => new Accepted("p1") };
            var expected = await LiveAsync(answer, [], [.. events.OrderBy(e => e.At)]);
            if (expected.Contains("Suppressed=", StringComparison.Ordinal)) suppressed++;
            if (expected.Contains("OptedOutAt=", StringComparison.Ordinal)) optedOut++;
            if (answer is not Accepted) settled++;
            if (events.Count(e => e.Kind == MailEventKind.SoftBounce) >= 5 && !expected.Contains("Suppressed=", StringComparison.Ordinal)) lifted++;
            for (var i = 0; i < 4; i++)
            {
                var told = events.Concat(events.Where(_ => random.Next(3) == 0)).OrderBy(_ => random.Next()).ToList();
                var early = random.Next(told.Count + 1);
                Assert.Equal(expected, await LiveAsync(answer, told[..early], told[early..]));
            }
        }
        // Else the events were too tame to prove anything.
        Assert.True(suppressed > 10 && lifted > 5 && optedOut > 10 && settled > 10, $"{suppressed} suppressed, {lifted} lifted, {optedOut} opted out, {settled} settled");
    }

    /// <summary>Events about the invitation to k1, over two days; who they are about is told by the caller.</summary>
    private static List<IncomingMailEvent> Events(Random random)
    {
        // Most sequences are of one sort, as they are in life; a complaint in each would hide the rest.
        MailEventKind[] kinds = random.Next(3) switch
        {
            0 => [MailEventKind.SoftBounce, MailEventKind.SoftBounce, MailEventKind.SoftBounce, MailEventKind.Delivered],
            1 => [MailEventKind.Processed, MailEventKind.Deferred, MailEventKind.Delivered, MailEventKind.Open, MailEventKind.Click, MailEventKind.Dropped],
            _ => Enum.GetValues<MailEventKind>(),
        };
        var outreach = OutreachId.Of(CustomerId.Parse("k1"), InMemoryApp.Restaurant, new Anchor("", new DateOnly(2026, 2, 10)), "invitation");
        return [.. Enumerable.Range(0, random.Next(1, 16)).Select(i => new IncomingMailEvent(
            $"e{i}", outreach, EmailAddress.Parse(Addresses[random.Next(Addresses.Length)]), kinds[random.Next(kinds.Length)], InMemoryApp.Start.AddMinutes(random.Next(2880)),
            random.Next(4) == 0 ? "Spam Reporting Address" : null))];
    }

    /// <summary>Sends an invitation, with events while it is being sent and after.</summary>
    /// <returns>Everything that is kept in the end.</returns>
    private static async Task<string> LiveAsync(SendResult answer, List<IncomingMailEvent> early, List<IncomingMailEvent> late)
    {
        using var app = new InMemoryApp();
        app.AddLapsed("k1", email: "k1@klant.example");
        app.AddLapsed("k2", email: "k1@klant.example");
        app.AddLapsed("k3", email: "vroeger@klant.example");
        var book = app.Get<MailEventBook>();
        app.Mail.Next(_ =>
        {
            foreach (var e in early) book.TakeAsync(e, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
            return answer;
        });
        await app.Sender.HandleAsync(new OutreachMessage("k1", InMemoryApp.Restaurant, "invitation", InMemoryApp.Start), TestContext.Current.CancellationToken);
        foreach (var e in late) await book.TakeAsync(e, TestContext.Current.CancellationToken);
        return Kept(app);
    }

    private static string Kept(InMemoryApp app)
    {
        var kept = new StringBuilder();
        foreach (var id in new[] { "k1", "k2", "k3" })
        {
            // The claim's own name is made anew every time.
            var claim = app.Customers[id].Marketing?.ClaimId ?? "none";
            foreach (var (column, value) in app.Customers.Columns(id).Where(c => c.Key is not ("odata.etag" or "Timestamp")).OrderBy(c => c.Key, StringComparer.Ordinal))
                kept.Append(CultureInfo.InvariantCulture, $"{id} {column}={value.ToString()!.Replace(claim, "claim", StringComparison.Ordinal)}\n");
        }
        foreach (var address in Addresses.Distinct())
        {
            var m = app.Mailboxes[app.MailboxKey(address)]!;
            kept.Append(CultureInfo.InvariantCulture, $"{address} {m.OptedOutAt} {m.ServiceOptedOutAt} {m.Health.ComplainedAt} {m.Health.HardBouncedAt} {m.Health.DeliveredAt} {string.Join(' ', m.Health.SoftBounces)}\n");
        }
        foreach (var o in app.Outreach.All) kept.Append(CultureInfo.InvariantCulture, $"{o.Id} {o.State} {o.At} {o.Problem} {string.Join(' ', o.Delivery)} {string.Join(' ', o.Times)}\n");
        foreach (var e in app.MailEvents.All.OrderBy(e => e.Id, StringComparer.Ordinal)) kept.Append(CultureInfo.InvariantCulture, $"{e}\n");
        return kept.ToString();
    }
}
