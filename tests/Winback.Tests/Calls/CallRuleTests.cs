using System.Globalization;
using Winback.Calls;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Replies;
using Winback.Replies.Reading;

namespace Winback.Tests.Calls;

/// <summary>Who is on the call sheet.</summary>
public sealed class CallRuleTests
{
    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    private static readonly CustomerId K1 = CustomerId.Parse("k1");

    private static readonly CallOptions Options = new() { HighValue = 1000 };

    /// <summary>Bought for € 1,000, got the last mail of a campaign on Tuesday 29 September 2026 at 12:00 in Amsterdam, and may be called.</summary>
    private static readonly Customer Silent = new()
    {
        Id = K1,
        MarketingPermission = true,
        LastVisit = new DateOnly(2026, 2, 10),
        Visits = 9,
        Revenue = new Money(100_000),
        Marketing = new Enrolment(
            "we-miss-you", "v1", new Anchor("", new DateOnly(2026, 2, 10)), new DateOnly(2026, 8, 25), "last-word", StepState.HandedOver, At("2026-09-29 12:00"), "", Ended: EnrolmentEnd.Finished),
    };

    private static readonly Profile Reachable = new("Klant", Phone: "06-12345678");

    private static readonly Dictionary<string, Func<Customer, Customer>> NotCalled = new()
    {
        ["bought for a cent less"] = c => c with { Revenue = new Money(99_999) },
        ["bought since the campaign began"] = c => c with { LastVisit = new DateOnly(2026, 8, 25) },
        ["never was in a campaign"] = c => c with { Marketing = null },
        ["is in the middle of a campaign"] = c => c with { Marketing = c.Marketing! with { Ended = null } },
        ["answered it"] = c => c with { Marketing = c.Marketing! with { Ended = EnrolmentEnd.Reply } },
        ["did not get the last mail"] = c => c with { Marketing = c.Marketing! with { State = StepState.Failed } },
        ["opted out"] = c => c with { OptedOutAt = At("2026-10-01 09:00") },
        ["gave no permission"] = c => c with { MarketingPermission = false },
        ["asked to be erased"] = c => c with { ErasedAt = At("2026-10-01 09:00") },
        ["has died"] = c => c with { DeceasedAt = At("2026-10-01 09:00") },
        ["complained of spam"] = c => c with { Suppressed = "spam complaint" },
        ["has an open complaint"] = c => c with { ComplaintSince = At("2026-10-01 09:00") },
        ["is on hold"] = c => c with { Hold = new Hold(At("2026-10-13 12:01"), "replied") },
        ["asked for a pause until tomorrow"] = c => c with { PausedUntil = new DateOnly(2026, 10, 14) },
    };

    private static readonly Dictionary<string, Func<Customer, Customer>> CalledAllTheSame = new()
    {
        ["may have got the last mail"] = c => c with { Marketing = c.Marketing! with { State = StepState.Uncertain } },
        ["bought on the day before the campaign began"] = c => c with { LastVisit = new DateOnly(2026, 8, 24) },
        ["was on hold until now"] = c => c with { Hold = new Hold(At("2026-10-13 12:00"), "replied") },
        ["asked for a pause until today"] = c => c with { PausedUntil = new DateOnly(2026, 10, 13) },
        ["wants no reminders"] = c => c with { ServiceOptedOutAt = At("2026-10-01 09:00") },
    };

    public static TheoryData<string> NotCalledCases => [.. NotCalled.Keys];

    public static TheoryData<string> CalledCases => [.. CalledAllTheSame.Keys];

    [Fact]
    public void Who_is_of_high_value_and_answered_nothing_is_called() =>
        Assert.Equal(new CallDue(CallReason.HighValue, At("2026-10-13 12:00"), null, []), Ask(Silent) is { } due ? due with { NoAnswers = [] } : null);

    [Theory]
    [MemberData(nameof(NotCalledCases))]
    public void Who_is_of_high_value_is_not_called_who(string which) => Assert.Null(Ask(NotCalled[which](Silent)));

    [Theory]
    [MemberData(nameof(CalledCases))]
    public void Who_is_of_high_value_is_called_also_who(string which) => Assert.Equal(CallReason.HighValue, Ask(CalledAllTheSame[which](Silent))?.Why);

    [Theory]
    [InlineData("2026-10-13 11:59", false)] // a minute less than 14 days after the last mail
    [InlineData("2026-10-13 12:00", true)]
    [InlineData("2027-10-13 12:00", true)] // a year later still nobody called
    public void Two_weeks_are_waited_for_an_answer(string now, bool isCalled) => Assert.Equal(isCalled, Ask(Silent, now: now) is not null);

    [Theory]
    [InlineData("2026-10-25 01:59", "2026-10-11 02:00", false)] // the clock goes back on 25 October: 14 days are exact time
    [InlineData("2026-10-25 03:00", "2026-10-11 03:00", true)]
    public void Two_weeks_are_exact_time(string now, string mailed, bool isCalled) =>
        Assert.Equal(isCalled, Ask(Silent with { Marketing = Silent.Marketing! with { At = At(mailed) } }, now: now) is not null);

