using Winback.Campaigns;
using Winback.Campaigns.Rendering;

namespace Winback.Tests.Campaigns.Rendering;

public sealed class MailTemplateTests
{
    [Theory]
    [InlineData("Dag {{custmer.name}}", "unknown placeholder {{custmer.name}}. Did you mean customer.name.")]
    [InlineData("{{Offer.Code}}", "unknown placeholder {{Offer.Code}}. Did you mean offer.code.")]
    [InlineData("{{offer}}", "unknown placeholder {{offer}}. ")] // a whole part is for conditions only
    [InlineData("{{this}}", "unknown placeholder {{this}}. ")]
    [InlineData("{{customer.address}}", "unknown placeholder {{customer.address}}. ")]
    [InlineData("{{#if offer}}a{{else}}{{ofer.code}}{{/if}}", "unknown placeholder {{ofer.code}}. Did you mean offer.code.")] // the other branch too
    [InlineData("{{#if ofer}}a{{/if}}", "unknown placeholder {{ofer}}. ")]
    [InlineData("{{#if offer}}a", "{{#if offer}} is not closed. Add {{/if}} where it ends.")]
    [InlineData("a{{/if}}", "{{/if}} closes a block that is not open. ")]
    [InlineData("{{#if offer}}a{{/unless}}", "{{/unless}} closes a block that is not open. ")]
    [InlineData("{{else}}", "{{else}} has no {{#if}} before it. ")]
    [InlineData("{{#if offer}}a{{else}}b{{else}}c{{/if}}", "{{else}} has no {{#if}} before it. ")]
    [InlineData("{{#each offer}}a{{/each}}", "{{#each offer}} is not understood. ")]
    [InlineData("{{> other}}", "unknown partial {{> other}}. Write it as partials/other.md.")]
    [InlineData("{{& business.name}}", "{{& business.name}} is not understood. ")]
    [InlineData("{{}}", "{{}} is not understood. ")]
    [InlineData("{{{business.name}}}", "three braces stand around business.name. Write {{business.name}}.")]
    [InlineData("{{business.name", "a placeholder starts with {{ but does not end with }}. Add the closing }}.")]
    [InlineData("\\{{business.name}}", "a \\ stands before {{. Leave it out.")]
    [InlineData("{{plural away_months \"dag\"}}", "{{plural away_months \"dag\"}} is not complete. ")]
    [InlineData("{{plural business.name \"dag\" \"dagen\"}}", "business.name is not a number. Give {{plural}} one of away_months, visits, subscription.days_left.")]
    [InlineData("{{customer.first_name}}", "{{customer.first_name}} is not known for every customer. ")]
    [InlineData("{{#if offer}}{{customer.first_name}}{{/if}}", "{{customer.first_name}} is not known for every customer. ")]
    [InlineData("{{#if customer.first_name}}a{{else}}{{customer.first_name}}{{/if}}", "{{customer.first_name}} is not known for every customer. ")]
    public void A_mistake_in_the_body_is_found_before_anything_is_sent(string line, string expected)
    {
        var wrong = Assert.Throws<TemplateException>(() => SampleMails.Template($"Eerste regel\n\n{line}"));
        Assert.StartsWith("test.nl.md, line 8: " + expected, wrong.Message, StringComparison.Ordinal);
        Assert.Equal(("test.nl.md", 8), (wrong.File, wrong.Line));
    }

