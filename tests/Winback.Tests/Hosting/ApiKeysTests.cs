using System.Net;
using System.Text.Json.Nodes;
using Winback.Hosting;

namespace Winback.Tests.Hosting;

public sealed class ApiKeysTests(UntouchedApp untouched) : IClassFixture<UntouchedApp>
{
    private const string Purchase = """{"customer":"K1","date":"2026-10-01","amount":10,"order":"B1"}""";

    [Fact]
    public void A_new_key_has_256_bits_and_the_hash_that_is_kept_is_not_it()
    {
        var (key, hash) = ApiKeys.New();

        Assert.Equal(64, key.Length);
        Assert.Equal(ApiKeys.Hash(key), hash);
        Assert.NotEqual(key, hash);
        Assert.NotEqual(key, ApiKeys.New().Key);
    }

    [Fact] // sha256sum says so
    public void The_hash_is_sha_256_in_hex() =>
        Assert.Equal("2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683", ApiKeys.Hash("key"));

    [Fact]
    public async Task While_a_key_is_rotated_both_work_and_then_only_the_new_one()
    {
        await using var during = await TestApp.StartAsync(("Api:Keys:till", ApiKeys.Hash("old")), ("Api:Keys:till-2", ApiKeys.Hash("new").ToUpperInvariant()));
        await using var after = await TestApp.StartAsync(("Api:Keys:till", ApiKeys.Hash("new")));

        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(during, "old"));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(during, "new"));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(after, "old"));
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(after, "new"));
    }

    [Fact]
    public async Task Without_a_valid_key_nothing_happens_and_the_answer_is_always_the_same()
    {
        var app = untouched.App;
        var answers = new List<string>();

        // The hash itself, as somebody who can read the settings might try, is not the key.
        foreach (var key in new[] { null, "", "wrong", TestApp.ApiKey + "x", TestApp.ApiKey[..^1], ApiKeys.Hash(TestApp.ApiKey) })
        {
            using var answer = await app.PostJsonAsync("/api/purchases", Purchase, key);
            var problem = JsonNode.Parse(await TestApp.TextAsync(answer, HttpStatusCode.Unauthorized))!.AsObject();
            problem.Remove("traceId");
            answers.Add(problem.ToJsonString());
        }

        Assert.Single(answers.Distinct());
        Assert.Empty(app.Parts.Effects.Done);
    }

    [Theory] // who has no key learns nothing of the route either
    [InlineData("{")]
    [InlineData("""{"customer":""}""")]
    [InlineData("")]
    public async Task The_key_is_asked_before_the_body_is_read(string body)
    {
        var app = untouched.App;

        using var answer = await app.PostJsonAsync("/api/purchases", body, "wrong");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Without_keys_in_the_settings_nobody_comes_in()
    {
        await using var app = await TestApp.StartAsync(("Api:Keys:till", ApiKeys.Hash("another")));

        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(app, ""));
        Assert.False(ApiKeys.IsValid(new ApiOptions(), ""));
        Assert.False(ApiKeys.IsValid(new ApiOptions(), "anything"));
    }

    private static async Task<HttpStatusCode> PostAsync(TestApp app, string key)
    {
        using var answer = await app.PostJsonAsync("/api/purchases", Purchase, key);
        return answer.StatusCode;
    }
}
