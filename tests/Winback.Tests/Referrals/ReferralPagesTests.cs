using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Winback.Customers;
using Winback.Outreach;
using Winback.Referrals;
using Winback.Tests.Fakes;
using Winback.Tests.Hosting;

namespace Winback.Tests.Referrals;

/// <summary>The friend's page <c>/api/r/{code}</c> and the customer's own <c>/api/referrals/mine/{token}</c>.</summary>
public sealed class ReferralPagesTests
{
    private const string Path = "/api/r/7K2P9QRS";

    private static readonly Dictionary<string, string> Piet = new() { ["name"] = "Piet de Boer", ["email"] = "Piet@Vriend.example" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Opening_the_page_changes_nothing_and_tells_who_invites_and_what_both_get()
    {
        await using var app = await StartAsync(("Referrals:FriendReward", "10"), ("Referrals:ReferrerReward", "7.50"));

        using var answer = await app.GetAsync(Path);
        var page = await TestApp.TextAsync(answer, HttpStatusCode.OK);

        Assert.Contains("<h1>Sam nodigt je uit bij Eetkamer De Linde</h1>", page, StringComparison.Ordinal);
        Assert.Contains("dan krijg jij €&#160;10 van ons, en Sam €&#160;7,50.", page, StringComparison.Ordinal);
        Assert.Contains("binnen 365 dagen", page, StringComparison.Ordinal);
        Assert.DoesNotContain(" checked", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Klant k1", page, StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Empty(app.Parts.Effects.Done);
    }

    [Fact]
    public async Task Without_rewards_the_page_promises_none()
    {
        await using var app = await StartAsync();

        var page = await TestApp.TextAsync(await app.GetAsync(Path), HttpStatusCode.OK);

        Assert.Contains("Laat je naam achter, dan weten we dat je de tip van Sam kreeg.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("€", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_customers_name_is_not_said_where_the_owner_does_not_want_it()
    {
        await using var app = await StartAsync(("Referrals:ShowReferrer", "false"));

        var page = await TestApp.TextAsync(await app.GetAsync(Path), HttpStatusCode.OK);

        Assert.Contains("<h1>Je bent uitgenodigd bij Eetkamer De Linde</h1>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Sam", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Path, null, "lang=\"nl\"")]
    [InlineData(Path, "de-DE,de;q=0.9,en-GB;q=0.8,nl;q=0.5", "lang=\"en\"")]
    [InlineData(Path, "de", "lang=\"nl\"")]
    [InlineData(Path + "?lang=nl", "en", "lang=\"nl\"")]
    [InlineData(Path + "?lang=en", null, "lang=\"en\"")]
    public async Task The_page_is_in_the_friends_language(string path, string? accepts, string language)
    {
        await using var app = await StartAsync();

        var page = await TestApp.TextAsync(
            await app.SendAsync(HttpMethod.Get, path, null, accepts is null ? [] : [("Accept-Language", accepts)]), HttpStatusCode.OK);

        Assert.Contains($"<html {language}>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_friend_signs_up_once_and_nothing_is_sent_before_the_answer()
    {
        await using var app = await StartAsync(("Referrals:FriendReward", "10"));

        var first = await TestApp.TextAsync(await PostAsync(app, Piet), HttpStatusCode.OK);
        app.Parts.Time.Advance(TimeSpan.FromHours(1));
        var second = await TestApp.TextAsync(await PostAsync(app, Piet), HttpStatusCode.OK);

        Assert.Contains("Welkom, je staat erbij", first, StringComparison.Ordinal);
        Assert.Contains("Je krijgt €&#160;10 na je eerste aankoop, zodra de bedenktijd van 14 dagen voorbij is.", first, StringComparison.Ordinal);
        Assert.Equal(first, second);
        var referral = Assert.Single(app.Parts.Referrals.All);
        Assert.Equal(("k1", "Piet de Boer", "piet@vriend.example", InMemoryApp.Start), (referral.Referrer.Value, referral.Name, referral.Email, referral.ReceivedAt));
        Assert.Null(referral.Consent);
        Assert.Empty(app.Parts.Mail.Tried);
    }

    [Theory]
    [InlineData("nl", "Eetkamer De Linde mag mij ook nieuws en aanbiedingen mailen.")]
    [InlineData("en", "Eetkamer De Linde may e-mail me news and offers too.")]
    public async Task Consent_is_kept_with_its_moment_and_the_sentence_that_was_agreed_to(string language, string sentence)
    {
        await using var app = await StartAsync();

        await PostAsync(app, new(Piet) { ["agree"] = "yes" }, $"{Path}?lang={language}");

        var consent = Assert.Single(app.Parts.Referrals.All).Consent!;
        Assert.Equal(InMemoryApp.Start, consent.At);
        Assert.StartsWith(sentence, consent.Wording, StringComparison.Ordinal);
        Assert.Empty(app.Parts.Mail.Tried);
    }

    [Fact] // Or else anybody could ask the page about anybody.
    public async Task The_answer_does_not_tell_who_is_a_customer()
    {
        await using var app = await StartAsync();
        app.Parts.AddLapsed("K2", email: "oude@klant.example");

        var known = await TestApp.TextAsync(await PostAsync(app, new() { ["email"] = "oude@klant.example" }), HttpStatusCode.OK);
        var self = await TestApp.TextAsync(await PostAsync(app, new() { ["email"] = "k1@klant.example" }), HttpStatusCode.OK);
        var unknown = await TestApp.TextAsync(await PostAsync(app, new() { ["email"] = "nieuwe@vriend.example" }), HttpStatusCode.OK);

        Assert.Equal(unknown, known);
        Assert.Equal(unknown, self);
        Assert.Equal(["existing-customer", "no-purchase-yet", "self-referral"], (await BookAsync(app)).Select(d => d.Decision.Reason.Word()).Order());
    }

    [Theory]
    [InlineData("", "", "email", "Vul je e-mailadres of je telefoonnummer in.")]
    [InlineData("piet@", "", "email", "Dit is geen volledig e-mailadres")]
    [InlineData("", "bel maar", "phone", "Dit is geen telefoonnummer")]
    public async Task What_is_wrong_stands_with_its_field_and_what_was_typed_stays(string email, string phone, string field, string problem)
    {
        await using var app = await StartAsync();

        var page = await TestApp.TextAsync(
            await PostAsync(app, new() { ["name"] = "Piet <3", ["email"] = email, ["phone"] = phone, ["agree"] = "yes" }), HttpStatusCode.BadRequest);

        Assert.Contains($"id=\"{field}-problem\" role=\"alert\">{problem}", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Piet &lt;3\"", page, StringComparison.Ordinal);
        Assert.Contains(" checked>", page, StringComparison.Ordinal);
        Assert.Contains("<title>Let op: ", page, StringComparison.Ordinal);
        Assert.Empty(app.Parts.Referrals.All);
    }

    [Fact]
    public async Task A_program_that_fills_in_every_field_is_told_the_same_and_not_recorded()
    {
        await using var app = await StartAsync();

        var trapped = await TestApp.TextAsync(await PostAsync(app, new(Piet) { ["website"] = "https://buy.example" }), HttpStatusCode.OK);

        Assert.Empty(app.Parts.Referrals.All);
        Assert.Equal(await TestApp.TextAsync(await PostAsync(app, Piet), HttpStatusCode.OK), trapped);
    }

    [Fact]
    public async Task What_is_no_form_or_far_too_large_is_400_and_says_so()
    {
        await using var app = await StartAsync();
        using var json = new StringContent("{}", null, "application/json");

        var page = await TestApp.TextAsync(await app.SendAsync(HttpMethod.Post, Path, json), HttpStatusCode.BadRequest);
        await TestApp.TextAsync(await PostAsync(app, new(Piet) { ["name"] = new string('x', 40_000) }), HttpStatusCode.BadRequest);

        Assert.Contains("Er ging iets mis met het formulier", page, StringComparison.Ordinal);
        Assert.Empty(app.Parts.Referrals.All);
    }

    [Fact]
    public async Task More_friends_than_anybody_has_are_not_recorded()
    {
        await using var app = await StartAsync();
        for (var i = 0; i < SignUp.MaxPerCustomer; i++) await PostAsync(app, new() { ["email"] = $"vriend{i}@vriend.example" });

        var page = await TestApp.TextAsync(await PostAsync(app, Piet), HttpStatusCode.TooManyRequests);
        await TestApp.TextAsync(await PostAsync(app, new() { ["email"] = "vriend0@vriend.example" }), HttpStatusCode.OK);
        using var api = await app.PostJsonAsync("/api/referrals", """{"code":"7K2P9QRS","email":"piet@vriend.example"}""", key: null);

        Assert.Contains("te vaak gebruikt", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.TooManyRequests, api.StatusCode);
        Assert.Equal(SignUp.MaxPerCustomer, app.Parts.Referrals.All.Count);
        app.Parts.Time.Advance(new ReferralOptions().ValidFor); // those before come to nothing now, so that there is room again
        await TestApp.TextAsync(await PostAsync(app, Piet), HttpStatusCode.OK);
    }

    public static TheoryData<string, (string, string)[], Func<Customer, Customer>> Closed => new()
    {
        { "/api/r/ZZZZ9999", [], c => c },
        { "/api/r/x", [], c => c },
        { "/api/r/7K2P-9QRS", [], c => c },
        { Path, [("Referrals:Enabled", "false")], c => c },
        { Path, [], c => c with { ErasedAt = InMemoryApp.Start } },
        { Path, [], c => c with { DeceasedAt = InMemoryApp.Start } },
    };

    [Theory]
    [MemberData(nameof(Closed))]
    public async Task An_invitation_of_nobody_is_404_and_says_what_to_do(string path, (string, string)[] settings, Func<Customer, Customer> but)
    {
        await using var app = await StartAsync(but, settings);

        var page = await TestApp.TextAsync(await app.GetAsync(path), HttpStatusCode.NotFound);
        await TestApp.TextAsync(await PostAsync(app, Piet, path), HttpStatusCode.NotFound);

        Assert.Contains("Deze uitnodiging werkt niet", page, StringComparison.Ordinal);
        Assert.Empty(app.Parts.Referrals.All);
    }

    [Fact]
    public async Task The_link_in_a_mail_leads_to_the_page_unless_referrals_are_off()
    {
        await using var app = await TestApp.StartAsync();
        app.Parts.AddLapsed("K1");
        await app.HandleAsync("K1", "invitation");
        var links = (await app.Services.GetRequiredService<ReferralCodes>().OfAsync(CustomerId.Parse("K1"), Cancel))!;

        Assert.Contains(links.Code, app.Parts.Mail.Sent.Single().Text, StringComparison.Ordinal);
        await TestApp.TextAsync(await app.GetAsync(links.Friend.AbsolutePath), HttpStatusCode.OK);

        await using var off = await TestApp.StartAsync(("Referrals:Enabled", "false"));
        off.Parts.AddLapsed("K1");
        await off.HandleAsync("K1", "invitation");
        Assert.DoesNotContain("PS", off.Parts.Mail.Sent.Single().Text, StringComparison.Ordinal);
        Assert.DoesNotContain(off.Parts.Codes.All, c => c.Kind == CodeKind.Referral);
    }

    [Fact]
    public async Task A_customer_sees_first_names_and_what_came_of_them_and_not_why_one_does_not_count()
    {
        await using var app = await StartAsync(("Referrals:ReferrerReward", "10"));
        app.Parts.AddLapsed("K2", email: "oude@klant.example");
        await PostAsync(app, new() { ["name"] = "Oude Klant", ["email"] = "oude@klant.example" });
        await PostAsync(app, new(Piet));
        await PostAsync(app, new() { ["name"] = "Els", ["email"] = "els@vriend.example" });
        await BecomeCustomerAsync(app, "K3", "piet@vriend.example", "2026-10-13");
        var unconfirmed = await TestApp.TextAsync(await app.GetAsync(await MineAsync(app)), HttpStatusCode.OK);
        var piet = app.Parts.Referrals.All.Single(r => r.Name == "Piet de Boer");
        await app.Parts.Referrals.UpdateAsync(piet.Referrer, piet.FriendKey, r => r with { ConfirmedAt = InMemoryApp.Start }, Cancel);

        var pending = await TestApp.TextAsync(await app.GetAsync(await MineAsync(app)), HttpStatusCode.OK);
        app.Parts.Time.Advance(TimeSpan.FromDays(30));
        var earned = await TestApp.TextAsync(await app.GetAsync(await MineAsync(app)), HttpStatusCode.OK);

        // Whoever fills in somebody else's address learns nothing by it.
        Assert.Contains("Beloningen: 0 onderweg, 0 verdiend.", unconfirmed, StringComparison.Ordinal);
        Assert.Contains("<strong>Piet</strong>: aangemeld", unconfirmed, StringComparison.Ordinal);
        Assert.Contains("3 vrienden hebben zich via jou aangemeld. Beloningen: 1 onderweg, 0 verdiend.", pending, StringComparison.Ordinal);
        Assert.Contains("<strong>Piet</strong>: heeft gekocht; de beloning is op 28 oktober 2026 van jou", pending, StringComparison.Ordinal);
        Assert.Contains("<strong>Piet</strong>: beloning verdiend", earned, StringComparison.Ordinal);
        foreach (var name in new[] { "Oude", "Els" }) Assert.Contains($"<strong>{name}</strong>: aangemeld", earned, StringComparison.Ordinal);
        Assert.Contains("https://post.delinde.example/api/r/", earned, StringComparison.Ordinal);
        Assert.DoesNotContain("Boer", earned, StringComparison.Ordinal);
        Assert.DoesNotContain("vriend.example", earned, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_customers_page_works_for_90_days()
    {
        await using var app = await StartAsync();
        var mine = await MineAsync(app);

        app.Parts.Time.Advance(TimeSpan.FromDays(90));
        await TestApp.TextAsync(await app.GetAsync(mine), HttpStatusCode.OK);
        app.Parts.Time.Advance(TimeSpan.FromDays(1));
        var expired = await TestApp.TextAsync(await app.GetAsync(mine), HttpStatusCode.Gone);

        Assert.Contains("Deze link is verlopen", expired, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_or_foreign_token_is_404()
    {
        await using var app = await StartAsync();
        var mine = await MineAsync(app);
        var changed = mine[..^1] + (mine[^1] == 'A' ? 'B' : 'A');

        foreach (var path in new[] { changed, mine[..^4], "/api/referrals/mine/x", "/api/referrals/mine/7K2P9QRS" })
            await TestApp.TextAsync(await app.GetAsync(path), HttpStatusCode.NotFound);
    }

    private static Task<TestApp> StartAsync(params (string, string)[] settings) => StartAsync(c => c, settings);

    private static async Task<TestApp> StartAsync(Func<Customer, Customer> but, (string, string)[] settings)
    {
        var app = await TestApp.StartAsync(settings);
        app.Parts.AddLapsed("K1", but);
        app.Parts.Codes.Put(CodeKind.Referral, "7K2P9QRS", new CodeOwner(CustomerId.Parse("K1")));
        return app;
    }

    private static async Task<HttpResponseMessage> PostAsync(TestApp app, Dictionary<string, string> fields, string path = Path)
    {
        using var form = new FormUrlEncodedContent(fields);
        return await app.SendAsync(HttpMethod.Post, path, form);
    }

    private static async Task<string> MineAsync(TestApp app) =>
        (await app.Services.GetRequiredService<ReferralCodes>().OfAsync(CustomerId.Parse("K1"), Cancel))!.Mine.AbsolutePath;

    private static async Task<IReadOnlyList<DecidedReferral>> BookAsync(TestApp app) =>
        await app.Services.GetRequiredService<ReferralBook>().AllAsync(Cancel).ToListAsync(Cancel);

    private static async Task BecomeCustomerAsync(TestApp app, string id, string email, string day)
    {
        app.Parts.AddLapsed(id, email: email);
        var customer = CustomerId.Parse(id);
        await app.Parts.Facts.AddPurchasesAsync(customer, [new Purchase(customer, GivenReferrals.Day(day), null, new Money(2500), null, null, 0)], Cancel);
    }
}
