using Winback.Campaigns.Rendering;

namespace Winback.Tests.Campaigns.Rendering;

public sealed class MailLayoutTests
{
    private const string Complete =
        "<html lang=\"{{language}}\">{{business.name}}{{{body}}}{{business.postal_address}}{{footer.why}}<a href=\"{{links.unsubscribe}}\">{{footer.unsubscribe}}</a></html>";

    [Theory]
    [InlineData("", "{{body}} is missing. Every mail must have it; put it back.")]
    [InlineData("{{{body}}}", "{{business.name}} is missing. ")]
    [InlineData("{{body}}", "two braces stand around body. Write {{{body}}}.")]
    [InlineData(Complete + "{{offer.code}}", "unknown placeholder {{offer.code}}. ")]
    [InlineData(Complete + "{{business.phone}}", "{{business.phone}} may be absent. Put it between {{#if business.phone}} and {{/if}}.")]
    public void A_layout_without_what_every_mail_must_have_is_refused(string text, string expected)
    {
        var wrong = Assert.Throws<TemplateException>(() => MailLayout.Parse("layout.html", text));
        Assert.Contains(expected, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_in_the_layout_are_encoded()
    {
        var model = SampleMails.Restaurant with { Business = SampleMails.Restaurant.Business with { Name = "Eten & <Drinken> \"x\"" } };
        var html = new MailRenderer(MailLayout.Parse("layout.html", Complete)).Render(SampleMails.Template("Tekst"), model, MailLanguage.Dutch).Html;
        Assert.Contains("Eten &amp; &lt;Drinken&gt; &quot;x&quot;", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://delinde.example/", "<a class=\"wb-name\" href=\"https://delinde.example/\"")]
    [InlineData(null, "<span class=\"wb-name\"")]
    public void A_logo_stands_in_place_of_the_name_and_is_called_by_it(string? website, string around)
    {
        var business = SampleMails.Restaurant.Business with { Website = website is null ? null : new Uri(website), LogoUrl = new Uri("https://delinde.example/logo.png") };
        var html = SampleMails.Render("Tekst", SampleMails.Restaurant with { Business = business }).Html;
        Assert.Contains("<img src=\"https://delinde.example/logo.png\" alt=\"Eetkamer De Linde\" height=\"40\"", html, StringComparison.Ordinal);
        Assert.Contains(around, html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", SampleMails.Render("Tekst").Html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_layout_that_ships_hides_the_preheader_and_uses_the_owners_colour()
    {
        var html = SampleMails.Render("**[Verleng]({{links.return_url}})**", SampleMails.Gym).Html;
        Assert.Matches(">Vooraf(\u2007\u200C){134}</div>", html);
        Assert.Contains("background-color:#b3431e", html, StringComparison.Ordinal);
        Assert.Contains("max-width:600px", html, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", html, StringComparison.Ordinal);
    }
}
