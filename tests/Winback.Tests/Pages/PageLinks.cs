using Microsoft.Extensions.DependencyInjection;
using Winback.Customers;
using Winback.Outreach;
using Winback.Tests.Fakes;
using Winback.Tests.Hosting;

namespace Winback.Tests.Pages;

/// <summary>An app whose customer K1 got the restaurant's invitation, and the links in it.</summary>
internal static class PageLinks
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

    public static Task<HttpResponseMessage> PostAsync(TestApp app, PagePurpose purpose, params (string Name, string Value)[] fields) =>
        PostAsync(app, Of(app, purpose), fields);

    public static async Task<HttpResponseMessage> PostAsync(TestApp app, string address, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return await app.SendAsync(HttpMethod.Post, address, form);
    }
}
