using System.Net;
using System.Text.Json;
using Winback.Customers;
using Winback.Outreach;
using Winback.Tests.Hosting;

namespace Winback.Tests.Intake;

/// <summary><c>POST /api/purchases</c>. The clock stands at Tuesday 13 October 2026, 12:00 in Amsterdam.</summary>
public sealed class PurchaseEndpointsTests(UntouchedApp untouched) : IClassFixture<UntouchedApp>
{
    private const string Path = "/api/purchases";
    private const string Purchase = """{"customer":"K1","date":"2026-10-13","amount":42.50,"order":"B1","product":"Menu"}""";

    [Fact]
    public async Task A_sale_is_added_and_updates_the_customer()
    {
        await using var app = await TestApp.StartAsync();
        app.Parts.AddLapsed("K1", c => c with { LastVisit = null, Visits = 0, Revenue = Money.Zero });

        Assert.Equal("added", await TestApp.ResultAsync(await app.PostJsonAsync(Path, Purchase), HttpStatusCode.Accepted));

        var customer = app.Parts.Customers["K1"];
        Assert.Equal((new DateOnly(2026, 10, 13), 1, new Money(4250)), (customer.LastVisit, customer.Visits, customer.Revenue));
    }

    [Fact]
    public async Task A_repeated_sale_changes_nothing()
    {
        await using var app = await TestApp.StartAsync();
        app.Parts.AddLapsed("K1");
        await app.PostJsonAsync(Path, Purchase);
        var version = app.Parts.Customers.VersionOf("K1");

        // The number and the spaces around the order are as sloppy as a till may be.
        var again = await app.PostJsonAsync(Path, Purchase.Replace("K1", " k1 ", StringComparison.Ordinal).Replace("B1", "B1 ", StringComparison.Ordinal));

        Assert.Equal("unchanged", await TestApp.ResultAsync(again, HttpStatusCode.OK));
        Assert.Equal(version, app.Parts.Customers.VersionOf("K1"));
    }

    [Fact]
    public async Task Another_line_of_the_same_order_is_added_and_is_the_same_visit()
    {
        await using var app = await TestApp.StartAsync();
        app.Parts.AddLapsed("K1");
        await app.PostJsonAsync(Path, Purchase);

        Assert.Equal("added", await TestApp.ResultAsync(await app.PostJsonAsync(Path, Purchase.Replace("Menu", "Wijn", StringComparison.Ordinal)), HttpStatusCode.Accepted));

        Assert.Equal((1, new Money(8500)), (app.Parts.Customers["K1"].Visits, app.Parts.Customers["K1"].Revenue));
    }