    [Fact]
    public void Nobody_is_called_for_their_value_without_the_setting() => Assert.Null(Ask(Silent, options: new CallOptions()));

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Nobody_is_called_for_their_value_without_a_number(string? phone) => Assert.Null(Ask(Silent, profile: Reachable with { Phone = phone }));

    [Theory]
    [InlineData("2026-08-25 00:00", true)] // on the day of the first mail
    [InlineData("2026-08-24 23:59", false)] // about something earlier
    public void An_answer_since_the_campaign_began_is_an_answer(string receivedAt, bool isAnswer) =>
        Assert.Equal(isAnswer, Ask(Silent, [Told("r", receivedAt, ReplyReading.Given("", Reason.Forgot))]) is null);

    [Fact]
    public void An_automatic_answer_is_none() => Assert.NotNull(Ask(Silent, [Told("r", "2026-09-29 12:01", ReplyReading.Given("", Reason.None) with { Automatic = true })]));

    [Fact]
    public void Who_asked_to_be_called_is_called_whatever_they_bought_and_without_a_number()
    {
        var request = CallMe("2026-10-12 09:00");
        var due = Ask(new Customer { Id = K1, OptedOutAt = At("2026-10-01 09:00") }, [request], profile: new Profile());
        Assert.Equal((CallReason.CallMe, request.ReceivedAt, request), (due!.Why, due.Since, due.Request));
    }

    [Fact]
    public void Who_asked_first_and_last_is_one_entry_since_the_first() =>
        Assert.Equal("first", Ask(Silent, [CallMe("2026-10-12 09:00") with { Id = "second" }, CallMe("2026-10-11 09:00") with { Id = "first" }])?.Request?.Id);

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_request_that_was_handled_or_of_who_has_died_is_none(bool isHandled, bool hasDied) => Assert.Null(Ask(
        new Customer { Id = K1, DeceasedAt = hasDied ? At("2026-10-12 10:00") : null },
        [CallMe("2026-10-12 09:00") with { HandledAt = isHandled ? At("2026-10-12 10:00") : null }]));

    [Theory] // Asked on 12 October at 9:00.
    [InlineData("10-12 10:00 no-answer", true)]
    [InlineData("10-12 10:00 no-answer, 10-13 10:00 no-answer", true)]
    [InlineData("10-12 10:00 no-answer, 10-13 10:00 no-answer, 10-13 11:00 no-answer", false)] // three times is enough
    [InlineData("10-01 10:00 no-answer, 10-02 10:00 no-answer, 10-03 10:00 no-answer", true)] // that was about something else
    [InlineData("10-12 10:00 reached", false)]
    [InlineData("10-12 10:00 comes-back", false)]
    [InlineData("10-12 10:00 new-address", false)]
    [InlineData("10-12 10:00 wrong-number", true)] // nobody of theirs was spoken to
    [InlineData("10-11 10:00 reached", true)] // asked again since
    [InlineData("10-12 09:00 reached", true)] // asked during that very call
    public void A_request_is_on_the_sheet_until_they_were_spoken_to_or_called_three_times_in_vain(string calls, bool isOn) =>
        Assert.Equal(isOn, Ask(new Customer { Id = K1 }, [CallMe("2026-10-12 09:00")], Calls(calls)) is not null);

    [Theory] // The last mail left on 29 September at 12:00.
    [InlineData("09-30 10:00 reached", false)]
    [InlineData("09-28 10:00 reached", true)]
    [InlineData("10-01 10:00 no-answer, 10-02 10:00 no-answer, 10-03 10:00 no-answer", false)]
    public void Who_is_of_high_value_is_called_once_per_campaign(string calls, bool isOn) => Assert.Equal(isOn, Ask(Silent, calls: Calls(calls)) is not null);

    [Fact]
    public void It_is_told_when_it_was_tried_in_vain() => Assert.Equal(
        [At("2026-10-12 10:00"), At("2026-10-13 10:00")],
        Ask(new Customer { Id = K1 }, [CallMe("2026-10-12 09:00")], Calls("10-13 10:00 no-answer, 10-12 10:00 no-answer"))!.NoAnswers);

    private static CallDue? Ask(
        Customer customer, IReadOnlyList<Reply>? replies = null, IReadOnlyList<Call>? calls = null, CallOptions? options = null, Profile? profile = null, string now = "2026-10-13 12:00") =>
        CallRule.Ask(new CustomerFile(customer, profile ?? Reachable, ""), replies ?? [], calls ?? [], new CampaignSet([]), options ?? Options, new Moment(At(now), Amsterdam));

    private static Reply CallMe(string receivedAt) => Told("r", receivedAt, ReplyReading.Given("", Reason.None, SubReason.None, Intent.CallMe));

    private static Reply Told(string id, string receivedAt, ReplyReading reading) => new(id, K1, null, null, At(receivedAt), Road.Page, "", "") { Reading = reading };

    private static List<Call> Calls(string calls) =>
        [.. calls.Split(", ").Select((call, i) => new Call(K1, $"{i}", default, At("2026-" + call[..11]), Labels.TryParse<CallOutcome>(call[12..], out var outcome) ? outcome : throw new FormatException(call), null))];

    private static DateTimeOffset At(string local) => Moment.InstantOf(DateTime.ParseExact(local, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), Amsterdam);
}
