using Winback.Customers;
using Winback.Customers.Import;
using Winback.Mail;
using Winback.Outreach;
using Winback.Replies;
using Winback.Replies.Reading;
using Winback.Tests.Fakes;
using Winback.Tests.Hosting;

namespace Winback.Tests.MailEvents;

public sealed class MailEventEndpointsTests : IAsyncLifetime
{
    private TestApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await EventPost.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Each_event_counts_once_however_often_it_is_told()
    {
        var outreach = await SendAsync();
        var (processed, delivered) = (EventPost.Event("processed", outreach, 1), EventPost.Event("delivered", outreach, 4));

        Assert.Equal((2, 0, 0), await EventPost.TakeAsync(_app, processed, delivered));
        Assert.Equal((0, 2, 0), await EventPost.TakeAsync(_app, delivered, processed));
        Assert.Equal((0, 2, 0), await EventPost.TakeAsync(_app, delivered, delivered)); // twice in one post

        var record = _app.Parts.Outreach.All.Single();
        Assert.Equal((StepState.HandedOver, DeliveryState.Delivered), (record.State, record.Delivered));
        Assert.Equal(InMemoryApp.Start.AddSeconds(4), record.Delivery[DeliveryState.Delivered]);
        Assert.Equal(InMemoryApp.Start.AddSeconds(1), record.Delivery[DeliveryState.Processed]);
        Assert.Equal(2, _app.Parts.MailEvents.All.Count);
    }

    [Fact]
    public async Task Mail_of_others_in_the_same_account_is_ignored()
    {
        await SendAsync();

        Assert.Equal((0, 0, 2), await EventPost.TakeAsync(_app, EventPost.Event("spamreport", null), EventPost.Event("spamreport", "0123456789abcdef")));
        Assert.Null(_app.Parts.Customers["k1"].Suppressed);
    }

    [Fact]
    public async Task A_code_that_leads_to_another_step_than_it_was_made_of_is_not_followed()
    {
        var outreach = await SendAsync();
        _app.Parts.Codes.Put(CodeKind.Reply, outreach, new CodeOwner(CustomerId.Parse("k2"), InMemoryApp.Restaurant, "invitation", Anchor: new Anchor("", new DateOnly(2026, 2, 10))));

        Assert.Equal((0, 0, 1), await EventPost.TakeAsync(_app, EventPost.Event("delivered", outreach)));
    }

    [Theory]
    [InlineData("bounce", "bounce", "550 5.1.1 unknown", "hard bounce")]
    [InlineData("bounce", "bounce", "452 4.2.2 full", null)]
    [InlineData("bounce", "blocked", "550 5.7.1 on a list", null)]
    [InlineData("dropped", null, "Bounced Address", "hard bounce")]
    [InlineData("dropped", null, "Spam Reporting Address", "spam complaint")]
    [InlineData("dropped", null, "Spam Content", null)]
    [InlineData("deferred", null, "451 try later", null)]
    [InlineData("spamreport", null, null, "spam complaint")]
    [InlineData("unsubscribe", null, null, null)]
    public async Task What_was_told_suppresses_the_mailbox_for_all_who_use_it(string kind, string? type, string? reason, string? suppressed)
    {
        _app.Parts.AddLapsed("k2", email: "k1@klant.example");
        var outreach = await SendAsync();

        await EventPost.TakeAsync(_app, EventPost.Event(kind, outreach, 60, more: [("type", type!), ("reason", reason!)]));

        foreach (var id in new[] { "k1", "k2" })
        {
            var customer = _app.Parts.Customers[id];
            Assert.Equal((suppressed, suppressed is null ? null : InMemoryApp.Start.AddSeconds(60)), (customer.Suppressed, customer.SuppressedAt));
        }
        Assert.Equal(suppressed, _app.Parts.Mailboxes[_app.Parts.MailboxKey("k1@klant.example")]!.Suppression?.Why);
    }