    [Fact]
    public async Task A_sale_of_an_unknown_customer_waits_and_repeated_changes_nothing()
    {
        await using var app = await TestApp.StartAsync();

        Assert.Equal("parked", await TestApp.ResultAsync(await app.PostJsonAsync(Path, Purchase), HttpStatusCode.Accepted));
        Assert.Equal("unchanged", await TestApp.ResultAsync(await app.PostJsonAsync(Path, Purchase), HttpStatusCode.OK));

        Assert.Equal(1, await app.Parts.Facts.CountParkedAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_sale_whose_first_call_was_killed_halfway_is_complete_after_the_second()
    {
        await using var app = await TestApp.StartAsync();
        app.Parts.AddLapsed("K1");
        app.Parts.Effects.StopAfter(1); // the sale is written, the customer row is not
        using var failed = await app.PostJsonAsync(Path, Purchase);
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        app.Parts.Effects.Restart();

        Assert.Equal("unchanged", await TestApp.ResultAsync(await app.PostJsonAsync(Path, Purchase), HttpStatusCode.OK));

        Assert.Equal(new DateOnly(2026, 10, 13), app.Parts.Customers["K1"].LastVisit);
    }

    [Theory]
    [InlineData("customer", """{"date":"2026-10-13","amount":1,"order":"B1"}""")]
    [InlineData("customer", """{"customer":" ","date":"2026-10-13","amount":1,"order":"B1"}""")]
    [InlineData("customer", """{"customer":"K/1","date":"2026-10-13","amount":1,"order":"B1"}""")]
    [InlineData("date", """{"customer":"K1","amount":1,"order":"B1"}""")]
    [InlineData("date", """{"customer":"K1","date":"","amount":1,"order":"B1"}""")]
    [InlineData("date", """{"customer":"K1","date":"10/13/2026","amount":1,"order":"B1"}""")] // never month first
    [InlineData("date", """{"customer":"K1","date":"2026-02-29","amount":1,"order":"B1"}""")] // no leap year
    [InlineData("date", """{"customer":"K1","date":"2026-10-13T25:00","amount":1,"order":"B1"}""")]
    [InlineData("date", """{"customer":"K1","date":"2026-10-13T12:00:00+25:00","amount":1,"order":"B1"}""")]
    [InlineData("date", """{"customer":"K1","date":"0001-01-01T00:00:00","amount":1,"order":"B1"}""")] // before any calendar of ours
    [InlineData("date", """{"customer":"K1","date":"0001-01-01T00:00:00+14:00","amount":1,"order":"B1"}""")]
    [InlineData("date", """{"customer":"K1","date":"0001-01-01","amount":1,"order":"B1"}""")]
    [InlineData("amount", """{"customer":"K1","date":"2026-10-13","order":"B1"}""")]
    [InlineData("amount", """{"customer":"K1","date":"2026-10-13","amount":1e15,"order":"B1"}""")]
    [InlineData("amount", """{"customer":"K1","date":"2026-10-13","amount":-1000000000.01,"order":"B1"}""")]
    [InlineData("order", """{"customer":"K1","date":"2026-10-13","amount":1}""")]
    [InlineData("order", """{"customer":"K1","date":"2026-10-13","amount":1,"order":" "}""")]
    public async Task A_wrong_field_is_named(string field, string body)
    {
        var app = untouched.App;

        Assert.Equal([field], await TestApp.WrongFieldsAsync(await app.PostJsonAsync(Path, body)));

        Assert.Empty(app.Parts.Effects.Done);
    }

    [Fact]
    public async Task Fields_that_are_too_long_for_storage_are_named()
    {
        var app = untouched.App;
        var text = new string('x', 1001);

        Assert.Equal(["order"], await TestApp.WrongFieldsAsync(await app.PostJsonAsync(Path, Purchase.Replace("B1", text, StringComparison.Ordinal))));
        Assert.Equal(["product"], await TestApp.WrongFieldsAsync(await app.PostJsonAsync(Path, Purchase.Replace("Menu", text, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task All_wrong_fields_are_named_at_once()
    {
        var app = untouched.App;

        Assert.Equal(["amount", "customer", "date", "order"], (await TestApp.WrongFieldsAsync(await app.PostJsonAsync(Path, "{}"))).Order());
    }

    [Theory]
    [InlineData("{", "$")]
    [InlineData("""{"customer":"K1","date":"2026-10-13","amount":"veel","order":"B1"}""", "$.amount")]
    [InlineData("""{"customer":"K1","date":"2026-10-13","amount":1e400,"order":"B1"}""", "$.amount")]
    [InlineData("""{"customer":1,"date":"2026-10-13","amount":1,"order":"B1"}""", "$.customer")]
    [InlineData("""{"custommer":"K1","date":"2026-10-13","amount":1,"order":"B1"}""", "$.custommer")] // unknown: a typing error must not go by
    [InlineData("[]", "$")]
    [InlineData("\"text\"", "$")]
    [InlineData("""{"customer":"\ud800","date":"2026-10-13","amount":1,"order":"B1"}""", "$.customer")] // half a character
    [InlineData("null", "body")]
    [InlineData("", "body")]
    public async Task What_is_not_the_JSON_we_ask_for_is_400_and_says_where(string body, string where)
    {
        var app = untouched.App;

        using var answer = await app.PostJsonAsync(Path, body);

        using var problem = JsonDocument.Parse(await TestApp.TextAsync(answer, HttpStatusCode.BadRequest));
        Assert.Contains(where, problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(app.Parts.Effects.Done);
    }

    [Fact]
    public async Task Another_type_than_JSON_is_415()
    {
        var app = untouched.App;

        using var answer = await app.SendAsync(HttpMethod.Post, Path, new StringContent(Purchase), ("X-Api-Key", TestApp.ApiKey));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Theory] // Europe/Amsterdam: summer time until Sunday 25 October 2026, 03:00
    [InlineData("2026-10-13", "2026-10-13", null)]
    [InlineData("2026-10-13T19:30:00+02:00", "2026-10-13", "2026-10-13T17:30:00Z")]
    [InlineData("2026-10-13T19:30:00", "2026-10-13", "2026-10-13T17:30:00Z")] // local
    [InlineData("2026-10-13T19:30", "2026-10-13", "2026-10-13T17:30:00Z")]
    [InlineData("2026-10-13T17:30:00Z", "2026-10-13", "2026-10-13T17:30:00Z")]
    [InlineData("2026-10-13T17:30:00.123Z", "2026-10-13", "2026-10-13T17:30:00Z")] // as JavaScript writes it
    [InlineData("2026-10-13T23:30:00Z", "2026-10-14", "2026-10-13T23:30:00Z")] // after midnight here
    [InlineData("2026-10-14T00:30:00+02:00", "2026-10-14", "2026-10-13T22:30:00Z")]
    [InlineData("2026-10-13T23:30:00-04:00", "2026-10-14", "2026-10-14T03:30:00Z")]
    [InlineData("2026-10-25T02:30:00", "2026-10-25", "2026-10-25T00:30:00Z")] // occurs twice: the first
    [InlineData("2026-03-29T02:30:00", "2026-03-29", "2026-03-29T01:00:00Z")] // does not occur: 03:00 summer time
    [InlineData("2024-02-29T12:00:00+01:00", "2024-02-29", "2024-02-29T11:00:00Z")] // leap day
    [InlineData("2026-12-31T23:30:00Z", "2027-01-01", "2026-12-31T23:30:00Z")] // the year ends earlier here
    public async Task A_date_is_the_owners_local_day(string date, string day, string? at)
    {
        await using var app = await TestApp.StartAsync();

        using var answer = await app.PostJsonAsync(Path, Purchase.Replace("2026-10-13", date, StringComparison.Ordinal));
        await TestApp.TextAsync(answer, HttpStatusCode.Accepted);

        var purchase = Assert.Single(await app.Parts.Facts.PurchasesAsync(CustomerId.Parse("K1"), TestContext.Current.CancellationToken));
        Assert.Equal(day, purchase.Day.ToString("yyyy-MM-dd", null));
        Assert.Equal(at is null ? null : DateTimeOffset.Parse(at, null), purchase.At);
    }

    [Fact]
    public async Task A_sale_after_the_mail_stops_the_campaign_and_counts_as_a_win_back()
    {
        await using var app = await TestApp.StartAsync();
        app.Parts.AddLapsed("K1");
        await app.HandleAsync("K1", "invitation");
        app.Parts.Time.Advance(TimeSpan.FromDays(3));

        using var answer = await app.PostJsonAsync(Path, Purchase.Replace("2026-10-13", "2026-10-16T12:00:00", StringComparison.Ordinal));
        await TestApp.TextAsync(answer, HttpStatusCode.Accepted);

        Assert.Equal(EnrolmentEnd.Purchase, app.Parts.Customers["K1"].Marketing?.Ended);
        var enrolment = Assert.Single(app.Parts.Enrolments.All);
        Assert.Equal((new DateOnly(2026, 10, 16), new Money(4250)), (enrolment.WonBackOn, enrolment.Revenue));
        app.Parts.Time.Advance(TimeSpan.FromDays(14)); // the follow-up's day
        Assert.Equal(OutreachOutcome.Dropped, await app.HandleAsync("K1", "last-chance"));
        Assert.Single(app.Parts.Mail.Sent);
    }

    [Fact]
    public async Task A_sale_before_the_mail_stops_it_before_it_leaves()
    {
        await using var app = await TestApp.StartAsync();
        app.Parts.AddLapsed("K1");

        await app.PostJsonAsync(Path, Purchase);
        var outcome = await app.HandleAsync("K1", "invitation");

        Assert.Equal(OutreachOutcome.Dropped, outcome);
        Assert.Empty(app.Parts.Mail.Tried);
    }

    [Fact]
    public async Task A_won_back_sale_that_is_refunded_whole_is_no_win_back_any_more()
    {
        await using var app = await TestApp.StartAsync();
        app.Parts.AddLapsed("K1");
        await app.HandleAsync("K1", "invitation");
        await app.PostJsonAsync(Path, Purchase);
        Assert.NotNull(Assert.Single(app.Parts.Enrolments.All).WonBackOn);

        await app.PostJsonAsync(Path, Purchase.Replace("42.50", "-42.50", StringComparison.Ordinal));

        var enrolment = Assert.Single(app.Parts.Enrolments.All);
        Assert.Equal((null, Money.Zero), (enrolment.WonBackOn, enrolment.Revenue));
    }
}
