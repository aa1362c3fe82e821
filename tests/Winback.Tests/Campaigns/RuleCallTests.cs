using Winback.Campaigns;
using Winback.Customers;

namespace Winback.Tests.Campaigns;

/// <summary>Steps that are a telephone call: due as any other, but for what reaches a customer by telephone and not by mail.</summary>
public sealed class RuleCallTests
{
    private static readonly Step Mail = new("invitation", 0);
    private static readonly Step Call = new("catch-up", 7, Channel.Phone);
    private static readonly Step LastMail = new("last-chance", 14);

    /// <summary>Invitation, 7 days later a call, 14 days after that a last mail.</summary>
    private static readonly Campaign MailCallMail = Given.Inactive() with { Steps = [Mail, Call, LastMail] };

    private static readonly Campaign MailCall = Given.Inactive() with { Steps = [Mail, Call] };

    private static readonly Campaign CallMail = Given.Inactive() with { Steps = [Call with { Days = 0 }, LastMail] };

    /// <summary>30 days before the end a mail, 7 days before it a call, on the last day a mail.</summary>
    private static readonly Campaign Reminder = Given.Reminder() with { Steps = [new Step("30-days", 30), new Step("7-days", 7, Channel.Phone), new Step("1-day", 1)] };

    private static readonly Dictionary<string, Func<Customer, Customer>> Changes = new()
    {
        [""] = c => c,
        ["no number"] = c => c with { HasPhone = false },
        ["no address"] = c => c with { HasUsableAddress = false },
        ["suppressed"] = c => c with { Suppressed = "hard bounce" },
        ["no number, no address"] = c => c with { HasPhone = false, HasUsableAddress = false },
        ["erased"] = c => c with { ErasedAt = Given.Now.Instant },
        ["deceased"] = c => c with { DeceasedAt = Given.Now.Instant },
        ["opted out"] = c => c with { OptedOutAt = Given.Now.Instant },
        ["no permission"] = c => c with { MarketingPermission = false },
        ["open case"] = c => c with { ComplaintSince = Given.Now.Instant },
        ["on hold"] = c => c with { Hold = new Hold(Given.Now.Instant.AddDays(200), "replied") },
        ["paused"] = c => c with { PausedUntil = Given.Day("2027-12-01") },
    };

    private static readonly Customer Callable = Given.Customer() with { HasPhone = true };

    [Theory] // The invitation left on 6 October 2026.
    [InlineData("", "2026-10-12", "waiting", "the call catch-up follows on 2026-10-13")]
    [InlineData("", "2026-10-13", "due catch-up", "follows invitation")]
    [InlineData("no address", "2026-10-13", "due catch-up", "follows invitation")]
    [InlineData("suppressed", "2026-10-13", "due catch-up", "follows invitation")]
    [InlineData("no number", "2026-10-12", "waiting", "the call catch-up follows on 2026-10-13")]
    [InlineData("no number", "2026-10-13", "no-phone-number", "catch-up is a call, and no telephone number is known; last-chance follows on 2026-10-27")]
    [InlineData("no number", "2026-10-26", "no-phone-number", "catch-up is a call, and no telephone number is known; last-chance follows on 2026-10-27")]
    [InlineData("no number", "2026-10-27", "due last-chance", "follows invitation; the call catch-up is passed over (no-phone-number)")] // as if the call had been made
    [InlineData("no number, no address", "2026-10-27", "no-usable-address", "no address, or one that cannot receive mail")] // no step reaches them
    [InlineData("erased", "2026-10-13", "erased", "asked to be erased")]
    [InlineData("deceased", "2026-10-13", "deceased", "has died")]
    [InlineData("opted out", "2026-10-13", "opted-out", "opted out on 2026-10-13")]
    [InlineData("no permission", "2026-10-13", "no-permission", "gave no permission for marketing mail")]
    [InlineData("open case", "2026-10-13", "on-hold", "a complaint is open since 2026-10-13")]
    [InlineData("on hold", "2026-10-13", "on-hold", "replied, until 2027-05-01")]
    [InlineData("paused", "2026-10-13", "paused", "asked for a pause until 2027-12-01")]
    public void A_call_after_a_mail_is_for_who_has_a_number_and_may_be_contacted(string but, string day, string expected, string detail) =>
        AssertVerdict(MailCallMail, but, Given.Enrolled(at: "2026-10-06T12:00+02:00"), day, expected, detail);

    [Theory] // It came onto the sheet on 13 October 2026; whether anybody called does not matter.
    [InlineData("", "2026-10-26", "waiting", "last-chance follows on 2026-10-27")]
    [InlineData("", "2026-10-27", "due last-chance", "follows catch-up")]
    [InlineData("no number", "2026-10-27", "due last-chance", "follows catch-up")]
    [InlineData("suppressed", "2026-10-26", "waiting", "last-chance follows on 2026-10-27")]
    [InlineData("suppressed", "2026-10-27", "suppressed-address", "hard bounce")]
    public void The_sequence_goes_on_after_a_call_as_after_a_mail(string but, string day, string expected, string detail) =>
        AssertVerdict(MailCallMail, but, OnSheet("2026-10-13T12:00+02:00"), day, expected, detail);

    [Theory]
    [InlineData("", "due catch-up")]
    [InlineData("no address", "due catch-up")]
    [InlineData("suppressed", "due catch-up")]
    [InlineData("no number", "no-phone-number")] // whoever the first step does not reach is not enrolled
    [InlineData("no permission", "no-permission")]
    public void A_campaign_may_begin_with_a_call(string but, string expected) => Assert.Equal(expected, Given.Ask(Changes[but](Callable), CallMail).Word());

