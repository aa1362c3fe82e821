using System.Net;
using System.Text.Json;
using Winback.Customers;
using Winback.Outreach;
using Winback.Tests.Fakes;
using Winback.Tests.Hosting;

namespace Winback.Tests.Referrals;

/// <summary><c>POST /api/referrals</c>: no key, since knowing a customer's code is what grants it.</summary>
public sealed class ReferralEndpointsTests(UntouchedApp untouched) : IClassFixture<UntouchedApp>
{
    private const string Path = "/api/referrals";

    [Fact]
    public async Task A_friend_with_a_code_is_recorded_once()
    {
        await using var app = await StartAsync();

        Assert.Equal("recorded", await TestApp.ResultAsync(await PostAsync(app, """{"code":"7K2P9QRS","name":" Piet ","email":"Piet@Vriend.example"}"""), HttpStatusCode.Created));
        Assert.Equal("unchanged", await TestApp.ResultAsync(await PostAsync(app, """{"code":"7K2P9QRS","name":"Pietje","email":" piet@vriend.example"}"""), HttpStatusCode.OK));

        var referral = Assert.Single(app.Parts.Referrals.All);
        Assert.Equal(("k1", "Piet", "piet@vriend.example", InMemoryApp.Start), (referral.Referrer.Value, referral.Name, referral.Email, referral.ReceivedAt));
    }

    [Fact]
    public async Task A_code_is_read_whatever_its_case()
    {
        await using var app = await StartAsync();

        Assert.Equal("recorded", await TestApp.ResultAsync(await PostAsync(app, """{"code":" 7k2p9qrs ","email":"piet@vriend.example"}"""), HttpStatusCode.Created));
        Assert.Equal("unchanged", await TestApp.ResultAsync(await PostAsync(app, """{"code":"7K2P9QRS","email":"piet@vriend.example"}"""), HttpStatusCode.OK));
    }

    [Fact]
    public async Task The_code_in_a_mail_is_one_that_works()
    {
        await using var app = await TestApp.StartAsync();
        app.Parts.AddLapsed("K1");
        await app.HandleAsync("K1", "invitation");
        var code = app.Parts.Codes.All.Single(c => c.Kind == CodeKind.Referral).Code;

        Assert.Equal("recorded", await TestApp.ResultAsync(await PostAsync(app, $$"""{"code":"{{code}}","phone":"06 12 34 56 78"}"""), HttpStatusCode.Created));

        Assert.Equal("k1", Assert.Single(app.Parts.Referrals.All).Referrer.Value);
    }

    [Fact]
    public async Task Two_friends_are_two_referrals()
    {
        await using var app = await StartAsync();

        await PostAsync(app, """{"code":"7K2P9QRS","email":"piet@vriend.example"}""");
        await PostAsync(app, """{"code":"7K2P9QRS","phone":"0612345678"}""");

        Assert.Equal(2, app.Parts.Referrals.All.Count);
    }

    [Theory]
    [InlineData("ZZZZ9999")]
    [InlineData("7K2P9QR")] // too short by one
    public async Task A_code_that_nobody_has_is_404(string code)
    {
        await using var app = await StartAsync();

        using var answer = await PostAsync(app, $$"""{"code":"{{code}}","email":"piet@vriend.example"}""");

        await TestApp.TextAsync(answer, HttpStatusCode.NotFound);
        Assert.Empty(app.Parts.Referrals.All);
    }

    [Fact] // A reply address or coupon is no referral code.
    public async Task A_code_of_another_kind_is_404()
    {
        await using var app = await StartAsync();
        app.Parts.Codes.Put(CodeKind.Coupon, "C0UP0NCD", new CodeOwner(CustomerId.Parse("K1")));

        using var answer = await PostAsync(app, """{"code":"C0UP0NCD","email":"piet@vriend.example"}""");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("code", """{"email":"piet@vriend.example"}""")]
    [InlineData("code", """{"code":"x","email":"piet@vriend.example"}""")]
    [InlineData("code", """{"code":"7K2P-9QRS","email":"piet@vriend.example"}""")]
    [InlineData("code", """{"code":"7K2P9QRS7K2P9QRS7K2P9QRS7K2P9QRS7","email":"piet@vriend.example"}""")]
    [InlineData("email", """{"code":"7K2P9QRS"}""")]
    [InlineData("email", """{"code":"7K2P9QRS","email":" ","phone":""}""")]
    [InlineData("email", """{"code":"7K2P9QRS","email":"piet"}""")]
    [InlineData("phone", """{"code":"7K2P9QRS","phone":"12345"}""")]
    [InlineData("phone", """{"code":"7K2P9QRS","phone":"bel me maar eens op"}""")]
    [InlineData("phone", """{"code":"7K2P9QRS","phone":"0123456789012345678901234567890"}""")]
    public async Task A_wrong_field_is_named(string field, string body)
    {
        var app = untouched.App;

        Assert.Equal([field], await TestApp.WrongFieldsAsync(await PostAsync(app, body)));
    }

    [Fact]
    public async Task A_name_that_is_too_long_is_named()
    {
        var app = untouched.App;

        Assert.Equal(["name"], await TestApp.WrongFieldsAsync(await PostAsync(app, $$"""{"code":"7K2P9QRS","email":"piet@vriend.example","name":"{{new string('x', 101)}}"}""")));
    }

    [Theory]
    [InlineData("{", "$")]
    [InlineData("""{"kode":"7K2P9QRS"}""", "$.kode")]
    public async Task What_is_not_the_JSON_we_ask_for_is_400_and_says_where(string body, string where)
    {
        var app = untouched.App;

        using var answer = await PostAsync(app, body);

        using var problem = JsonDocument.Parse(await TestApp.TextAsync(answer, HttpStatusCode.BadRequest));
        Assert.Contains(where, problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static async Task<TestApp> StartAsync()
    {
        var app = await TestApp.StartAsync();
        app.Parts.AddLapsed("K1");
        app.Parts.Codes.Put(CodeKind.Referral, "7K2P9QRS", new CodeOwner(CustomerId.Parse("K1")));
        return app;
    }

    private static Task<HttpResponseMessage> PostAsync(TestApp app, string json) => app.PostJsonAsync(Path, json, key: null);
}