    [Theory]
    [InlineData("unsubscribe", null, InMemoryApp.Restaurant, true, false)]
    [InlineData("group_unsubscribe", null, InMemoryApp.Restaurant, true, false)]
    [InlineData("dropped", "Unsubscribed Address", InMemoryApp.Restaurant, true, false)]
    [InlineData("unsubscribe", null, InMemoryApp.Renewal, true, true)] // what it came with, and marketing besides
    [InlineData("spamreport", null, InMemoryApp.Restaurant, true, true)]
    [InlineData("group_resubscribe", null, InMemoryApp.Restaurant, false, false)]
    public async Task An_opt_out_that_the_provider_took_counts_as_one_that_we_took(string kind, string? reason, string campaign, bool marketing, bool service)
    {
        if (campaign == InMemoryApp.Restaurant) _app.Parts.AddLapsed("k1");
        else _app.Parts.AddMember("k1", daysLeft: 30);
        await HandleAsync(campaign, campaign == InMemoryApp.Restaurant ? "invitation" : "30-days");

        await EventPost.TakeAsync(_app, EventPost.Event(kind, _app.Parts.Mail.Sent.Single().Tags["outreach"], 60, more: [("reason", reason!)]));

        var customer = _app.Parts.Customers["k1"];
        var at = InMemoryApp.Start.AddSeconds(60);
        Assert.Equal((marketing ? at : null, service ? at : null), (customer.OptedOutAt, customer.ServiceOptedOutAt));
        Assert.Equal(marketing && campaign == InMemoryApp.Restaurant ? EnrolmentEnd.OptOut : null, customer.Marketing?.Ended);
    }

    [Fact]
    public async Task A_bounce_that_says_why_they_are_gone_is_heard_as_their_answer_once()
    {
        var outreach = await SendAsync();
        var bounce = EventPost.Event("bounce", outreach, 60, more: [("type", "bounce"), ("reason", "550 5.1.1 Ons bedrijf is gestopt")]);

        await EventPost.TakeAsync(_app, bounce);
        await EventPost.TakeAsync(_app, bounce);

        var reply = Assert.Single(_app.Parts.Replies.All);
        Assert.Equal((Road.Bounce, Reason.SituationChanged, SubReason.BusinessClosed), (reply.Road, reply.Standing!.Reason, reply.Standing.SubReason));
        Assert.Equal(EnrolmentEnd.Reply, _app.Parts.Customers["k1"].Marketing!.Ended);
    }

    [Fact]
    public async Task What_is_refused_for_now_tells_nothing_of_the_customer()
    {
        var outreach = await SendAsync();
        await EventPost.TakeAsync(_app, EventPost.Event("bounce", outreach, 60, more: [("type", "blocked"), ("reason", "450 ons bedrijf is gestopt")]));
        Assert.Empty(_app.Parts.Replies.All);
    }

    [Theory]
    [InlineData("unsubscribe")]
    [InlineData("spamreport")]
    public async Task Who_opts_out_at_the_provider_is_opted_out_also_where_it_names_no_address(string kind)
    {
        var outreach = await SendAsync();
        await EventPost.TakeAsync(_app, EventPost.Event(kind, outreach, 60, more: [("email", "unknown")]));
        Assert.Equal(InMemoryApp.Start.AddSeconds(60), _app.Parts.Customers["k1"].OptedOutAt);
        Assert.NotNull(_app.Parts.Mailboxes[_app.Parts.MailboxKey("k1@klant.example")]!.OptedOutAt);
    }

    [Theory]
    [InlineData("open")]
    [InlineData("click")]
    public async Task A_look_at_a_mail_of_before_makes_no_mailbox_well_again(string kind)
    {
        var outreach = await SendAsync();
        await EventPost.TakeAsync(_app, [.. Enumerable.Range(1, 5).Select(i => EventPost.Event("bounce", outreach, i * 100, more: [("type", "blocked")])), EventPost.Event(kind, outreach, 350)]);
        Assert.Equal("5 soft bounces in a row", _app.Parts.Customers["k1"].Suppressed);
    }

    [Fact]
    public async Task A_resubscription_at_the_provider_lifts_nothing()
    {
        var outreach = await SendAsync();
        await EventPost.TakeAsync(_app, EventPost.Event("group_unsubscribe", outreach, 60), EventPost.Event("group_resubscribe", outreach, 120));
        Assert.Equal(InMemoryApp.Start.AddSeconds(60), _app.Parts.Customers["k1"].OptedOutAt);
    }

    [Fact]
    public async Task Five_soft_bounces_without_a_delivery_in_between_suppress()
    {
        var outreach = await SendAsync();
        var bounces = Enumerable.Range(1, 5).Select(i => EventPost.Event("bounce", outreach, i * 100, more: [("type", "blocked")])).ToArray();

        await EventPost.TakeAsync(_app, [.. bounces[..4], .. bounces[..4]]);
        Assert.Null(_app.Parts.Customers["k1"].Suppressed);
        await EventPost.TakeAsync(_app, bounces[4]);
        Assert.Equal("5 soft bounces in a row", _app.Parts.Customers["k1"].Suppressed);
        await EventPost.TakeAsync(_app, EventPost.Event("delivered", outreach, 350)); // told of late
        Assert.Null(_app.Parts.Customers["k1"].Suppressed);
    }

