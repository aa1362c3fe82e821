using System.Globalization;
using Winback.Calls;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Replies;
using Winback.Replies.Reading;
using Winback.Tests.Campaigns;

namespace Winback.Tests.Calls;

/// <summary>Who is on the call sheet because a step of a campaign is a call, which came onto it on Tuesday 6 October 2026 at 12:00 in Amsterdam.</summary>
public sealed class CallRuleStepTests
{
    private static readonly DateTimeOffset Since = Given.At("2026-10-06T12:00+02:00").Instant;

    private static readonly Campaign Coach = Given.Inactive() with { Steps = [new Step("invitation", 0), new Step("catch-up", 7, Channel.Phone)] };

    private static readonly Campaign Reminder = Given.Reminder() with { Steps = [new Step("30-days", 30, Channel.Phone), new Step("7-days", 7)] };

    private static readonly Customer Due = Given.Customer() with
    {
        Marketing = Given.Enrolled(step: "catch-up", at: "2026-09-29T12:00+02:00") with { Channel = Channel.Phone, At = Since },
    };

    private static readonly Dictionary<string, Func<Customer, Customer>> NotCalled = new()
    {
        ["opted out"] = c => c with { OptedOutAt = Since },
        ["gave no permission"] = c => c with { MarketingPermission = false },
        ["asked to be erased"] = c => c with { ErasedAt = Since },
        ["has died"] = c => c with { DeceasedAt = Since },
        ["has an open complaint"] = c => c with { ComplaintSince = Since },
        ["is on hold"] = c => c with { Hold = new Hold(Given.Now.Instant.AddMinutes(1), "replied") },
        ["asked for a pause until tomorrow"] = c => c with { PausedUntil = Given.Day("2026-10-14") },
        ["bought since the campaign began"] = c => c with { LastVisit = Given.Day("2026-09-29") },
        ["has booked"] = c => c with { LastVisit = Given.Day("2026-12-01") },
        ["answered"] = c => c with { Marketing = c.Marketing! with { Ended = EnrolmentEnd.Reply } },
        ["is past that step"] = c => c with { Marketing = c.Marketing! with { Step = "last-chance", Channel = Channel.Mail } },
        ["is only being put there"] = c => c with { Marketing = c.Marketing! with { State = StepState.Claimed } },
        ["is in a campaign that was switched off"] = c => c with { Marketing = c.Marketing! with { Campaign = "gone" } },
    };

    private static readonly Dictionary<string, Func<Customer, Customer>> CalledAllTheSame = new()
    {
        ["has nothing against it"] = c => c,
        ["has a suppressed address"] = c => c with { Suppressed = "hard bounce" },
        ["has no address"] = c => c with { HasUsableAddress = false },
        ["wants no reminders"] = c => c with { ServiceOptedOutAt = Since },
        ["has it as the last step"] = c => c with { Marketing = c.Marketing! with { Ended = EnrolmentEnd.Finished } },
        ["was on hold until now"] = c => c with { Hold = new Hold(Given.Now.Instant, "replied") },
        ["last bought before the campaign began"] = c => c with { LastVisit = Given.Day("2026-09-28") },
    };

    public static TheoryData<string> NotCalledCases => [.. NotCalled.Keys];

    public static TheoryData<string> CalledCases => [.. CalledAllTheSame.Keys];

    [Theory]
    [MemberData(nameof(CalledCases))]
    public void Who_is_called_for_a_step(string which)
    {
        var due = Ask(CalledAllTheSame[which](Due));
        Assert.Equal((CallReason.Step, Since, "catch-up"), (due?.Why, due?.Since, due?.Step?.Step));
    }

    [Theory]
    [MemberData(nameof(NotCalledCases))]
    public void Who_is_not_called_for_a_step(string which) => Assert.Null(Ask(NotCalled[which](Due)));

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Nobody_is_called_for_a_step_once_the_number_turned_out_wrong(string? phone) => Assert.Null(Ask(Due, phone: phone));

    [Fact]
    public void A_campaign_that_is_paused_has_no_calls_until_it_is_resumed() => Assert.Null(Ask(Due, campaign: Coach with { PausedAt = Since }));

    [Theory]
    [InlineData("10-06 12:01 reached", false)]
    [InlineData("10-06 12:01 comes-back", false)]
    [InlineData("10-06 12:01 new-address", false)]
    [InlineData("10-06 12:01 no-answer", true)]
    [InlineData("10-06 12:01 no-answer, 10-07 12:00 no-answer, 10-08 12:00 no-answer", false)]
    [InlineData("10-06 11:59 reached", true)] // about something else
    public void It_is_settled_as_every_call(string calls, bool isOn) => Assert.Equal(isOn, Ask(Due, calls: calls) is not null);

    [Fact]
    public void An_answer_settles_it_also_after_the_last_step() => Assert.Null(Ask(
        CalledAllTheSame["has it as the last step"](Due), replies: [Told("2026-10-07T12:00+02:00", Intent.Thanks)]));

    [Fact]
    public void Who_asked_to_be_called_is_called_for_that_first()
    {
        var due = Ask(Due, replies: [Told("2026-09-01T12:00+02:00", Intent.CallMe)]);
        Assert.Equal((CallReason.CallMe, null), (due?.Why, due?.Step));
    }

    [Fact]
    public void A_campaign_that_ended_with_a_call_is_not_followed_by_another_for_their_value()
    {
        var settled = CalledAllTheSame["has it as the last step"](Due) with { Revenue = new Money(1_000_000), MarketingPermission = true };
        Assert.Null(Ask(settled, calls: "10-06 12:01 reached", now: Given.At("2026-12-01T12:00+01:00")));
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(1, true)]
    [InlineData(385, false)] // renewed meanwhile
    [InlineData(0, false)] // too late
    public void Before_a_renewal_it_is_on_the_sheet_until_they_renewed_or_it_is_over(int daysLeft, bool isOn)
    {
        var ends = Given.Now.Today.AddDays(daysLeft is 385 or 20 ? 20 : daysLeft);
        var member = Given.Member(Given.Subscription(daysLeft)) with
        {
            Service = Given.Enrolled(Given.Renewal, "30-days", anchor: new Anchor("S1", ends), at: "2026-10-06T12:00+02:00") with { Channel = Channel.Phone },
            OptedOutAt = Since, // of marketing, which this is not
        };
        Assert.Equal(isOn, Ask(member, campaign: Reminder) is not null);
        Assert.Null(Ask(member with { ServiceOptedOutAt = Since }, campaign: Reminder));
    }

    private static CallDue? Ask(
        Customer customer, IReadOnlyList<Reply>? replies = null, string calls = "", Campaign? campaign = null, string? phone = "06-12345678", Moment? now = null) => CallRule.Ask(
        new CustomerFile(customer, new Profile("Klant", Phone: phone), ""), replies ?? [], [.. Calls(calls)], new CampaignSet([campaign ?? Coach]),
        new CallOptions { HighValue = 1000 }, now ?? Given.Now);

    private static Reply Told(string at, Intent intent) =>
        new("r", Due.Id, null, null, Given.At(at).Instant, Road.Page, "", "") { Reading = ReplyReading.Given("", Reason.None, SubReason.None, intent) };

    private static IEnumerable<Call> Calls(string calls) => calls.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select((call, i) => new Call(
        Due.Id, $"{i}", default, Moment.InstantOf(DateTime.ParseExact("2026-" + call[..11], "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), Given.Amsterdam),
        Labels.TryParse<CallOutcome>(call[12..], out var outcome) ? outcome : throw new FormatException(call), null));
}
