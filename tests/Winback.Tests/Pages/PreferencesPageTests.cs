using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Winback.Customers;
using Winback.Customers.Import;
using Winback.Intake;
using Winback.Outreach;
using Winback.Tests.Fakes;
using Winback.Tests.Hosting;

namespace Winback.Tests.Pages;

/// <summary>How often, in which language, or not at all: <c>/api/preferences/{token}</c>.</summary>
public sealed class PreferencesPageTests
{
    [Theory]
    [InlineData("usual", 0, null)]
    [InlineData("less", 90, null)]
    [InlineData("pause", 0, "2027-01-13")] // three calendar months
    public async Task What_was_chosen_holds_at_once_and_is_dated(string often, int everyDays, string? pausedUntil)
    {
        await using var app = await PageLinks.StartAsync();

        using var answer = await PageLinks.PostAsync(app, PagePurpose.Preferences, ("often", often), ("language", "en"));

        var page = await TestApp.TextAsync(answer, HttpStatusCode.OK);
        Assert.Contains("<html lang=\"en\">", page, StringComparison.Ordinal);
        var (customer, profile) = (app.Parts.Customers["K1"], app.Parts.Customers.ProfileOf("K1"));
        Assert.Equal((everyDays, pausedUntil), (customer.MarketingEveryDays, customer.PausedUntil is { } until ? $"{until:O}" : null));
        Assert.Equal((often == "less", often == "pause"), (customer.MarketingEveryAt == InMemoryApp.Start, customer.PausedAt == InMemoryApp.Start));
        Assert.Equal(("en", InMemoryApp.Start), (profile.Language, profile.LanguageChosenAt));
        Assert.Null(customer.OptedOutAt);
    }

    [Fact]
    public async Task Who_wants_nothing_any_more_is_opted_out_as_by_the_unsubscribe_link()
    {
        await using var app = await PageLinks.StartAsync();

        using var answer = await PageLinks.PostAsync(app, PagePurpose.Preferences, ("often", "stop"));

        await TestApp.TextAsync(answer, HttpStatusCode.OK);
        var customer = app.Parts.Customers["K1"];
        Assert.Equal((InMemoryApp.Start, null, EnrolmentEnd.OptOut), (customer.OptedOutAt, customer.ServiceOptedOutAt, customer.Marketing?.Ended));
        Assert.Equal(InMemoryApp.Start, app.Parts.Mailboxes[app.Parts.MailboxKey("k1@klant.example")]?.OptedOutAt);
        using var page = await app.GetAsync(PageLinks.Of(app, PagePurpose.Preferences));
        Assert.DoesNotContain("name=\"often\"", await TestApp.TextAsync(page, HttpStatusCode.OK), StringComparison.Ordinal); // not taken back by whoever has the mail
        using var again = await PageLinks.PostAsync(app, PagePurpose.Preferences, ("often", "usual"), ("language", "en"));
        Assert.Equal((InMemoryApp.Start, "en"), (app.Parts.Customers["K1"].OptedOutAt, app.Parts.Customers.ProfileOf("K1").Language));
    }

    [Fact]
    public async Task Who_has_no_mailbox_is_opted_out_all_the_same()
    {
        await using var app = await PageLinks.StartAsync();
        app.Parts.Customers.Put(app.Parts.Customers["K1"] with { HasUsableAddress = false }, app.Parts.Customers.ProfileOf("K1") with { Email = null, MailboxKey = null });
        using var answer = await PageLinks.PostAsync(app, PagePurpose.Preferences, ("often", "stop"));
        await TestApp.TextAsync(answer, HttpStatusCode.OK);
        Assert.Equal(InMemoryApp.Start, app.Parts.Customers["K1"].OptedOutAt);
    }

    [Fact]
    public async Task A_choice_takes_the_place_of_the_one_before()
    {
        await using var app = await PageLinks.StartAsync();
        await PageLinks.PostAsync(app, PagePurpose.Preferences, ("often", "pause"));
        using var paused = await app.GetAsync(PageLinks.Of(app, PagePurpose.Preferences));
        Assert.Matches("value=\"keep\" checked.*Nog niet, tot 13 januari 2027", await TestApp.TextAsync(paused, HttpStatusCode.OK));
        app.Parts.Time.Advance(TimeSpan.FromDays(1));
        await PageLinks.PostAsync(app, PagePurpose.Preferences, ("often", "keep"), ("language", "en"));
        Assert.Equal((new DateOnly(2027, 1, 13), InMemoryApp.Start), (app.Parts.Customers["K1"].PausedUntil, app.Parts.Customers["K1"].PausedAt));
        await PageLinks.PostAsync(app, PagePurpose.Preferences, ("often", "less"));
        var less = app.Parts.Customers["K1"];
        Assert.Equal((null, 90), (less.PausedUntil, less.MarketingEveryDays));
        await PageLinks.PostAsync(app, PagePurpose.Preferences, ("often", "usual"));
        Assert.Equal((0, less.MarketingEveryAt), (app.Parts.Customers["K1"].MarketingEveryDays, app.Parts.Customers["K1"].MarketingEveryAt));
    }