    [Fact]
    public async Task Who_has_another_address_meanwhile_is_not_suppressed_but_the_old_mailbox_is()
    {
        var outreach = await SendAsync();
        await ImportAsync("nieuw@klant.example");

        await EventPost.TakeAsync(_app, EventPost.Event("bounce", outreach, 60, more: [("type", "bounce"), ("status", "5.1.1")]));

        Assert.Null(_app.Parts.Customers["k1"].Suppressed);
        Assert.Equal("hard bounce", _app.Parts.Mailboxes[_app.Parts.MailboxKey("k1@klant.example")]!.Suppression!.Why);
        await ImportAsync("k1@klant.example"); // back to the one that does not work
        Assert.Equal(("hard bounce", InMemoryApp.Start.AddSeconds(60)), (_app.Parts.Customers["k1"].Suppressed, _app.Parts.Customers["k1"].SuppressedAt));
    }

    [Fact]
    public async Task A_new_address_is_free_of_what_the_old_one_refused_but_not_of_an_objection()
    {
        var outreach = await SendAsync();
        await EventPost.TakeAsync(_app, EventPost.Event("bounce", outreach, 60, more: [("type", "bounce"), ("status", "5.1.1")]), EventPost.Event("spamreport", outreach, 70));
        Assert.Equal("spam complaint", _app.Parts.Customers["k1"].Suppressed);

        await ImportAsync("nieuw@klant.example");

        var customer = _app.Parts.Customers["k1"];
        Assert.Equal((null, null), (customer.Suppressed, customer.SuppressedAt));
        Assert.NotNull(customer.OptedOutAt);
        Assert.NotNull(customer.ServiceOptedOutAt);
    }

    [Fact]
    public async Task Nothing_is_sent_to_a_suppressed_mailbox_also_before_the_customers_row_knows()
    {
        _app.Parts.AddLapsed("k1");
        var key = _app.Parts.MailboxKey("k1@klant.example");
        _app.Parts.Mailboxes.Put(_app.Parts.Mailboxes[key]! with { Health = MailboxHealth.Unknown.Hear(MailboxNews.HardBounce, InMemoryApp.Start, "e1") });

        Assert.Equal(OutreachOutcome.Dropped, await _app.HandleAsync("k1", "invitation"));
    }

    [Theory] // Whatever the provider tells of a mail, it has it.
    [InlineData("processed")]
    [InlineData("deferred")]
    [InlineData("delivered")]
    [InlineData("open")]
    [InlineData("bounce")]
    public async Task An_event_settles_an_uncertain_step_as_sent(string kind)
    {
        _app.Parts.Mail.Next(new Unknown("no answer"));
        var outreach = await SendAsync();
        Assert.Equal(StepState.Uncertain, _app.Parts.Customers["k1"].Marketing!.State);

        await EventPost.TakeAsync(_app, EventPost.Event(kind, outreach));

        AssertHandedOver();
    }

