using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Winback.Customers;
using Winback.Pages;

namespace Winback.Tests.Pages;

public sealed class PageShellTests
{
    private static readonly Page Plain = new("nl", "Titel", Html.Of($"<p>{"a < b & \"c\""}</p>"));

    [Fact]
    public async Task What_is_put_into_a_page_is_shown_literally_unless_it_is_a_piece_of_one()
    {
        var (page, _) = await AnswerAsync(new BusinessOptions(), Plain with { Title = "<b>" });

        Assert.Contains("<p>a &lt; b &amp; &quot;c&quot;</p>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;</h1>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_owners_logo_is_the_only_thing_a_page_may_load()
    {
        var (page, policy) = await AnswerAsync(new BusinessOptions { Name = "De Linde", LogoUrl = "https://beeld.delinde.example/logo.png" }, Plain);

        Assert.Contains("<img src=\"https://beeld.delinde.example/logo.png\" alt=\"De Linde\"", page, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.Contains("img-src https://beeld.delinde.example;", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_has_the_owners_colours()
    {
        var (page, _) = await AnswerAsync(new BusinessOptions { AccentColour = "#ffdd00" }, Plain);

        Assert.Contains("--accent: #ffdd00; --on-accent: #1d2120;", page, StringComparison.Ordinal);
    }

    [Fact] // 3.3.1 of WCAG 2.2: which field, and what; what was typed stays.
    public void What_is_wrong_with_a_field_stands_with_it_and_what_was_typed_stays()
    {
        var field = FormFields.Line("phone", "Nummer", "06 \"x\"", "tel", 30, "tel", "Met netnummer.", "Dit is geen telefoonnummer.").ToString();

        Assert.Contains("<p class=\"problem\" id=\"phone-problem\" role=\"alert\">Dit is geen telefoonnummer.</p>", field, StringComparison.Ordinal);
        Assert.Contains("value=\"06 &quot;x&quot;\"", field, StringComparison.Ordinal);
        Assert.Contains("aria-describedby=\"phone-problem phone-hint\" aria-invalid=\"true\" autofocus", field, StringComparison.Ordinal);
    }

    private static async Task<(string Page, string Policy)> AnswerAsync(BusinessOptions business, Page page)
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var http = new DefaultHttpContext { RequestServices = services };
        using var body = new MemoryStream();
        http.Response.Body = body;
        await PageShell.Answer(http, business, page).ExecuteAsync(http);
        return (System.Text.Encoding.UTF8.GetString(body.ToArray()), http.Response.Headers.ContentSecurityPolicy.ToString());
    }
}
