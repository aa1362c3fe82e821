using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Customers.Import;
using Winback.Intake;
using Winback.Outreach;
using Winback.Tests.Fakes;
using Winback.Tests.Hosting;

namespace Winback.Tests.Pages;

/// <summary><c>/api/unsubscribe/{token}</c>: the link in every mail, and the header that mail programs press.</summary>
public sealed class UnsubscribeEndpointsTests(UntouchedApp untouched) : IClassFixture<UntouchedApp>
{
    [Theory]
    [InlineData("nl", MessageClass.Marketing, "uitnodigingen", "Schrijf me uit")]
    [InlineData("nl", MessageClass.Service, "abonnement", "Stop de herinneringen")]
    [InlineData("en", MessageClass.Marketing, "invitations", "Unsubscribe me")]
    [InlineData("en", MessageClass.Service, "subscription", "Stop the reminders")]
    [InlineData(null, MessageClass.Marketing, "uitnodigingen", "Schrijf me uit")] // not known: the owner's
    public async Task Looking_changes_nothing_and_shows_one_button_in_the_customers_language(string? language, MessageClass messageClass, string about, string button)
    {
        await using var app = await StartAsync();
        app.Parts.Customers.Put(app.Parts.Customers["K1"], app.Parts.Customers.ProfileOf("K1") with { Language = language });

        using var answer = await app.GetAsync(Link(app, messageClass));

        var page = await TestApp.TextAsync(answer, HttpStatusCode.OK);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains($"<html lang=\"{language ?? "nl"}\">", page, StringComparison.Ordinal);
        Assert.Contains(about, page, StringComparison.Ordinal);
        Assert.Matches($"<form method=\"post\"[^>]*>\\s*<button[^>]*>{button}</button>\\s*</form>", page);
        Assert.Single(Regex.Matches(page, "<button"));
        Assert.Empty(app.Parts.Effects.Done);
    }

