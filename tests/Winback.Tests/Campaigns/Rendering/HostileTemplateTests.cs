using Winback.Campaigns.Rendering;

namespace Winback.Tests.Campaigns.Rendering;

/// <summary>A template reaches the documented fields and nothing else, whatever its language could do.</summary>
public sealed class HostileTemplateTests
{
    [Theory]
    [InlineData("{{lookup this 'business'}}")]
    [InlineData("{{lookup business \"name\"}}")]
    [InlineData("{{#each this}}{{@key}}{{/each}}")]
    [InlineData("{{#with business}}{{name}}{{/with}}")]
    [InlineData("{{@root}}")]
    [InlineData("{{@root.business.name}}")]
    [InlineData("{{../business.name}}")]
    [InlineData("{{./business.name}}")]
    [InlineData("{{this}}")]
    [InlineData("{{this.business.name}}")]
    [InlineData("{{business}}")]
    [InlineData("{{business.[name]}}")]
    [InlineData("{{[business.name]}}")]
    [InlineData("{{business/name}}")]
    [InlineData("{{{business.name}}}")]
    [InlineData("{{&business.name}}")]
    [InlineData("{{{ }}}")]
    [InlineData("{{{{raw}}}}{{{{/raw}}}}")]
    [InlineData("{{constructor}}")]
    [InlineData("{{business.name.Length}}")]
    [InlineData("{{business.GetType}}")]
    [InlineData("{{last_visit.As}}")]
    [InlineData("{{$money}}")]
    [InlineData("{{subject}}")] // the layout's
    [InlineData("{{colours.accent}}")]
    [InlineData("{{business.logo_url}}")]
    [InlineData("{{body}}")]
    [InlineData("{{#if (lookup this 'x')}}a{{/if}}")]
    [InlineData("{{#if @root}}a{{/if}}")]
    [InlineData("{{#if business.name}}a{{else if offer}}b{{/if}}")]
    [InlineData("{{^business.name}}a{{/business.name}}")]
    [InlineData("{{#business.name}}a{{/business.name}}")]
    [InlineData("{{#*inline 'x'}}a{{/inline}}")]
    [InlineData("{{> (lookup . 'x')}}")]
    [InlineData("{{plural (lookup this 'visits') 'a' 'b'}}")]
    [InlineData("{{plural visits 'a' 'b' x=1}}")]
    [InlineData("{{plural visits business.name 'b'}}")]
    [InlineData("{{date business.name}}")]
    [InlineData("{{date last_visit 'yyyy'}}")]
    [InlineData("{{date last_visit business.name}}")]
    [InlineData("{{money away_months}}")]
    [InlineData("{{money -5}}")]
    [InlineData("{{money 12,50}}")]
    [InlineData("{{money 1e9}}")]
    [InlineData("{{date}}")]
    [InlineData("{{money}}")]
    [InlineData("{{plural}}")]
    [InlineData("{{log 'x'}}")]
    [InlineData("{{business.name x=1}}")]
    [InlineData("{{'business.name'}}")]
    [InlineData("{{true}}")]
    [InlineData("{{\nlookup\nthis\n'x'\n}}")]
    public void What_is_not_documented_is_refused_before_anything_is_sent(string body) =>
        Assert.Throws<TemplateException>(() => SampleMails.Template(body));

    [Fact]
    public void A_comment_hides_nothing_that_runs()
    {
        var mail = SampleMails.Render("A{{!-- }} {{lookup this 'business'}} --}}B{{! {{{ }}C");
        Assert.StartsWith("ABC\n", mail.Text, StringComparison.Ordinal);
    }
}
