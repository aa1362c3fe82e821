using Winback.Campaigns;
using Winback.Customers;

namespace Winback.Tests.Campaigns;

/// <summary>Of several reasons the first in the order of <see cref="ExclusionReason"/> is the answer.</summary>
public sealed class RuleOrderTests
{
    private static readonly DateTimeOffset Yesterday = Given.Now.Instant.AddDays(-1);

    /// <summary>What excludes a customer from an inactive campaign, in order; each alone does.</summary>
    private static readonly (string Word, Func<Customer, Customer> Apply)[] Marketing =
    [
        ("erased", c => c with { ErasedAt = Yesterday }),
        ("deceased", c => c with { DeceasedAt = Yesterday }),
        ("opted-out", c => c with { OptedOutAt = Yesterday }),
        ("suppressed-address", c => c with { Suppressed = "spam complaint" }),
        ("no-usable-address", c => c with { HasUsableAddress = false }),
        ("no-permission", c => c with { MarketingPermission = false }),
        ("no-such-subject", c => c with { LastVisit = null }),
        ("active", c => c with { Subscriptions = [Given.Subscription(100)] }),
        ("too-long-ago", c => c with { LastVisit = Given.Day("2020-01-01") }),
        ("on-hold", c => c with { Hold = new Hold(Given.Now.Instant.AddHours(1), "replied") }),
        ("paused", c => c with { PausedUntil = Given.Day("2026-10-14") }),
        // In another campaign, whose mail is on its way.
        ("enrolled-already", c => c with { Marketing = Given.Enrolled(Given.Elsewhere, state: StepState.Claimed) }),
        ("enrolled-elsewhere", c => c with { Marketing = c.Marketing ?? Given.Enrolled(Given.Elsewhere) }),
        ("capped", c => c with { LastMarketingAt = Yesterday }),
        ("finished", c => c with { Started = c.Started.SetItem(Given.Lapsed, Given.Day("2026-08-01")) }),
    ];

    /// <summary>The same for a renewal campaign.</summary>
    private static readonly (string Word, Func<Customer, Customer> Apply)[] Service =
    [
        ("erased", c => c with { ErasedAt = Yesterday }),
        ("deceased", c => c with { DeceasedAt = Yesterday }),
        ("service-opted-out", c => c with { ServiceOptedOutAt = Yesterday }),
        ("suppressed-address", c => c with { Suppressed = "hard bounce" }),
        ("no-usable-address", c => c with { HasUsableAddress = false }),
        ("no-such-subject", c => c with { Subscriptions = [] }),
        ("active", c => c with { Subscriptions = [.. c.Subscriptions.Select(s => s with { RenewalDate = s.RenewalDate.AddDays(14) })] }),
        ("on-hold", c => c with { Hold = new Hold(Given.Now.Instant.AddHours(1), "replied") }),
        ("enrolled-already", c => c with { Service = Reminded(StepState.Claimed) }),
        ("finished", c => c with { Service = (c.Service ?? Reminded(StepState.HandedOver)) with { Ended = "opt-out" } }),
    ];

    public static TheoryData<string, string> MarketingPairs => Pairs([.. Marketing.Select(m => m.Word)]);

    public static TheoryData<string, string> ServicePairs => Pairs([.. Service.Select(m => m.Word)]);

    [Theory]
    [MemberData(nameof(MarketingPairs))]
    public void The_earlier_reason_is_the_answer(string first, string second)
    {
        // These two cannot both apply: who never bought has no last visit that is too long ago.
        if ((first, second) == ("no-such-subject", "too-long-ago")) return;
        Assert.Equal(first, Ask(Given.Customer(), Marketing, first, second, Given.Inactive(), Given.Inactive(Given.Elsewhere, months: 120, maxMonths: 120)));
    }

    [Theory]
    [MemberData(nameof(ServicePairs))]
    public void The_earlier_reason_is_the_answer_for_a_renewal(string first, string second) =>
        Assert.Equal(first, Ask(Given.Member(Given.Subscription(20)), Service, first, second, Given.Reminder()));

    [Fact]
    public void Without_any_reason_they_are_due()
    {
        Assert.Equal("due invitation", Given.Ask(Given.Customer(), Given.Inactive()).Word());
        Assert.Equal("due 30-days", Given.Ask(Given.Member(Given.Subscription(20)), Given.Reminder()).Word());
    }

    [Fact]
    public void Marketing_reasons_do_not_stop_a_reminder_about_a_running_subscription()
    {
        var member = Given.Member(Given.Subscription(20)) with
        {
            OptedOutAt = Yesterday,
            MarketingPermission = false,
            PausedUntil = Given.Day("2027-01-01"),
            LastMarketingAt = Yesterday,
            Marketing = Given.Enrolled(state: StepState.Claimed),
        };
        Assert.Equal("due 30-days", Given.Ask(member, Given.Reminder()).Word());
        Assert.Equal("due invitation", Given.Ask(Given.Customer() with { ServiceOptedOutAt = Yesterday, LastServiceAt = Yesterday }, Given.Inactive()).Word());
    }

    [Fact]
    public void Every_reason_has_a_stable_word() =>
        Assert.Equal(
            [
                "erased", "deceased", "opted-out", "service-opted-out", "suppressed-address", "no-usable-address", "no-phone-number", "no-permission", "no-such-subject",
                "active", "too-long-ago", "on-hold", "paused", "enrolled-already", "enrolled-elsewhere", "capped", "shared-mailbox", "wave-full", "hold-out", "finished",
            ],
            Enum.GetValues<ExclusionReason>().Select(r => r.Word()));

    private static Enrolment Reminded(StepState state) =>
        Given.Enrolled(Given.Renewal, "30-days", state, anchor: new Anchor("S1", Given.Now.Today.AddDays(20)));

    private static string Ask(
        Customer customer, (string Word, Func<Customer, Customer> Apply)[] reasons, string first, string second, params Campaign[] campaigns)
    {
        customer = reasons.Single(r => r.Word == first).Apply(customer);
        customer = reasons.Single(r => r.Word == second).Apply(customer);
        return Given.AskAll(customer, campaigns).Single(v => v.Campaign == campaigns[0].Id).Word();
    }

    private static TheoryData<string, string> Pairs(string[] words)
    {
        var pairs = new TheoryData<string, string>();
        for (var i = 0; i < words.Length; i++)
            for (var j = i; j < words.Length; j++) pairs.Add(words[i], words[j]);
        return pairs;
    }
}