    [Fact]
    public async Task An_event_that_comes_before_the_answer_settles_the_step_too()
    {
        _app.Parts.Mail.Next(mail =>
        {
            // The post is handled while the sender waits for the answer that will not come.
            EventPost.TakeAsync(_app, EventPost.Event("delivered", mail.Tags["outreach"])).GetAwaiter().GetResult();
            return new Unknown("no answer");
        });

        await SendAsync();

        AssertHandedOver();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_event_settles_a_step_whose_sender_was_killed(bool beforeItWasSettled)
    {
        _app.Parts.AddLapsed("k1");
        _app.Parts.Mail.Next(_ => throw new KilledException());
        await Assert.ThrowsAsync<KilledException>(() => _app.HandleAsync("k1", "invitation"));
        var outreach = _app.Parts.Codes.All.Single(c => c.Kind == CodeKind.Reply).Code;
        if (beforeItWasSettled) await EventPost.TakeAsync(_app, EventPost.Event("delivered", outreach, seconds: 0));
        _app.Parts.Time.Advance(TimeSpan.FromHours(1));
        await _app.HandleAsync("k1", "invitation");
        if (!beforeItWasSettled) await EventPost.TakeAsync(_app, EventPost.Event("delivered", outreach, seconds: 0));

        AssertHandedOver();
        Assert.Single(_app.Parts.Enrolments.All);
    }

    [Fact]
    public async Task A_reminder_that_the_provider_has_is_not_sent_again_for_being_uncertain()
    {
        _app.Parts.AddMember("k1", daysLeft: 30);
        _app.Parts.Mail.Next(new Unknown("no answer"));
        await HandleAsync(InMemoryApp.Renewal, "30-days");
        var outreach = _app.Parts.Mail.Sent.Single().Tags["outreach"];
        // Its second attempt is under way when the first turns out to have arrived, and is told to wait.
        _app.Parts.Mail.Next(_ =>
        {
            EventPost.TakeAsync(_app, EventPost.Event("delivered", outreach)).GetAwaiter().GetResult();
            return new Unavailable("away");
        });
        Assert.Equal(OutreachOutcome.PutBack, await HandleAsync(InMemoryApp.Renewal, "30-days"));

        Assert.Equal(OutreachOutcome.Dropped, await HandleAsync(InMemoryApp.Renewal, "30-days"));

        Assert.Equal(StepState.HandedOver, _app.Parts.Customers["k1"].Service!.State);
        Assert.Equal(StepState.HandedOver, _app.Parts.Outreach.All.Single().State);
    }

    [Fact]
    public async Task An_event_of_a_step_that_is_past_leaves_the_next_one_alone()
    {
        var outreach = await SendAsync();
        _app.Parts.Time.Advance(TimeSpan.FromDays(14));
        _app.Parts.Mail.Next(new Unknown("no answer"));
        await _app.HandleAsync("k1", "last-chance");

        await EventPost.TakeAsync(_app, EventPost.Event("delivered", outreach));

        Assert.Equal(("last-chance", StepState.Uncertain), (_app.Parts.Customers["k1"].Marketing!.Step, _app.Parts.Customers["k1"].Marketing!.State));
    }

    [Fact]
    public async Task An_event_that_was_broken_off_anywhere_is_taken_in_whole_when_it_comes_again()
    {
        var kills = 0;
        for (var after = 1; ; after++)
        {
            await using var app = await EventPost.StartAsync();
            app.Parts.AddLapsed("k1");
            app.Parts.Mail.Next(new Unknown("no answer"));
            await app.HandleAsync("k1", "invitation");
            var complaint = EventPost.Event("spamreport", app.Parts.Mail.Sent.Single().Tags["outreach"], 60);
            app.Parts.Effects.StopAfter(after);
            using var broken = await EventPost.SendAsync(app, complaint);
            app.Parts.Effects.Restart();
            await EventPost.TakeAsync(app, complaint);

            var customer = app.Parts.Customers["k1"];
            Assert.Equal((StepState.HandedOver, "spam complaint"), (customer.Marketing!.State, customer.Suppressed));
            Assert.True(customer is { OptedOutAt: not null, ServiceOptedOutAt: not null }, $"killed after {after} effects");
            Assert.Single(app.Parts.MailEvents.All);
            if (broken.StatusCode == System.Net.HttpStatusCode.OK) break;
            kills++;
        }
        Assert.InRange(kills, 5, 20); // record, row, mailbox, row, two opt-outs of mailbox and row, event
    }

    private void AssertHandedOver()
    {
        var (record, slot) = (_app.Parts.Outreach.All.Single(), _app.Parts.Customers["k1"].Marketing!);
        Assert.Equal((StepState.HandedOver, StepState.HandedOver), (record.State, slot.State));
        Assert.Equal((null, null, false), (record.Problem, slot.Problem, slot.IsProven));
        Assert.Single(_app.Parts.Mail.Tried);
    }

    private async Task<string> SendAsync()
    {
        _app.Parts.AddLapsed("k1");
        await _app.HandleAsync("k1", "invitation");
        return _app.Parts.Mail.Sent.Single().Tags["outreach"];
    }

    private Task<OutreachOutcome> HandleAsync(string campaign, string step) =>
        _app.Parts.Sender.HandleAsync(new OutreachMessage("k1", campaign, step, _app.Parts.Time.GetUtcNow()), TestContext.Current.CancellationToken);

    private async Task ImportAsync(string email)
    {
        var row = new CustomerRow(CustomerId.Parse("k1"), null, null, email, null, null, null);
        await _app.Parts.Book.ApplyAsync(row.Customer, [row], TestContext.Current.CancellationToken);
    }
}