    [Theory]
    [InlineData("no address", "no-usable-address")]
    [InlineData("suppressed", "suppressed-address")]
    [InlineData("no number", "due invitation")]
    public void Who_is_new_must_be_reached_by_the_first_step(string but, string expected) => Assert.Equal(expected, Given.Ask(Changes[but](Callable), MailCallMail).Word());

    [Fact]
    public void A_mail_that_does_not_reach_them_is_passed_over_for_the_call_after_it()
    {
        var campaign = Given.Inactive() with { Steps = [Mail, LastMail, Call] };
        // The invitation, of 6 October, bounced: the last mail would leave on 20 October, the call comes 7 days later.
        var bounced = Callable with { Suppressed = "hard bounce", Marketing = Given.Enrolled(at: "2026-10-06T12:00+02:00") };
        Assert.Equal("suppressed-address", Given.Ask(bounced, campaign, Given.At("2026-10-26T12:00+01:00")).Word());
        Assert.Equal("due catch-up", Given.Ask(bounced, campaign, Given.At("2026-10-27T12:00+01:00")).Word());
    }

    [Fact]
    public void A_number_that_comes_later_makes_the_call_due()
    {
        var waits = Callable with { HasPhone = false, Marketing = Given.Enrolled(at: "2026-09-01T12:00+02:00") };
        Assert.Equal("no-phone-number", Given.Ask(waits, MailCall).Word());
        Assert.Equal("due catch-up", Given.Ask(waits with { HasPhone = true }, MailCall).Word());
    }

    [Fact]
    public void A_last_call_that_cannot_be_made_holds_up_no_other_campaign_and_no_other_customer()
    {
        var waits = Callable with { HasPhone = false, Marketing = Given.Enrolled(at: "2026-09-01T12:00+02:00"), LastMarketingAt = Given.At("2026-09-01T12:00+02:00").Instant };
        var verdicts = Given.AskAll(waits, [MailCall, Given.Inactive(Given.Elsewhere)]);
        Assert.Equal(["due invitation", "no-phone-number"], verdicts.Select(v => v.Word()));

        var (rule, campaigns) = (new Rule(new EngineOptions()), new CampaignSet([MailCall]));
        var sharer = Callable with { Id = CustomerId.Parse("k2"), Revenue = new Money(1) };
        var due = Assert.IsType<Due>(rule.Ask(sharer, campaigns, Given.Now).Single());
        Assert.IsType<Due>(new MailboxRule(rule, new EngineOptions()).Check(sharer, due, [waits], campaigns, Given.Now));
        Assert.Equal("shared-mailbox", new MailboxRule(rule, new EngineOptions()).Check(sharer, due, [waits with { HasPhone = true, LastMarketingAt = null }], campaigns, Given.Now).Word());
    }

    [Theory] // It came onto the sheet at noon; 14 days are the cap.
    [InlineData("2026-10-26T12:00+01:00", "capped")]
    [InlineData("2026-10-27T00:00+01:00", "due invitation")]
    public void A_call_counts_for_the_cap_as_a_mail_does(string now, string expected)
    {
        var due = Assert.IsType<Due>(Given.Ask(Callable, CallMail));
        var called = Callable.Claim(CallMail, due, "c", Given.Now).Complete(MessageClass.Marketing, CallMail, "c", StepState.HandedOver, null, Given.Now.Instant)
            .End(MessageClass.Marketing, EnrolmentEnd.Finished);
        var verdict = Given.Ask(called, Given.Inactive(Given.Elsewhere), Given.At(now));
        Assert.Equal(expected, verdict.Word());
        if (expected == "capped") Assert.Equal("was written to or called on 2026-10-13", verdict.Detail);
    }

    [Fact]
    public void A_claimed_call_is_being_put_on_the_sheet() =>
        Assert.Equal("catch-up is being put on the call sheet", Given.Ask(Callable with { Marketing = OnSheet("2026-10-13T11:59+02:00") with { State = StepState.Claimed } }, MailCallMail).Detail);

    [Theory]
    [InlineData("", 30, "due 30-days")]
    [InlineData("", 7, "due 7-days")]
    [InlineData("no number", 7, "no-phone-number")]
    [InlineData("no number", 2, "no-phone-number")]
    [InlineData("no number", 1, "due 1-day")] // in its own window, as ever
    [InlineData("suppressed", 7, "due 7-days")]
    [InlineData("suppressed", 1, "suppressed-address")]
    [InlineData("no number, no address", 7, "no-usable-address")]
    [InlineData("opted out", 7, "due 7-days")] // of marketing
    public void Before_a_renewal_a_call_has_its_window_too(string but, int daysLeft, string expected) =>
        Assert.Equal(expected, Given.Ask(Changes[but](Given.Member(Given.Subscription(daysLeft)) with { HasPhone = true }), Reminder).Word());

    private static Enrolment OnSheet(string at) => Given.Enrolled(step: "catch-up", at: at) with { Channel = Channel.Phone };

    private static void AssertVerdict(Campaign campaign, string but, Enrolment enrolment, string day, string expected, string detail)
    {
        var verdict = Given.Ask(Changes[but](Callable) with { Marketing = enrolment }, campaign, new Moment(Moment.InstantOf(Given.Day(day).ToDateTime(new TimeOnly(12, 0)), Given.Amsterdam), Given.Amsterdam));
        Assert.Equal((expected, detail), (verdict.Word(), verdict.Detail));
    }
}
