using Winback.Replies;
using Winback.Tests.Fakes;
using Winback.Tests.Hosting;

namespace Winback.Tests.Replies;

/// <summary>Whose a reply is: by our signature, else by the mail that it answers, else by a sender whom one customer alone can be.</summary>
public sealed class ReplyMatcherTests
{
    /// <summary>Of K1 and K2 each a mail; T the reply address, R the Message-ID, S the sender.</summary>
    [Theory]
    [InlineData("T1", "R2", "S3", "k1", MatchedBy.Token)]
    [InlineData("", "R2", "S1", "k2", MatchedBy.Reference)]
    [InlineData("", "", "S1", "k1", MatchedBy.Sender)]
    [InlineData("", "", "SHARED", null, MatchedBy.None)] // two customers have it
    [InlineData("", "", "nobody@klant.example", null, MatchedBy.None)]
    [InlineData("", "", "no address", null, MatchedBy.None)]
    [InlineData("", "unknown@delinde.example", "", null, MatchedBy.None)]
    [InlineData("forged", "0123456789abcdef@delinde.example", "S1", "k1", MatchedBy.Sender)] // well made, but not ours
    [InlineData("forged", "", "", null, MatchedBy.None)]
    public async Task The_surest_sign_counts(string recipient, string reference, string sender, string? customer, MatchedBy by)
    {
        await using var app = await StartAsync();
        var match = await app.Parts.Get<ReplyMatcher>().FindAsync([Recipient(app, recipient)], [Reference(app, reference)], Sender(sender), Cancel);
        Assert.Equal((customer, by), (match.Owner?.Customer.Value, match.By));
    }

    [Fact]
    public async Task Our_address_is_found_among_a_thousand()
    {
        await using var app = await StartAsync();
        var match = await app.Parts.Get<ReplyMatcher>().FindAsync([.. Enumerable.Range(0, 999).Select(i => $"a{i}@delinde.example"), Recipient(app, "T2")], [], null, Cancel);
        Assert.Equal(("k2", InMemoryApp.Restaurant, "invitation"), (match.Owner?.Customer.Value, match.Owner?.Campaign, match.Owner?.Step));
    }

    [Fact]
    public async Task An_address_of_a_hundred_thousand_characters_costs_no_time_and_matches_nobody()
    {
        await using var app = await StartAsync();
        var match = await app.Parts.Get<ReplyMatcher>().FindAsync([new string('é', 100_000) + "@" + new string('é', 100_000)], [new string('x', 100_000)], "x@" + new string('é', 100_000), Cancel);
        Assert.Equal(MatchedBy.None, match.By);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<TestApp> StartAsync()
    {
        var app = await TestApp.StartAsync();
        foreach (var id in new[] { "K1", "K2" })
        {
            app.Parts.AddLapsed(id);
            await app.HandleAsync(id, "invitation");
        }
        foreach (var id in new[] { "K3", "K4" }) app.Parts.AddLapsed(id, email: "samen@klant.example");
        return app;
    }

    private static string Recipient(TestApp app, string which) => which switch
    {
        "T1" or "T2" => app.Parts.Mail.Sent[which[1] - '1'].ReplyTo.Address.Value,
        "forged" => "r.0123456789abcdef0123456789abcdef@delinde.example",
        _ => which,
    };

    private static string Reference(TestApp app, string which) => which is "R1" or "R2" ? app.Parts.Mail.Sent[which[1] - '1'].MessageId : which;

    private static string Sender(string which) => which switch { "S1" => "K1@Klant.example", "S3" => "K3@klant.example", "SHARED" => "samen@klant.example", _ => which };
}
