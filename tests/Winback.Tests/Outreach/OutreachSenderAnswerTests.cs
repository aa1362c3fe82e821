using Winback.Campaigns;
using Winback.Customers;
using Winback.Mail;
using Winback.Outreach;
using Winback.Tests.Fakes;

namespace Winback.Tests.Outreach;

/// <summary>What follows from the provider's answer, or from none.</summary>
public sealed class OutreachSenderAnswerTests : IDisposable
{
    private static readonly DateTimeOffset Now = InMemoryApp.Start;
    private static readonly OutreachMessage Invitation = new("k1", InMemoryApp.Restaurant, "invitation", Now);

    private readonly InMemoryApp _app = new();

    public OutreachSenderAnswerTests() => _app.AddLapsed("k1");

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_refused_mail_is_failed_and_visible_and_not_tried_again()
    {
        _app.Mail.Next(new Refused("550 no such user"));

        Assert.Equal(OutreachOutcome.Failed, await HandleAsync(Invitation));
        Assert.Equal(OutreachOutcome.Dropped, await HandleAsync(Invitation));
        _app.Time.Advance(TimeSpan.FromDays(30));
        Assert.Equal(OutreachOutcome.Dropped, await HandleAsync(Invitation with { Step = "last-chance" }));

        Assert.Single(_app.Mail.Tried);
        Assert.Equal((StepState.Failed, "550 no such user"), (_app.Outreach.All.Single().State, _app.Outreach.All.Single().Problem));
        Assert.Equal((StepState.Failed, "550 no such user"), (_app.Customers["k1"].Marketing!.State, _app.Customers["k1"].Marketing!.Problem));
        var verdicts = await _app.Get<Examiner>().ExamineAsync(_app.Customers["k1"], _app.Get<OwnerClock>().Now, TestContext.Current.CancellationToken);
        Assert.Contains(new Excluded(InMemoryApp.Restaurant, ExclusionReason.EnrolledAlready, "invitation failed: 550 no such user"), verdicts);
    }

    [Fact]
    public async Task When_the_provider_is_away_the_row_is_as_it_was_and_the_message_is_put_back()
    {
        var before = _app.Customers.Columns("k1");
        _app.Mail.Next(new Unavailable("connection refused"));

        Assert.Equal(OutreachOutcome.PutBack, await HandleAsync(Invitation));

        Assert.Equal(before, _app.Customers.Columns("k1"));
        Assert.Empty(_app.Outreach.All);
        Assert.Empty(_app.Enrolments.All);
        Assert.Equal((Invitation with { Attempt = 1 }, TimeSpan.FromSeconds(15)), _app.OutreachQueue.All.Single());
    }

    [Fact]
    public async Task A_follow_up_or_reminder_that_could_not_leave_is_as_it_was_too()
    {
        await HandleAsync(Invitation);
        _app.AddMember("k2", 7);
        _app.Time.Advance(TimeSpan.FromDays(14)); // to 27 October
        _app.Customers.Change("k2", c => c with { Subscriptions = [c.Subscriptions[0] with { RenewalDate = new DateOnly(2026, 11, 3) }] });
        var (k1, k2) = (_app.Customers.Columns("k1"), _app.Customers.Columns("k2"));
        _app.Mail.Next(new Unavailable("busy"), new Unavailable("busy"));

        Assert.Equal(OutreachOutcome.PutBack, await HandleAsync(Invitation with { Step = "last-chance", QueuedAt = _app.Time.GetUtcNow() }));
        Assert.Equal(OutreachOutcome.PutBack, await HandleAsync(new OutreachMessage("k2", InMemoryApp.Renewal, "7-days", _app.Time.GetUtcNow())));

        Assert.Equal(k1, _app.Customers.Columns("k1"));
        Assert.Equal(k2, _app.Customers.Columns("k2"));
    }

    [Theory]
    [InlineData(0, null, 15)]
    [InlineData(1, null, 30)]
    [InlineData(2, null, 60)]
    [InlineData(5, null, 480)]
    [InlineData(6, null, 600)] // never longer than ten minutes
    [InlineData(1000, null, 600)]
    [InlineData(0, 90, 90)] // the provider said when
    [InlineData(6, 5, 5)]
    [InlineData(0, 3600, 600)]
    public async Task The_pause_grows_unless_the_provider_names_one(int attempt, int? retryAfterSeconds, int seconds)
    {
        _app.Mail.Next(new Unavailable("busy", retryAfterSeconds is { } s ? TimeSpan.FromSeconds(s) : null));
        await HandleAsync(Invitation with { Attempt = attempt });
        Assert.Equal((Invitation with { Attempt = attempt + 1 }, TimeSpan.FromSeconds(seconds)), _app.OutreachQueue.All.Single());
    }

    [Theory]
    [InlineData(60, OutreachOutcome.PutBack, 1)]
    [InlineData(61, OutreachOutcome.LeftToNextScan, 0)]
    public async Task After_an_hour_of_trying_it_is_left_to_the_next_scan(int minutes, OutreachOutcome expected, int queued)
    {
        _app.Time.Advance(TimeSpan.FromMinutes(minutes));
        _app.Mail.Next(new Unavailable("busy"));
        Assert.Equal(expected, await HandleAsync(Invitation));
        Assert.Equal(queued, _app.OutreachQueue.All.Count);
        Assert.Null(_app.Customers["k1"].Marketing);
    }

