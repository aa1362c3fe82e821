using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Winback.Customers;
using Winback.Customers.Import;
using Winback.Intake;
using Winback.Mail;
using Winback.Replies;
using Winback.Replies.Reading;
using Winback.Tests.Fakes;
using Winback.Tests.Hosting;
using static Winback.Tests.Calls.CallEndpointsTests;

namespace Winback.Tests.Calls;

/// <summary>How a call went, and what follows from it.</summary>
public sealed class CallOutcomeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_was_reached_is_off_the_sheet_and_out_of_the_campaign_and_nothing_is_left_to_do()
    {
        await using var app = await StartAsync();
        await app.HandleAsync("k1", "invitation");
        await AskAsync(app, "k1", "Bel me");
        app.Parts.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal("recorded", await NoteAsync(app, """{"as":"reached"}"""));

        Assert.Empty(await SheetAsync(app));
        Assert.Equal(EnrolmentEnd.Reply, app.Parts.Customers["k1"].Marketing?.Ended);
        Assert.DoesNotContain(app.Parts.Replies.All, r => r.IsOpen);
        Assert.Contains(app.Parts.Replies.All, r => r.Road == Road.Phone);
    }

    [Fact]
    public async Task The_same_outcome_on_the_same_day_changes_nothing()
    {
        await using var app = await StartAsync();
        await AskAsync(app, "k1", "Bel me");
        await NoteAsync(app, """{"as":"comes-back","text":"Volgende week"}""");
        var version = app.Parts.Customers.VersionOf("k1");
        app.Parts.Time.Advance(TimeSpan.FromHours(3));

        Assert.Equal("unchanged", await NoteAsync(app, """{"as":"comes-back","text":"Volgende week"}"""));

        Assert.Equal((version, 1, 2), (app.Parts.Customers.VersionOf("k1"), app.Parts.Calls.All.Count, app.Parts.Replies.All.Count));
    }

    [Fact]
    public async Task The_same_outcome_after_they_asked_again_is_another_call()
    {
        await using var app = await StartAsync();
        await AskAsync(app, "k1", "Bel me");
        app.Parts.Time.Advance(TimeSpan.FromHours(1));
        await NoteAsync(app, """{"as":"reached"}""");
        app.Parts.Time.Advance(TimeSpan.FromHours(1));
        await AskAsync(app, "k1", "Bel me nog eens");
        app.Parts.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal("recorded", await NoteAsync(app, """{"as":"reached"}"""));
        Assert.Equal("unchanged", await NoteAsync(app, """{"as":"reached"}"""));

        Assert.Empty(await SheetAsync(app));
        Assert.Equal(2, app.Parts.Calls.All.Count);
    }

    [Fact]
    public async Task The_number_that_was_typed_is_called_and_a_wrong_one_costs_the_other_nothing()
    {
        await using var app = await StartAsync();
        await TakeAsync(app, "k1", "Tel. 06-87654321", 0, Reason.None, intents: Intent.CallMe);
        await app.Parts.Replies.UpdateAsync(CustomerId.Parse("k1"), app.Parts.Replies.All[0].Id, r => r with { Phone = "06-87654321" }, Cancel);
        app.Parts.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal("06-87654321", Assert.Single(await SheetAsync(app)).GetProperty("phone").GetString());
        await NoteAsync(app, """{"as":"wrong-number"}""");

        Assert.Equal("06-12345678", app.Parts.Customers.ProfileOf("k1").Phone);
        Assert.Equal("06-87654321", app.Parts.Calls.All.Single().Number);
        Assert.Equal("06-12345678", Assert.Single(await SheetAsync(app)).GetProperty("phone").GetString()); // that one is tried next
    }

    [Fact]
    public async Task An_older_note_that_comes_again_takes_nothing_back()
    {
        await using var app = await StartAsync();
        foreach (var email in new[] { "b@klant.example", "c@klant.example", "b@klant.example" })
        {
            app.Parts.Time.Advance(TimeSpan.FromMinutes(1));
            await NoteAsync(app, $$"""{"as":"new-address","email":"{{email}}"}""");
        }

        Assert.Equal("c@klant.example", app.Parts.Customers.ProfileOf("k1").Email);
    }

    [Fact]
    public async Task Who_is_not_satisfied_has_a_case_and_the_owner_is_mailed_but_the_customer_is_not()
    {
        await using var app = await StartAsync();

        await NoteAsync(app, """{"as":"reached","subReason":"price","text":"Te duur"}""");
        await app.Parts.FollowUpAsync(Cancel);

        Assert.Equal(InMemoryApp.Start, app.Parts.Customers["k1"].ComplaintSince);
        Assert.Equal("hallo@delinde.example", Assert.Single(app.Parts.Mail.Sent).To.Address.Value);
    }

    [Fact]
    public async Task A_call_about_a_complaint_does_not_solve_it()
    {
        await using var app = await StartAsync();
        await TakeAsync(app, "k1", "Bel me, zo kan het niet", 0, Reason.Dissatisfied, SubReason.Service, Intent.CallMe);
        app.Parts.Time.Advance(TimeSpan.FromMinutes(5));

        await NoteAsync(app, """{"as":"reached"}""");

        Assert.Empty(await SheetAsync(app));
        Assert.NotNull(app.Parts.Customers["k1"].ComplaintSince);
    }

    [Fact]
    public async Task Unsubscribing_on_the_telephone_counts()
    {
        await using var app = await StartAsync();
        await NoteAsync(app, """{"as":"reached","intents":["unsubscribe"]}""");
        Assert.Equal(InMemoryApp.Start, app.Parts.Customers["k1"].OptedOutAt);
        Assert.NotNull(app.Parts.Mailboxes[app.Parts.MailboxKey("k1@klant.example")]?.OptedOutAt);
    }

    [Fact]
    public async Task Who_has_died_gets_nothing_any_more()
    {
        await using var app = await StartAsync();
        await NoteAsync(app, """{"as":"reached","subReason":"deceased"}""");
        Assert.NotNull(app.Parts.Customers["k1"].DeceasedAt);
    }

    [Fact]
    public async Task Who_asks_during_a_call_to_be_called_again_is_on_the_sheet()
    {
        await using var app = await StartAsync();
        for (var i = 0; i < 2; i++) await NoteAsync(app, """{"as":"reached","intents":["call-me"],"text":"Morgen weer"}""");
        Assert.Single(await SheetAsync(app));
    }

    [Fact]
    public async Task No_answer_stops_nothing_counts_once_a_day_and_after_three_the_request_is_done()
    {
        await using var app = await StartAsync();
        await AskAsync(app, "k1", "Bel me");
        var before = app.Parts.Customers["k1"];
        app.Parts.Time.Advance(TimeSpan.FromHours(1));

        for (var day = 1; day <= 3; day++)
        {
            Assert.Single(await SheetAsync(app));
            Assert.Equal("recorded", await NoteAsync(app, """{"as":"no-answer"}"""));
            Assert.Equal("unchanged", await NoteAsync(app, """{"as":"no-answer"}"""));
            if (day < 3) Assert.Equal(day, (await SheetAsync(app))[0].GetProperty("noAnswers").GetArrayLength());
            app.Parts.Time.Advance(TimeSpan.FromDays(1));
        }

        Assert.Empty(await SheetAsync(app));
        Assert.Equal(("called: no-answer", before), (Assert.Single(app.Parts.Replies.All).Solution, app.Parts.Customers["k1"]));
    }

    [Fact]
    public async Task A_wrong_number_is_cleared_and_no_import_brings_it_back_but_another_one()
    {
        await using var app = await StartAsync();
        await AskAsync(app, "k1", "Bel me");
        app.Parts.Time.Advance(TimeSpan.FromHours(1));

        await NoteAsync(app, """{"as":"wrong-number"}""");
        Assert.Null(app.Parts.Customers.ProfileOf("k1").Phone);
        Assert.Equal(1, (await SheetAsync(app)).Count(e => e.GetProperty("phone").GetString() is null)); // they asked, so they stay

        Assert.Equal(RowOutcome.Unchanged, await ImportAsync(app, phone: "+31 6 1234 5678"));
        Assert.Null(app.Parts.Customers.ProfileOf("k1").Phone);
        Assert.Equal(RowOutcome.Changed, await ImportAsync(app, phone: "06-87654321"));
        Assert.Equal("06-87654321", app.Parts.Customers.ProfileOf("k1").Phone);
        await NoteAsync(app, """{"as":"wrong-number"}"""); // the same note again is about the same number
        Assert.Equal("06-87654321", app.Parts.Customers.ProfileOf("k1").Phone);
    }

    [Fact]
    public async Task The_right_number_takes_the_place_of_a_wrong_one()
    {
        await using var app = await StartAsync();
        for (var i = 0; i < 2; i++) await NoteAsync(app, """{"as":"wrong-number","phone":"06 8765 4321"}""");
        await ImportAsync(app, phone: "06-12345678");
        Assert.Equal("06 8765 4321", app.Parts.Customers.ProfileOf("k1").Phone);
    }

    [Fact]
    public async Task A_new_address_replaces_the_old_one_for_good_and_what_failed_goes_there()
    {
        await using var app = await StartAsync();
        app.Parts.Mail.Next(new Refused("no such mailbox"));
        await app.HandleAsync("k1", "invitation");

        Assert.Equal("recorded", await NoteAsync(app, """{"as":"new-address","email":"Nieuw@klant.example"}"""));

        Assert.Equal(("nieuw@klant.example", app.Parts.MailboxKey("nieuw@klant.example")), (app.Parts.Customers.ProfileOf("k1").Email, app.Parts.Customers.ProfileOf("k1").MailboxKey));
        Assert.Empty(app.Parts.Mailboxes[app.Parts.MailboxKey("k1@klant.example")]!.Owners);
        Assert.Equal(["k1"], app.Parts.Mailboxes[app.Parts.MailboxKey("nieuw@klant.example")]!.Owners);
        Assert.Equal((StepState.DueAgain, (Hold?)null), (app.Parts.Customers["k1"].Marketing!.State, app.Parts.Customers["k1"].Hold));

        Assert.Equal(RowOutcome.Unchanged, await ImportAsync(app, email: "K1@klant.example"));
        Assert.Equal("nieuw@klant.example", app.Parts.Customers.ProfileOf("k1").Email);
        Assert.Equal(RowOutcome.Changed, await ImportAsync(app, email: "anders@klant.example"));
        Assert.Equal(RowOutcome.Unchanged, await ImportAsync(app, email: "K1@klant.example"));
        Assert.Equal("anders@klant.example", app.Parts.Customers.ProfileOf("k1").Email);
    }

    [Fact]
    public async Task A_new_address_with_what_they_said_is_an_answer_too()
    {
        await using var app = await StartAsync();
        await NoteAsync(app, """{"as":"new-address","email":"nieuw@klant.example","subReason":"moved"}""");
        Assert.Equal((Reason.SituationChanged, SubReason.Moved), Assert.Single(app.Parts.Replies.All).Standing is { } r ? (r.Reason, r.SubReason) : default);
        Assert.NotNull(app.Parts.Customers["k1"].PausedUntil);
    }

    [Fact]
    public async Task What_is_told_on_the_telephone_is_about_the_campaign_they_are_in()
    {
        await using var app = await StartAsync();
        await app.HandleAsync("k1", "invitation");
        await NoteAsync(app, """{"as":"reached","reason":"forgot"}""");
        Assert.Equal((InMemoryApp.Restaurant, "invitation"), Assert.Single(app.Parts.Replies.All) is var r ? (r.Campaign, r.Step) : default);
    }

    [Theory]
    [InlineData("""{"as":"wrong-number","phone":"06-87654321"}""")]
    [InlineData("""{"as":"new-address","email":"nieuw@klant.example","subReason":"price"}""")]
    [InlineData("""{"as":"reached","intents":["unsubscribe"]}""")]
    public async Task Killed_anywhere_the_same_note_again_completes_it(string json)
    {
        var whole = await OutcomeAsync(json, killAfter: null);
        for (var kill = 1; kill < 12; kill++) Assert.Equal(whole, await OutcomeAsync(json, kill));
    }

    private static async Task<(string?, string?, int, int, DateTimeOffset?, bool, DateTimeOffset?)> OutcomeAsync(string json, int? killAfter)
    {
        await using var app = await StartAsync();
        await AskAsync(app, "k1", "Bel me");
        app.Parts.Time.Advance(TimeSpan.FromHours(1));
        if (killAfter is { } effects)
        {
            app.Parts.Effects.StopAfter(effects);
            using var killed = await app.PostJsonAsync("/api/calls/k1", json);
            app.Parts.Effects.Restart();
        }
        using var answer = await app.PostJsonAsync("/api/calls/k1", json);
        Assert.True(answer.IsSuccessStatusCode);
        var (c, p) = (app.Parts.Customers["k1"], app.Parts.Customers.ProfileOf("k1"));
        return (p.Email, p.Phone, p.FormerEmails.Length + p.FormerPhones.Length, app.Parts.Replies.All.Count(r => r.IsOpen), c.OptedOutAt, c.Hold is null, c.ComplaintSince);
    }

    private static async Task<RowOutcome> ImportAsync(TestApp app, string? email = null, string? phone = null)
    {
        var id = CustomerId.Parse("k1");
        return (await app.Services.GetRequiredService<CustomerBook>().ApplyAsync(id, [new CustomerRow(id, null, null, email, phone, null, null)], Cancel))[0];
    }

    private static async Task<string?> NoteAsync(TestApp app, string json)
    {
        using var answer = await app.PostJsonAsync("/api/calls/k1", json);
        return await TestApp.ResultAsync(answer, answer.StatusCode == HttpStatusCode.OK ? HttpStatusCode.OK : HttpStatusCode.Accepted);
    }
}