    [Fact]
    public async Task Who_asked_for_less_gets_the_follow_up_later()
    {
        await using var app = await PageLinks.StartAsync();
        await PageLinks.PostAsync(app, PagePurpose.Preferences, ("often", "less"));
        app.Parts.Time.Advance(TimeSpan.FromDays(21));

        Assert.Equal(OutreachOutcome.Dropped, await app.HandleAsync("K1", "last-chance"));
        app.Parts.Time.Advance(TimeSpan.FromDays(70)); // 91 days after the invitation, a Tuesday again
        Assert.Equal(OutreachOutcome.Sent, await app.HandleAsync("K1", "last-chance"));
    }

    [Fact]
    public async Task How_often_holds_for_everybody_with_the_same_mailbox_and_the_language_for_one()
    {
        await using var app = await TestApp.StartAsync();
        app.Parts.AddLapsed("K1", email: "samen@klant.example");
        app.Parts.AddLapsed("K2", email: "samen@klant.example");
        app.Parts.AddLapsed("K3");
        Assert.Equal(OutreachOutcome.Sent, await app.HandleAsync("K1", "invitation"));

        await PageLinks.PostAsync(app, PagePurpose.Preferences, ("often", "less"), ("language", "en"));

        Assert.Equal((90, 90, 0), (app.Parts.Customers["K1"].MarketingEveryDays, app.Parts.Customers["K2"].MarketingEveryDays, app.Parts.Customers["K3"].MarketingEveryDays));
        Assert.Equal(("en", null), (app.Parts.Customers.ProfileOf("K1").Language, app.Parts.Customers.ProfileOf("K2").Language));
    }

    [Fact]
    public async Task Who_comes_to_the_mailbox_later_is_asked_as_seldom()
    {
        await using var app = await PageLinks.StartAsync();
        await PageLinks.PostAsync(app, PagePurpose.Preferences, ("often", "pause"), ("language", "nl"));
        var (k1, k2) = (app.Parts.Customers["K1"], CustomerId.Parse("K2"));

        var row = new CustomerRow(k2, null, null, app.Parts.Customers.ProfileOf("K1").Email, null, null, null);
        await app.Services.GetRequiredService<CustomerBook>().ApplyAsync(k2, [row], TestContext.Current.CancellationToken);

        Assert.NotNull(k1.PausedUntil);
        Assert.Equal((k1.PausedUntil, k1.PausedAt), (app.Parts.Customers["K2"].PausedUntil, app.Parts.Customers["K2"].PausedAt));
    }

    [Fact]
    public async Task No_import_changes_a_language_that_the_customer_chose()
    {
        await using var app = await PageLinks.StartAsync();
        await ImportAsync(app, "nl");
        Assert.Equal("nl", app.Parts.Customers.ProfileOf("K1").Language);
        await PageLinks.PostAsync(app, PagePurpose.Preferences, ("often", "usual"), ("language", "en"));

        Assert.Equal([RowOutcome.Unchanged], await ImportAsync(app, "nl"));

        Assert.Equal("en", app.Parts.Customers.ProfileOf("K1").Language);
    }

    [Theory]
    [InlineData("", "Kies hoe vaak we je mogen schrijven.")]
    [InlineData("daily", "Kies hoe vaak we je mogen schrijven.")]
    public async Task Without_a_choice_the_form_says_so(string often, string says)
    {
        await using var app = await PageLinks.StartAsync();

        using var answer = await PageLinks.PostAsync(app, PagePurpose.Preferences, ("often", often), ("language", "en"));

        var page = await TestApp.TextAsync(answer, HttpStatusCode.BadRequest);
        Assert.Contains($"<p class=\"problem\" id=\"often-problem\" role=\"alert\">{says}</p>", page, StringComparison.Ordinal);
        Assert.Contains("value=\"en\" checked", page, StringComparison.Ordinal);
        Assert.Empty(app.Parts.Effects.Done);
    }

    [Fact]
    public async Task Of_a_customer_who_is_gone_nothing_can_be_kept()
    {
        await using var app = await PageLinks.StartAsync();
        app.Parts.Customers.Remove("K1");

        using var answer = await PageLinks.PostAsync(app, PagePurpose.Preferences, ("often", "less"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static Task<IReadOnlyList<RowOutcome>> ImportAsync(TestApp app, string language) => app.Services.GetRequiredService<CustomerBook>().ApplyAsync(
        CustomerId.Parse("K1"), [new CustomerRow(CustomerId.Parse("K1"), null, null, null, null, language, null)], TestContext.Current.CancellationToken);
}
