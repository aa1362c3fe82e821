using Winback.Campaigns.Rendering;

namespace Winback.Tests.Campaigns.Rendering;

public sealed class MailPartialTests
{
    private static readonly MailPartial[] Pieces =
    [
        MailPartial.Parse("partials/greeting.nl.md", "{{#if customer.first_name}}Dag {{customer.first_name}},{{else}}Dag,{{/if}}\n"),
        MailPartial.Parse("partials/greeting.en.md", "Hello,"),
        MailPartial.Parse("partials/coupon.md", "{{!-- the owner's note --}}\n> {{offer.code}}\n> {{date offer.valid_until \"short\"}}\n"),
        MailPartial.Parse("partials/coupon.en.md", "Your code is {{offer.code}}"),
        MailPartial.Parse("partials/route.nl.md", "Zo kom je er"),
    ];

    [Theory]
    [InlineData("nl", "{{> greeting}}\n\nTekst", "Dag Sanne,\n\nTekst\n")]
    [InlineData("nl", "{{>greeting}}", "Dag Sanne,\n")]
    [InlineData("en", "{{> greeting}} dear", "Hello, dear\n")]
    [InlineData("nl", "{{> coupon}}", "  LINDE-7K2P\n  31 januari 2027\n")] // one for every language
    [InlineData("en", "{{> coupon}}.", "Your code is LINDE-7K2P.\n")] // the one of the language goes before
    [InlineData("nl", "{{! {{> nowhere }}Tekst", "Tekst\n")] // a comment
    [InlineData("nl", "{{#if subscription}}{{> coupon}}{{else}}{{> greeting}} {{> greeting}}{{/if}}", "Dag Sanne, Dag Sanne,\n")]
    public void A_partial_reads_as_if_its_text_stood_there(string language, string body, string expected)
    {
        Assert.True(MailLanguage.TryParse(language, out var mailLanguage));
        var mail = SampleMails.Renderer.Render(Template(body, language), SampleMails.Restaurant, mailLanguage);
        Assert.StartsWith(expected, mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_subject_may_use_one_too()
    {
        var template = MailTemplate.Parse("x.nl.md", "---\nsubject: '{{> greeting}} kom je?'\n---\nTekst", new MailPartials(Pieces, "nl"));
        Assert.Equal("Dag Sanne, kom je?", SampleMails.Renderer.Render(template, SampleMails.Restaurant, MailLanguage.Dutch).Subject);
    }

    [Theory]
    [InlineData("nl", "{{> greting}}", "x.nl.md, line 6: unknown partial {{> greting}}. Did you mean greeting.")]
    [InlineData("nl", "{{> something-else}}", "x.nl.md, line 6: unknown partial {{> something-else}}. Choose from greeting, coupon, route.")]
    [InlineData("en", "{{> route}}", "x.nl.md, line 6: unknown partial {{> route}}. It is there in another language only; write partials/route.en.md too.")]
    [InlineData("nl", "{{> ../../etc/passwd}}", "x.nl.md, line 6: unknown partial {{> ../../etc/passwd}}. ")]
    [InlineData("nl", "{{~> greeting}}", "x.nl.md, line 6: a ~ has no meaning with a partial. Leave it out.")]
    [InlineData("nl", "{{> greeting name=1}}", "x.nl.md, line 6: {{> greeting name=1}} is not understood. ")]
    [InlineData("nl", "{{#> greeting}}a{{/greeting}}", "x.nl.md, line 6: {{#> greeting}} is not understood. ")]
    [InlineData("nl", "{{> (lookup this 'x')}}", "x.nl.md, line 6: {{> (lookup this 'x')}} is not understood. ")]
    public void A_partial_that_is_not_there_is_named_where_it_is_used(string language, string body, string expected)
    {
        var wrong = Assert.Throws<TemplateException>(() => Template("Eerste regel\n\n" + body, language));
        Assert.StartsWith(expected, wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("partials/a.md", "Een\n\n{{ofer.code}}", "partials/a.md, line 3: unknown placeholder {{ofer.code}}. Did you mean offer.code.")]
    [InlineData("partials/a.md", "Een\r\n{{customer.name}}", "partials/a.md, line 2: {{customer.name}} is not known for every customer. ")]
    [InlineData("partials/a.md", "{{#if offer}}a", "partials/a.md, line 1: {{#if offer}} is not closed. ")] // it cannot be closed by the mail
    [InlineData("partials/a.md", "{{> a}}", "partials/a.md, line 1: {{> a}} stands in a partial or the layout; only a mail may use a partial. Put its text here.")]
    [InlineData("partials/a.md", " \n", "partials/a.md: there is no text in it. ")]
    [InlineData("partials/a.de.md", "Tag", "partials/a.de.md: the name of the file is odd. Call it NAME.md, NAME.nl.md or NAME.en.md")]
    [InlineData("partials/Een groet.md", "Dag", "partials/Een groet.md: the name of the file is odd. ")]
    public void A_mistake_in_a_partial_is_found_in_its_own_file(string file, string text, string expected)
    {
        var wrong = Assert.Throws<TemplateException>(() => MailPartial.Parse(file, text));
        Assert.StartsWith(expected, wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{> coupon}}", "offer")]
    [InlineData("{{#if offer}}{{> coupon}}{{/if}}", "")]
    [InlineData("{{> greeting}}", "")]
    public void What_a_partial_needs_the_mail_needs(string body, string expected) =>
        Assert.Equal(expected, string.Join(' ', Template(body, "nl").Needs));

    [Fact]
    public void A_mistake_after_a_partial_is_told_with_its_own_line()
    {
        var wrong = Assert.Throws<TemplateException>(() => Template("{{> coupon}}\n{{x}}", "nl"));
        Assert.Equal(5, wrong.Line);
    }

    private static MailTemplate Template(string body, string language) =>
        MailTemplate.Parse("x.nl.md", $"---\nsubject: Dag\n---\n{body}", new MailPartials(Pieces, language));
}
