using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Winback.Customers;
using Winback.Outreach;
using Winback.Tests.Fakes;
using Winback.Tests.Hosting;

namespace Winback.Tests.Pages;

/// <summary>An app whose customer K1 got the restaurant's invitation, and the links in it.</summary>
internal static partial class PageLinks
{
    public static async Task<TestApp> StartAsync(params (string Name, string Value)[] settings)
    {
        var app = await TestApp.StartAsync(settings);
        app.Parts.AddLapsed("K1");
        Assert.Equal(OutreachOutcome.Sent, await app.HandleAsync("K1", "invitation"));
        app.Parts.Effects.Forget();
        return app;
    }

    /// <summary>The address of a page, as in a mail made today.</summary>
    public static string Of(TestApp app, PagePurpose purpose, string customer = "K1")
    {
        var outreach = OutreachId.Of(CustomerId.Parse(customer), InMemoryApp.Restaurant, new Anchor("", new DateOnly(2026, 2, 10)), "invitation");
        return new Uri(app.Services.GetRequiredService<Links>().Page(purpose, new PageLink(outreach, new DateOnly(2026, 10, 13)))).AbsolutePath;
    }

    /// <summary>The hidden field of a form that is opened now.</summary>
    public static async Task<(string Name, string Value)> AskedAsync(TestApp app, PagePurpose purpose)
    {
        using var page = await app.GetAsync(Of(app, purpose));
        var field = AskedField().Match(await TestApp.TextAsync(page, HttpStatusCode.OK));
        Assert.True(field.Success);
        return ("asked", field.Groups[1].Value);
    }

    public static Task<HttpResponseMessage> PostAsync(TestApp app, PagePurpose purpose, params (string Name, string Value)[] fields) =>
        PostAsync(app, Of(app, purpose), fields);

    public static async Task<HttpResponseMessage> PostAsync(TestApp app, string address, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return await app.SendAsync(HttpMethod.Post, address, form);
    }

    [GeneratedRegex("name=\"asked\" value=\"([^\"]+)\"")]
    private static partial Regex AskedField();
}