    [Theory]
    [InlineData("Tekst", "x.md, line 1: the front matter is missing. Start the file with a line ---")]
    [InlineData("---\nsubject: Dag\nTekst", "x.md, line 1: the front matter has no end. ")]
    [InlineData("---\npreheader: Dag\n---\nTekst", "x.md: the subject is missing. Add a line subject: to the front matter.")]
    [InlineData("---\n---\nTekst", "x.md: the subject is missing. ")]
    [InlineData("---\nsubject:\n---\nTekst", "x.md, line 2: the subject is missing. ")]
    [InlineData("---\nsubject: Dag\npreheder: Vooraf\n---\nTekst", "x.md, line 3: unknown key 'preheder' in the front matter. Did you mean preheader.")]
    [InlineData("---\nsubject: Dag\nsubject: Dag\n---\nTekst", "x.md, line 3: the front matter is not YAML (")]
    [InlineData("---\nsubject: [a, b]\n---\nTekst", "x.md, line 2: subject is not a text. ")]
    [InlineData("---\nsubject: {{business.name}}\n---\nTekst", "x.md, line 2: ")] // needs quotes
    [InlineData("---\nsubject: Let op: nu\n---\nTekst", "x.md, line 2: the front matter is not YAML (")]
    [InlineData("---\nDag\n---\nTekst", "x.md, line 2: the front matter is not a list of key: value lines. ")]
    [InlineData("---\nsubject: Dag\n---\n \n", "x.md: there is no text below the front matter. ")]
    [InlineData("---\n# let op\nsubject: 'Dag {{custmer.name}}'\n---\nTekst", "x.md, line 3: unknown placeholder {{custmer.name}}. Did you mean customer.name.")]
    [InlineData("---\nsubject: Dag\npreheader: 'Dag {{customer.name}}'\n---\nTekst", "x.md, line 3: {{customer.name}} is not known for every customer. ")]
    [InlineData("---\r\nsubject: Dag\r\n---\r\nTekst\r\n{{x}}\r\n", "x.md, line 5: unknown placeholder {{x}}. Choose from customer.first_name, ")] // Windows line ends
    public void A_mistake_in_the_front_matter_is_found_before_anything_is_sent(string text, string expected)
    {
        var wrong = Assert.Throws<TemplateException>(() => MailTemplate.Parse("x.md", text));
        Assert.StartsWith(expected, wrong.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("---\nsubject: Bel\npreheader: Vooraf\n---\nTekst", "x.md, line 3: unknown key 'preheader' in the front matter. Choose from subject.")] // which only a mail has
    [InlineData("---\nsubject: Bel\n---\n \n", "x.md: there is no text below the front matter. Write there what to say.")]
    [InlineData("---\n---\nTekst", "x.md: the subject is missing. Add a line subject: to the front matter.")]
    [InlineData("---\nsubject: Bel\n---\nDag {{custmer.name}}", "x.md, line 4: unknown placeholder {{custmer.name}}. Did you mean customer.name.")]
    public void A_mistake_in_what_to_say_in_a_call_is_told_with_its_line(string text, string expected) =>
        Assert.Equal(expected, Assert.Throws<TemplateException>(() => MailTemplate.Parse("x.md", text, channel: Channel.Phone)).Message);

    [Fact]
    public void What_to_say_in_a_call_is_lines_without_formatting_or_footer()
    {
        var template = MailTemplate.Parse(
            "x.md", "---\nsubject: 'Bel {{business.name}}'\n---\n\nZeg **dag**\nen luister.\n\n- Eén\n- Twee [hier]({{links.return_url}})\n\n> Let op\n", channel: Channel.Phone);
        var call = TalkingPoints.Of(template, SampleMails.Restaurant, MailLanguage.Dutch);
        Assert.Equal("Bel Eetkamer De Linde", call.Purpose);
        Assert.Equal(["Zeg dag", "en luister.", "- Eén", $"- Twee hier: {SampleMails.Restaurant.Links.ReturnUrl}", "  Let op"], call.Points);
    }

    [Theory]
    [InlineData("Tekst", "")]
    [InlineData("{{offer.code}} {{links.return_url}}", "links.return_url offer")]
    [InlineData("{{#if offer}}{{offer.code}}{{/if}}", "")]
    [InlineData("{{#if offer.code}}{{offer.text}}{{/if}}", "")] // one field of the offer makes sure of all
    [InlineData("{{#if offer}}a{{else}}{{offer.code}}{{/if}}", "offer")]
    [InlineData("{{#unless offer}}a{{else}}{{offer.code}}{{/unless}}", "")]
    [InlineData("{{#if links.return_url}}{{#if offer}}{{links.return_url}}{{/if}}{{/if}}", "")] // from an outer condition
    [InlineData("{{#if offer}}a{{/if}}{{offer.code}}", "offer")] // the condition has ended
    [InlineData("{{plural subscription.days_left \"dag\" \"dagen\"}}", "subscription")]
    [InlineData("{{! {{offer.code }}", "")] // a comment
    [InlineData("{{!-- {{offer.code}} --}}Tekst", "")]
    public void A_template_knows_what_its_campaign_must_provide(string body, string expected) =>
        Assert.Equal(expected, string.Join(' ', SampleMails.Template(body).Needs.Order()));

    [Fact]
    public void Every_documented_placeholder_works_and_is_not_empty()
    {
        var model = SampleMails.Restaurant with
        {
            Subscription = SampleMails.Gym.Subscription,
            Links = SampleMails.Restaurant.Links with { ReferralUrl = new Uri("https://x.example/f"), MyReferralsUrl = new Uri("https://x.example/m") },
        };
        foreach (var placeholder in MailPlaceholders.ForTemplates)
        {
            var mail = SampleMails.Render($"{{{{#if {placeholder.Name}}}}}[{{{{{placeholder.Name}}}}}]{{{{/if}}}}", model);
            Assert.Matches(@"^\[[^\]]+\]", mail.Text);
        }
    }
}
