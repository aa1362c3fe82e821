using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Winback.Hosting;
using Winback.Replies.Answers;
using Winback.Tests.Hosting;

namespace Winback.Tests.Replies;

/// <summary>
/// Whatever is posted, the app answers and never with 5xx, and what it took it can keep, read and follow up. A thousand of each;
/// <c>WINBACK_FUZZ_POSTS</c> says how many instead, and <c>WINBACK_FUZZ_SEED</c> which.
/// </summary>
public sealed class ReplyFuzzTests(ITestOutputHelper output)
{
    /// <summary>A new app after so many, so that none has to look through thousands of replies.</summary>
    private const int PerApp = 100;

    private static readonly int Posts = Setting("WINBACK_FUZZ_POSTS", 1000);
    private static readonly int Seed = Setting("WINBACK_FUZZ_SEED", 1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_mail_is_posted_is_refused_with_4xx_or_kept_read_and_followed_up()
    {
        var statuses = await RunAsync(
            fuzz =>
            {
                var (body, type) = fuzz.Next();
                return ($"/api/replies/inbound?secret={TestApp.InboundSecret}", InboundPost.Content(body, type), $"{type}\n{Encoding.Latin1.GetString(body)}");
            });
        Assert.True(statuses[HttpStatusCode.OK] > Posts / 10 && statuses[HttpStatusCode.BadRequest] > Posts / 10, "the posts are too wild or too tame");
    }

    [Fact]
    public async Task Whatever_JSON_is_posted_is_refused_with_4xx_or_kept_and_followed_up()
    {
        var statuses = await RunAsync(
            fuzz =>
            {
                var body = Json(fuzz);
                return ("/api/replies", InboundPost.Content(body, "application/json"), Encoding.Latin1.GetString(body));
            });
        Assert.True(statuses[HttpStatusCode.Accepted] > Posts / 20 && statuses[HttpStatusCode.BadRequest] > Posts / 10, "the posts are too wild or too tame");
    }

    private async Task<Dictionary<HttpStatusCode, int>> RunAsync(Func<InboundFuzzing, (string Path, HttpContent Content, string Shown)> make)
    {
        var statuses = new Dictionary<HttpStatusCode, int>();
        for (var done = 0; done < Posts; done += PerApp)
        {
            await using var app = await TestApp.StartAsync();
            app.Parts.AddLapsed("K1");
            await app.HandleAsync("K1", "invitation");
            var replyAddress = app.Parts.Mail.Sent[0].ReplyTo.Address.Value;
            for (var i = done; i < Math.Min(done + PerApp, Posts); i++)
            {
                var random = new Random(HashCode(Seed, i));
                var (path, content, shown) = make(new InboundFuzzing(random, replyAddress));
                var name = $"post {i} of seed {Seed}";
                using var answer = await app.SendAsync(HttpMethod.Post, path, content, (ApiKeys.Header, TestApp.ApiKey));
                Assert.True((int)answer.StatusCode < 500, $"{name}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Cancel)}\n{shown}");
                statuses[answer.StatusCode] = statuses.GetValueOrDefault(answer.StatusCode) + 1;
                await FollowUpAsync(app, name, shown);
                app.Parts.Time.Advance(TimeSpan.FromMinutes(random.Next(60)));
            }
        }
        output.WriteLine($"{Posts} posts of seed {Seed}: {string.Join(", ", statuses.Select(s => $"{(int)s.Key} {s.Value}"))}");
        return statuses;
    }

    private static async Task FollowUpAsync(TestApp app, string name, string shown)
    {
        try
        {
            await app.Parts.FollowUpAsync(Cancel);
            await app.Parts.Get<CaseClock>().RunAsync(Cancel);
        }
        catch (Exception e)
        {
            Assert.Fail($"{name}: {e}\n{shown}");
        }
        var unread = app.Parts.Replies.All.Where(r => r.Reading is null || r.RawPost is not null);
        Assert.True(!unread.Any() && app.Parts.RawPosts.Names.Count == 0, $"{name}: taken and not read\n{shown}");
    }

    private static byte[] Json(InboundFuzzing fuzz)
    {
        var random = fuzz.Random;
        var isWild = random.Next(2) == 0;
        var fields = new Dictionary<string, object?>();
        foreach (var name in new[] { "id", "customer", "to", "inReplyTo", "from", "subject", "text", "headers", "receivedAt", "reason", "subReason", "intents" })
        {
            if (random.Next(3) > 0 && name is not ("id" or "text")) continue;
            fields[name] = random.Next(isWild ? 12 : 1000) switch
            {
                0 => random.Next(),
                1 => null,
                2 => new[] { fuzz.Odd() },
                3 => new Dictionary<string, object?> { ["x"] = fuzz.Odd() },
                4 => fuzz.Odd(),
                _ => Usual(name, fuzz),
            };
        }
        if (random.Next(30) == 0) fields[fuzz.Odd()] = fuzz.Odd();
        var json = JsonSerializer.SerializeToUtf8Bytes(fields);
        return random.Next(4) switch
        {
            0 => fuzz.Mutated(json),
            1 => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json).Replace("a", "\\ud800", StringComparison.Ordinal)),
            _ => json,
        };
    }

    private static object? Usual(string name, InboundFuzzing fuzz) => name switch
    {
        "id" => $"<{fuzz.Random.NextInt64()}@form.example>",
        "customer" => "K1",
        "to" => fuzz.ReplyAddress,
        "from" => "sam@klant.example",
        "receivedAt" => new[] { "2026-10-13T10:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "1601-01-01T00:00:00+14:00", "2026-10-13", "1600-12-31T00:00:00Z" }[fuzz.Random.Next(6)],
        "reason" => new[] { "forgot", "dissatisfied", "situation-changed", "none" }[fuzz.Random.Next(4)],
        "subReason" => new[] { "price", "moved", "deceased", "none" }[fuzz.Random.Next(4)],
        "intents" => new[] { new[] { "return", "unsubscribe", "erase-data", "call-me", "refer", "question", "thanks", "already-customer" }[fuzz.Random.Next(8)] },
        _ => fuzz.Odd(),
    };

    private static int HashCode(int seed, int number) => unchecked((seed * 1_000_003) + number);

    private static int Setting(string name, int usual) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}