    [Fact]
    public async Task Every_attempt_at_a_step_is_the_same_mail_with_the_same_coupon()
    {
        _app.Mail.Next(new Unavailable("busy"), new Unavailable("busy"));
        await HandleAsync(Invitation);
        _app.Time.Advance(TimeSpan.FromDays(1)); // another day must not give another coupon, only a later last day
        await HandleAsync(Invitation);
        await HandleAsync(Invitation);
        var mails = _app.Mail.Tried;
        Assert.Equal(3, mails.Count);
        Assert.All(mails, m => Assert.Equal((mails[0].MessageId, mails[0].ReplyTo), (m.MessageId, m.ReplyTo)));
        var coupon = Assert.Single(_app.Codes.All, c => c.Kind == CodeKind.Coupon);
        Assert.All(mails, m => Assert.Contains(coupon.Code, m.Text, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("24 november 2026", mails[0].Text, StringComparison.Ordinal);
        Assert.Contains("25 november 2026", mails[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_steps_carry_the_same_coupon_under_ids_of_their_own()
    {
        await HandleAsync(Invitation);
        _app.Time.Advance(TimeSpan.FromDays(14));
        await HandleAsync(Invitation with { Step = "last-chance" });
        var coupon = _app.Codes.All.Single(c => c.Kind == CodeKind.Coupon).Code.ToUpperInvariant();
        Assert.All(_app.Mail.Sent, m => Assert.Contains(coupon, m.Text, StringComparison.Ordinal));
        Assert.Distinct(_app.Mail.Sent.Select(m => m.MessageId));
    }

    [Fact]
    public async Task Without_an_answer_it_is_uncertain_and_never_sent_again_but_the_follow_up_comes()
    {
        _app.Mail.Next(new Unknown("time-out"));
        Assert.Equal(OutreachOutcome.Uncertain, await HandleAsync(Invitation));
        Assert.Equal((StepState.Uncertain, "time-out"), (_app.Customers["k1"].Marketing!.State, _app.Outreach.All.Single().Problem));

        Assert.Equal(OutreachOutcome.Dropped, await HandleAsync(Invitation));
        _app.Time.Advance(TimeSpan.FromDays(14));
        Assert.Equal(OutreachOutcome.Dropped, await HandleAsync(Invitation));
        Assert.Equal(OutreachOutcome.Sent, await HandleAsync(Invitation with { Step = "last-chance" }));
        Assert.Equal(["invitation", "last-chance"], _app.Mail.Tried.Select(m => m.Tags["step"]));
    }

    [Fact]
    public async Task An_uncertain_reminder_is_sent_again_once()
    {
        _app.AddMember("k2", 30);
        var message = new OutreachMessage("k2", InMemoryApp.Renewal, "30-days", Now);
        _app.Mail.Next(new Unknown("time-out"), new Unknown("time-out again"));
        Assert.Equal(OutreachOutcome.Uncertain, await HandleAsync(message));
        Assert.Equal(OutreachOutcome.Uncertain, await HandleAsync(message));
        Assert.Equal(OutreachOutcome.Dropped, await HandleAsync(message));
        Assert.Equal(2, _app.Mail.Tried.Count);
        Assert.Single(_app.Mail.Tried.Select(m => m.MessageId).Distinct());
    }

    [Theory]
    [InlineData(EnrolmentEnd.OptOut)]
    [InlineData(EnrolmentEnd.Purchase)]
    [InlineData(EnrolmentEnd.Reply)]
    public async Task What_the_customer_does_between_claim_and_answer_is_kept(string end)
    {
        _app.Mail.Next(_ =>
        {
            _app.Customers.Change("k1", c => Meanwhile(c, end));
            return new Accepted("p1");
        });
        Assert.Equal(OutreachOutcome.Sent, await HandleAsync(Invitation));

        var after = _app.Customers["k1"];
        Assert.Equal((StepState.HandedOver, end), (after.Marketing!.State, after.Marketing.Ended));
        Assert.Equal(end == EnrolmentEnd.OptOut, after.OptedOutAt is not null);
        Assert.Equal(end == EnrolmentEnd.Reply, after.Hold is not null);
        _app.Time.Advance(TimeSpan.FromDays(14));
        Assert.Equal(OutreachOutcome.Dropped, await HandleAsync(Invitation with { Step = "last-chance" }));
    }

    [Theory]
    [InlineData(EnrolmentEnd.OptOut)]
    [InlineData(EnrolmentEnd.Purchase)]
    [InlineData(EnrolmentEnd.Reply)]
    public async Task A_release_keeps_it_as_well(string end)
    {
        var expected = Meanwhile(_app.Customers["k1"], end);
        _app.Mail.Next(_ =>
        {
            _app.Customers.Change("k1", c => Meanwhile(c, end));
            return new Unavailable("busy");
        });
        Assert.Equal(OutreachOutcome.PutBack, await HandleAsync(Invitation));
        Assert.Equal(expected with { Started = default!, Subscriptions = default }, _app.Customers["k1"] with { Started = default!, Subscriptions = default });
        Assert.Equal(OutreachOutcome.Dropped, await HandleAsync(Invitation));
        Assert.Single(_app.Mail.Tried);
    }

    private static Customer Meanwhile(Customer c, string end)
    {
        var changed = end switch
        {
            EnrolmentEnd.OptOut => c with { OptedOutAt = Now },
            EnrolmentEnd.Purchase => c with { LastVisit = new DateOnly(2026, 10, 13) },
            _ => c with { Hold = new Hold(Now.AddDays(30), "replied") },
        };
        return changed.End(MessageClass.Marketing, end);
    }

    private Task<OutreachOutcome> HandleAsync(OutreachMessage message) => _app.Sender.HandleAsync(message, TestContext.Current.CancellationToken);
}
