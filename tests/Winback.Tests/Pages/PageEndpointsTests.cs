using System.Net;
using Winback.Outreach;
using Winback.Tests.Hosting;

namespace Winback.Tests.Pages;

/// <summary>What every page behind a link has in common.</summary>
public sealed class PageEndpointsTests
{
    /// <summary>A form of each page that is in order.</summary>
    public static TheoryData<PagePurpose, string, string> Forms() => new()
    {
        { PagePurpose.Reason, "reason", "forgot" },
        { PagePurpose.Return, "wish", "Met z'n vieren" },
        { PagePurpose.Call, "phone", "06 12 34 56 78" },
        { PagePurpose.Preferences, "often", "less" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Looking_changes_nothing(PagePurpose purpose, string field, string value)
    {
        await using var app = await PageLinks.StartAsync();

        foreach (var query in new[] { "", "?lang=en", $"?{field}={value}", $"?lang=nl&{field}={value}" })
        {
            using var answer = await app.GetAsync(PageLinks.Of(app, purpose) + query);
            var page = await TestApp.TextAsync(answer, HttpStatusCode.OK);
            Assert.Contains("<form method=\"post\"", page, StringComparison.Ordinal);
            Assert.Contains("type=\"submit\"", page, StringComparison.Ordinal);
        }

        Assert.Empty(app.Parts.Effects.Done);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_page_shows_nothing_that_we_know_of_the_customer(PagePurpose purpose, string field, string value)
    {
        await using var app = await PageLinks.StartAsync();
        app.Parts.Customers.Put(app.Parts.Customers["K1"], app.Parts.Customers.ProfileOf("K1") with { Name = "Sanne de Vries", Phone = "030 765 43 21" });

        using var asked = await app.GetAsync(PageLinks.Of(app, purpose));
        using var done = await PageLinks.PostAsync(app, purpose, (field, value));

        foreach (var page in new[] { await TestApp.TextAsync(asked, HttpStatusCode.OK), await TestApp.TextAsync(done, HttpStatusCode.OK) })
            Assert.DoesNotMatch("(?i)Sanne|K1|765|klant\\.example|script", page);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task The_same_form_posted_again_on_a_later_day_changes_nothing(PagePurpose purpose, string field, string value)
    {
        await using var app = await PageLinks.StartAsync();
        var asked = await PageLinks.AskedAsync(app, purpose);
        using var first = await PageLinks.PostAsync(app, purpose, (field, value), asked);
        var (version, replies) = (app.Parts.Customers.VersionOf("K1"), app.Parts.Replies.All.Select(r => (r.Id, r.ReceivedAt, r.Text)).ToList());
        app.Parts.Time.Advance(TimeSpan.FromDays(2));

        using var second = await PageLinks.PostAsync(app, purpose, (field, value), asked);

        Assert.Equal(await TestApp.TextAsync(first, HttpStatusCode.OK), await TestApp.TextAsync(second, HttpStatusCode.OK));
        Assert.Equal(version, app.Parts.Customers.VersionOf("K1"));
        Assert.Equal(replies, app.Parts.Replies.All.Select(r => (r.Id, r.ReceivedAt, r.Text)));
    }

    [Theory] // Made on 13 October 2026, works up to and including 11 January 2027.
    [MemberData(nameof(Forms))]
    public async Task After_ninety_days_a_page_only_says_what_to_do(PagePurpose purpose, string field, string value)
    {
        await using var app = await PageLinks.StartAsync();
        var link = PageLinks.Of(app, purpose);
        app.Parts.Time.SetUtcNow(new DateTimeOffset(2027, 1, 11, 23, 59, 0, TimeSpan.FromHours(1)));
        using var lastDay = await app.GetAsync(link);
        Assert.Equal(HttpStatusCode.OK, lastDay.StatusCode);
        app.Parts.Time.Advance(TimeSpan.FromMinutes(1));

        using var asked = await app.GetAsync(link);
        using var posted = await PageLinks.PostAsync(app, link, (field, value));

        Assert.Contains("verlopen", await TestApp.TextAsync(asked, HttpStatusCode.Gone), StringComparison.Ordinal);
        Assert.Contains("Antwoord gerust op die mail", await TestApp.TextAsync(posted, HttpStatusCode.Gone), StringComparison.Ordinal);
        Assert.Empty(app.Parts.Effects.Done);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_link_that_is_not_ours_or_is_another_pages_is_404(PagePurpose purpose, string field, string value)
    {
        await using var app = await PageLinks.StartAsync();
        await using var other = await PageLinks.StartAsync(("Secrets:LinkKeys:0", Convert.ToBase64String(Enumerable.Repeat((byte)7, 32).ToArray())));
        var link = PageLinks.Of(app, purpose);
        var path = link[..(link.LastIndexOf('/') + 1)];
        var strangers = Enum.GetValues<PagePurpose>().Where(p => p != purpose).Select(p => PageLinks.Of(app, p).Split('/')[^1])
            .Concat([PageLinks.Of(other, purpose).Split('/')[^1], link.Split('/')[^1][..^1], "x", "%F0%9F%98%80", new string('A', 38), new string('A', 5000)]);

        foreach (var token in strangers)
        {
            using var asked = await app.GetAsync(path + token);
            using var posted = await PageLinks.PostAsync(app, path + token, (field, value));
            Assert.Contains("<h1>", await TestApp.TextAsync(asked, HttpStatusCode.NotFound), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, posted.StatusCode);
        }
        Assert.Empty(app.Parts.Effects.Done);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task After_a_rotation_an_older_link_still_works(PagePurpose purpose, string field, string value)
    {
        await using var before = await PageLinks.StartAsync();
        await using var after = await PageLinks.StartAsync(
            ("Secrets:LinkKeys:0", Convert.ToBase64String(Enumerable.Repeat((byte)7, 32).ToArray())), ("Secrets:LinkKeys:1", Convert.ToBase64String(new byte[32])));

        using var answer = await PageLinks.PostAsync(after, PageLinks.Of(before, purpose), (field, value));

        await TestApp.TextAsync(answer, HttpStatusCode.OK);
        Assert.NotEmpty(after.Parts.Effects.Done);
    }

    [Theory]
    [InlineData("text/plain", "reason=forgot", HttpStatusCode.BadRequest)] // no form: nothing was chosen
    [InlineData("multipart/form-data; boundary=b", "--b\r\nbroken", HttpStatusCode.BadRequest)]
    [InlineData("application/x-www-form-urlencoded", "reason=forgot&reason=forgot", HttpStatusCode.BadRequest)]
    [InlineData("application/x-www-form-urlencoded", "=%%%&reason=%F0%9F", HttpStatusCode.BadRequest)]
    public async Task What_is_no_form_of_ours_is_refused(string type, string body, HttpStatusCode expected)
    {
        await using var app = await PageLinks.StartAsync();
        using var content = new StringContent(body);
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);

        using var answer = await app.SendAsync(HttpMethod.Post, PageLinks.Of(app, PagePurpose.Reason), content);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Empty(app.Parts.Effects.Done);
    }

    [Fact]
    public async Task A_form_that_is_far_too_large_is_413()
    {
        await using var app = await PageLinks.StartAsync();

        using var answer = await PageLinks.PostAsync(app, PagePurpose.Reason, ("reason", "forgot"), ("story", new string('x', 100_000)));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Empty(app.Parts.Effects.Done);
    }

    [Fact]
    public async Task The_links_in_a_mail_lead_to_its_pages()
    {
        await using var app = await PageLinks.StartAsync();
        var link = System.Text.RegularExpressions.Regex.Match(app.Parts.Mail.Sent.Single().Html, "href=\"([^\"]+/api/preferences/[^\"]+)\"").Groups[1].Value;

        using var answer = await app.GetAsync(new Uri(link).AbsolutePath);

        Assert.Contains("Hoe mogen we je schrijven?", await TestApp.TextAsync(answer, HttpStatusCode.OK), StringComparison.Ordinal);
    }
}
