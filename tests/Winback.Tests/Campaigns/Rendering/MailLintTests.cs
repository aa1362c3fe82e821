using Winback.Campaigns.Rendering;

namespace Winback.Tests.Campaigns.Rendering;

public sealed class MailLintTests
{
    private const string Layout =
        "<html lang=\"{{language}}\"><body>{{business.name}}{{{body}}}{{business.postal_address}}{{footer.why}}"
        + "<a href=\"{{links.unsubscribe}}\">{{footer.unsubscribe}}</a></body></html>";

    [Theory] // body; subject; the finding's rule and place, empty for none
    [InlineData("Een gewone mail, met [een link](https://x.example) en ![een plaatje](https://x.example/a.png).", "Dag", "")]
    [InlineData("[](https://x.example)", "Dag", "link-without-words: link to https://x.example")]
    [InlineData("[![](https://x.example/a.png)](https://x.example)", "Dag",
        "link-without-words: link to https://x.example; picture-without-words: picture https://x.example/a.png")]
    [InlineData("[Kaart](http://x.example)", "Dag", "link-without-https: link \"Kaart\"")]
    [InlineData("[Kaart](http://localhost:7071)", "Dag", "")] // a trial
    [InlineData("[Kaart](/kaart)", "Dag", "link-without-address: link \"Kaart\"")]
    [InlineData("[Kaart](x.example/kaart)", "Dag", "link-without-address: link \"Kaart\"")]
    [InlineData("[Kaart](javascript:alert)", "Dag", "link-without-address: link \"Kaart\"")]
    [InlineData("[Bel](tel:+31301234567) of [mail](mailto:hallo@x.example)", "Dag", "")]
    [InlineData("Tekst", "Een onderwerp dat net zo lang is als het mag zijn: zestig te.", "long-subject: subject")] // 61
    [InlineData("Tekst", "Een onderwerp dat net zo lang is als het mag zijn: zestig t.", "")] // 60
    [InlineData("Tekst", "LAATSTE kans", "capitals: subject and preheader")]
    [InlineData("Tekst", "Weer naar de IKEA en de KPMG", "")]
    [InlineData("Tekst", "{{business.name}}: dag", "")] // a name may shout: see Shouts
    [InlineData("GRATIS voor NIEUWE klanten", "Dag", "")] // twice may be meant
    [InlineData("GRATIS voor NIEUWE klanten, ALLEEN vandaag", "Dag", "capitals: text")]
    [InlineData("Een! Twee! Drie!", "Dag!", "")]
    [InlineData("Een! Twee! Drie! Vier!", "Dag", "exclamation-marks: text")]
    [InlineData("Kom!!", "Dag", "exclamation-marks: text")]
    [InlineData("Tekst", "Dag! Kom!", "exclamation-marks: subject and preheader")]
    [InlineData("Beste {{#if subscription}}X{{/if}},", "Dag", "gap: text")]
    [InlineData("{{#if subscription}}X{{/if}}, kom je?", "Dag", "gap: text")]
    [InlineData("Groenten, {{#if subscription}}X{{/if}}, fruit", "Dag", "gap: text")]
    [InlineData("Kom je ({{#if subscription}}X{{/if}})?", "Dag", "gap: text")]
    [InlineData("Tekst", "Dag {{#if subscription}}X{{/if}}, kom je?", "gap: subject")]
    [InlineData("Wacht... Daar is het, .NET, om 12.30 uur, en (ja) zo. Goed?", "Dag", "")]
    [InlineData("Dag null", "Dag", "left-over: text")]
    [InlineData("Een nul, nullen en Nullius", "Dag", "")]
    [InlineData("Tekst", "Dag }}", "left-over: subject")]
    public void A_mail_is_looked_at_for(string body, string subject, string expected)
    {
        var model = SampleMails.Restaurant with { Business = SampleMails.Restaurant.Business with { Name = "GROTE EETKAMER" } };
        Assert.Equal(expected, Findings(SampleMails.Render(body, model, subject), model));
    }

    [Fact]
    public void A_mail_needs_a_preheader()
    {
        var template = MailTemplate.Parse("x.md", "---\nsubject: Dag\n---\nTekst");
        var mail = SampleMails.Renderer.Render(template, SampleMails.Restaurant, MailLanguage.Dutch);
        Assert.Equal("no-preheader: preheader", Findings(mail, SampleMails.Restaurant));
    }

    [Theory]
    [InlineData("<img src=\"https://x.example/a.png\" alt=\"A\">", "picture-without-size: picture https://x.example/a.png")]
    [InlineData("<img src=\"https://x.example/a.png\" width=\"20\" height=\"20\">", "picture-without-words: picture https://x.example/a.png")]
    [InlineData("<a name=\"top\">Boven</a>", "link-without-address: link \"Boven\"")]
    [InlineData(
        "Dit verhaal staat alleen in de layout, en wie geen HTML leest krijgt er geen woord van te zien, hoe lang het ook is en blijft, want het "
        + "staat niet in de mail zelf maar eromheen, zodat alleen wie plaatjes en kleuren ziet weet wat hier nog meer te lezen stond.",
        "short-text: text")]
    public void A_layout_is_looked_at_too(string inLayout, string expected)
    {
        var mail = Render(Layout.Replace("{{{body}}}", inLayout + "{{{body}}}", StringComparison.Ordinal));
        Assert.Equal(expected, Findings(mail, SampleMails.Restaurant));
    }

    [Fact]
    public void A_layout_may_not_hide_the_link_to_unsubscribe()
    {
        var mail = Render(Layout.Replace("\"{{links.unsubscribe}}\"", "\"https://x.example/{{links.unsubscribe}}\"", StringComparison.Ordinal));
        Assert.Equal("no-unsubscribe-link: HTML", Findings(mail, SampleMails.Restaurant));
        Assert.Equal(
            "no-unsubscribe-link: HTML; no-unsubscribe-link: text",
            Findings(mail with { Text = mail.Text.Replace("https://post.", "https://", StringComparison.Ordinal) }, SampleMails.Restaurant));
    }

    [Fact]
    public void A_mail_that_Gmail_would_cut_off_is_refused()
    {
        Assert.Equal("", Findings(Filled(90_000), SampleMails.Restaurant));
        Assert.Equal("too-large: HTML", Findings(Filled(102_000), SampleMails.Restaurant));

        static RenderedMail Filled(int bytes) => SampleMails.Render(string.Concat(Enumerable.Repeat("woorden ", bytes / 8)));
    }

    [Fact]
    public void A_finding_says_where_what_and_what_to_do()
    {
        var finding = Assert.Single(MailLint.Check(SampleMails.Render("Beste {{#if subscription}}X{{/if}},"), SampleMails.Restaurant));
        Assert.Equal("text: \"Beste ,\" misses something. Put the words around it between {{#if x}} and {{/if}} too.", finding.ToString());
        Assert.Equal(LintSeverity.Error, finding.Rule.Severity);
    }

    private static RenderedMail Render(string layout) =>
        new MailRenderer(MailLayout.Parse("layout.html", layout)).Render(SampleMails.Template("Tekst"), SampleMails.Restaurant, MailLanguage.Dutch);

    private static string Findings(RenderedMail mail, MailModel model) =>
        string.Join("; ", MailLint.Check(mail, model).Select(finding => $"{finding.Rule.Id}: {finding.Place}"));
}