    [Theory] // A forwarded or shared mail may be in the wrong language for who opens it.
    [InlineData("?lang=en", "en", "Unsubscribe me", "?lang=nl")]
    [InlineData("?lang=nl", "nl", "Schrijf me uit", "?lang=en")]
    [InlineData("?lang=tlh", "nl", "Schrijf me uit", "?lang=en")]
    public async Task The_page_is_in_the_language_that_was_chosen_on_it(string query, string language, string button, string other)
    {
        await using var app = await StartAsync();

        using var asked = await app.GetAsync(Link(app) + query);
        using var done = await app.SendAsync(HttpMethod.Post, Link(app) + query, null);

        var page = await TestApp.TextAsync(asked, HttpStatusCode.OK);
        Assert.Contains($"<html lang=\"{language}\">", page, StringComparison.Ordinal);
        Assert.Contains(button, page, StringComparison.Ordinal);
        Assert.Contains($"href=\"{other}\"", page, StringComparison.Ordinal);
        Assert.Contains($"<html lang=\"{language}\">", await TestApp.TextAsync(done, HttpStatusCode.OK), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_button_stops_marketing_at_once_and_says_so()
    {
        await using var app = await StartAsync();
        await app.HandleAsync("K1", "invitation");

        using var answer = await app.SendAsync(HttpMethod.Post, Link(app), new FormUrlEncodedContent([]));

        var page = await TestApp.TextAsync(answer, HttpStatusCode.OK);
        Assert.Contains("Je bent uitgeschreven", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", page, StringComparison.Ordinal);
        var customer = app.Parts.Customers["K1"];
        Assert.Equal((InMemoryApp.Start, null, EnrolmentEnd.OptOut), (customer.OptedOutAt, customer.ServiceOptedOutAt, customer.Marketing?.Ended));
        Assert.Equal(InMemoryApp.Start, app.Parts.Mailboxes[app.Parts.MailboxKey("k1@klant.example")]?.OptedOutAt);
    }

    [Fact]
    public async Task Pressed_twice_it_changes_nothing_more_and_says_the_same()
    {
        await using var app = await StartAsync();
        using var first = await app.SendAsync(HttpMethod.Post, Link(app), null);
        var version = app.Parts.Customers.VersionOf("K1");
        app.Parts.Time.Advance(TimeSpan.FromDays(400)); // and a link never expires

        using var second = await app.SendAsync(HttpMethod.Post, Link(app), null);

        Assert.Equal(await TestApp.TextAsync(first, HttpStatusCode.OK), await TestApp.TextAsync(second, HttpStatusCode.OK));
        Assert.Equal(version, app.Parts.Customers.VersionOf("K1"));
    }

    [Theory] // RFC 8058 3.2: either form, no cookie, no login, answered without a redirect
    [InlineData("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n")]
    public async Task One_click_from_the_mail_program_acts_as_the_button_does(string type, string body)
    {
        await using var app = await StartAsync();
        await app.HandleAsync("K1", "invitation");
        var header = app.Parts.Mail.Sent.Single().Headers["List-Unsubscribe"].Trim('<', '>');
        var content = new StringContent(body);
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);

        using var answer = await app.SendAsync(HttpMethod.Post, new Uri(header).AbsolutePath, content);

        await TestApp.TextAsync(answer, HttpStatusCode.OK);
        Assert.NotNull(app.Parts.Customers["K1"].OptedOutAt);
    }

    [Fact]
    public async Task What_was_queued_before_is_not_sent_any_more()
    {
        await using var app = await StartAsync();

        await app.SendAsync(HttpMethod.Post, Link(app), null);

        Assert.Equal(OutreachOutcome.Dropped, await app.HandleAsync("K1", "invitation"));
        Assert.Empty(app.Parts.Mail.Tried);
    }

    [Fact]
    public async Task The_link_of_a_reminder_stops_only_reminders()
    {
        await using var app = await StartAsync();

        await app.SendAsync(HttpMethod.Post, Link(app, MessageClass.Service), null);

        Assert.Equal((null, InMemoryApp.Start), (app.Parts.Customers["K1"].OptedOutAt, app.Parts.Customers["K1"].ServiceOptedOutAt));
        Assert.Equal(OutreachOutcome.Sent, await app.HandleAsync("K1", "invitation"));
    }

    [Fact]
    public async Task It_holds_for_everybody_with_the_same_mailbox()
    {
        await using var app = await TestApp.StartAsync();
        app.Parts.AddLapsed("K1", email: "samen@klant.example");
        app.Parts.AddLapsed("K2", email: "samen@klant.example");
        app.Parts.AddLapsed("K3");

        await app.SendAsync(HttpMethod.Post, Link(app, email: "samen@klant.example"), null);

        Assert.NotNull(app.Parts.Customers["K1"].OptedOutAt);
        Assert.NotNull(app.Parts.Customers["K2"].OptedOutAt);
        Assert.Null(app.Parts.Customers["K3"].OptedOutAt);
    }

    [Fact]
    public async Task It_is_remembered_when_the_customer_is_gone_and_comes_back()
    {
        await using var app = await StartAsync();
        var link = Link(app);
        app.Parts.Customers.Remove("K1");

        using var page = await app.GetAsync(link);
        using var answer = await app.SendAsync(HttpMethod.Post, link, null);
        await app.Services.GetRequiredService<CustomerBook>().ApplyAsync(
            CustomerId.Parse("K9"), [new CustomerRow(CustomerId.Parse("K9"), "Sam", "Sam", "K1@Klant.example", null, null, true)], TestContext.Current.CancellationToken);

        await TestApp.TextAsync(page, HttpStatusCode.OK);
        await TestApp.TextAsync(answer, HttpStatusCode.OK);
        Assert.Equal(InMemoryApp.Start, app.Parts.Customers["K9"].OptedOutAt);
    }

    [Fact]
    public async Task A_link_signed_with_an_older_key_still_works()
    {
        await using var before = await StartAsync();
        var link = Link(before);
        await using var after = await TestApp.StartAsync(
            ("Secrets:LinkKeys:0", Convert.ToBase64String(Enumerable.Repeat((byte)7, 32).ToArray())), ("Secrets:LinkKeys:1", Convert.ToBase64String(new byte[32])));
        after.Parts.AddLapsed("K1");

        using var answer = await after.SendAsync(HttpMethod.Post, link, null);

        await TestApp.TextAsync(answer, HttpStatusCode.OK);
        Assert.NotNull(after.Parts.Customers["K1"].OptedOutAt);
        Assert.NotEqual(link, Link(after));
    }

    [Fact]
    public async Task A_link_signed_with_a_key_of_somebody_else_is_404()
    {
        await using var other = await TestApp.StartAsync(("Secrets:LinkKeys:0", Convert.ToBase64String(Enumerable.Repeat((byte)7, 32).ToArray())));
        await using var app = await StartAsync();

        await AssertUnknownAsync(app, Link(other));
    }

    [Fact]
    public async Task A_link_that_is_not_ours_letter_for_letter_is_404()
    {
        await using var app = await StartAsync();
        var link = Link(app);
        var start = link.LastIndexOf('/') + 1;

        // The last letter may hold bits that mean nothing.
        for (var i = start; i < link.Length - 1; i++)
            await AssertUnknownAsync(app, $"{link[..i]}{(link[i] == 'A' ? 'B' : 'A')}{link[(i + 1)..]}");
        for (var length = 1; length < link.Length - start; length++)
            await AssertUnknownAsync(app, link[..(start + length)]);
        await AssertUnknownAsync(app, link + "AAAA");
        Assert.Empty(app.Parts.Effects.Done);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("not-a-token")]
    [InlineData("%20")]
    [InlineData("====")]
    [InlineData("AAAA%0AAAAA")]
    [InlineData("%F0%9F%98%80")]
    [InlineData("..%2F..%2Fetc")]
    [InlineData("<script>")]
    public async Task Garbage_is_404(string token)
    {
        var app = untouched.App;

        await AssertUnknownAsync(app, $"/api/unsubscribe/{token}");
        await AssertUnknownAsync(app, $"/api/unsubscribe/{string.Concat(Enumerable.Repeat(token, 200))}");
    }

    [Fact]
    public async Task What_the_owner_is_called_cannot_break_the_page()
    {
        await using var app = await TestApp.StartAsync(("Business:Name", "<script>alert(1)</script> & Zn \"Zoon\""));
        app.Parts.AddLapsed("K1");

        using var answer = await app.GetAsync(Link(app));

        var page = await TestApp.TextAsync(answer, HttpStatusCode.OK);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; Zn &quot;Zoon&quot;", page, StringComparison.Ordinal);
    }

    [Fact] // Who sends must be plain on the page as in the mail.
    public async Task The_page_says_whose_it_is()
    {
        await using var app = await TestApp.StartAsync(("Business:PostalAddress", "Lindelaan 12\n3581 AB <Utrecht>"), ("Business:Phone", "030 123 45 67"));

        using var answer = await app.GetAsync("/api/unsubscribe/unknown");

        var page = await TestApp.TextAsync(answer, HttpStatusCode.NotFound);
        Assert.Contains("<strong>Eetkamer De Linde</strong><br>Lindelaan 12<br>3581 AB &lt;Utrecht&gt;<br>030 123 45 67</footer>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_loads_nothing_and_is_kept_nowhere()
    {
        await using var app = await StartAsync();

        using var answer = await app.GetAsync(Link(app));

        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotMatch("src=|url\\(|@import|<link", page);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    private static async Task<TestApp> StartAsync()
    {
        var app = await TestApp.StartAsync();
        app.Parts.AddLapsed("K1");
        return app;
    }

    private static string Link(TestApp app, MessageClass messageClass = MessageClass.Marketing, string email = "k1@klant.example") =>
        new Uri(app.Services.GetRequiredService<Links>().Unsubscribe(new UnsubscribeLink(CustomerId.Parse("K1"), messageClass, app.Parts.MailboxKey(email)))).AbsolutePath;

    private static async Task AssertUnknownAsync(TestApp app, string link)
    {
        using var page = await app.GetAsync(link);
        using var answer = await app.SendAsync(HttpMethod.Post, link, null);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (page.StatusCode, answer.StatusCode));
    }
}
