using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Winback.Campaigns;
using Winback.Customers;

namespace Winback.Tests.Campaigns;

/// <summary>What holds for every customer, whatever happened to them.</summary>
[Properties(Arbitrary = [typeof(AnyCustomer)], MaxTest = 500)]
public sealed class RulePropertyTests
{
    private static readonly CampaignSet Campaigns = new(
        [
            Given.Inactive(), Given.Inactive(Given.Elsewhere, months: 3, maxMonths: 8, priority: 5, includeSubscribers: true),
            Given.Reminder(sendAgain: true), Given.Reminder("other-reminder"),
        ]);

    [Property]
    public bool At_most_one_marketing_and_one_service_step_is_due(Customer customer) =>
        Ask(customer).Where(v => v is Due).GroupBy(v => Campaigns.Find(v.Campaign)!.Class).All(g => g.Count() == 1);

    [Property]
    public bool Every_campaign_answers_once(Customer customer) => Ask(customer).Select(v => v.Campaign).SequenceEqual(Campaigns.Ordered.Select(c => c.Id));

    [Property]
    public bool Whoever_opted_out_is_never_due_for_marketing(Customer customer) =>
        !IsDue(customer with { OptedOutAt = Given.Now.Instant }, MessageClass.Marketing);

    [Property]
    public bool Whoever_opted_out_of_service_mail_is_never_due_for_it(Customer customer) =>
        !IsDue(customer with { ServiceOptedOutAt = Given.Now.Instant }, MessageClass.Service);

    [Property]
    public bool Whoever_has_a_step_being_sent_is_not_due_in_that_class(Customer customer) =>
        (customer.Marketing?.State != StepState.Claimed || !IsDue(customer, MessageClass.Marketing))
        && (customer.Service?.State != StepState.Claimed || !IsDue(customer, MessageClass.Service));

    [Property]
    public bool Asking_twice_gives_the_same(Customer customer) => Ask(customer).SequenceEqual(Ask(customer));

    /// <summary>The claim takes a due step away: asked again, it is not due.</summary>
    [Property]
    public bool What_was_claimed_is_not_due_any_more(Customer customer) => Ask(customer).OfType<Due>().All(due =>
    {
        var campaign = Campaigns.Find(due.Campaign)!;
        return !IsDue(customer.Claim(campaign, due, "new", Given.Now), campaign.Class);
    });

    /// <summary>Sent, it is not due either, at that moment.</summary>
    [Property]
    public bool What_was_sent_is_not_due_any_more(Customer customer) => Ask(customer).OfType<Due>().All(due =>
    {
        var campaign = Campaigns.Find(due.Campaign)!;
        var sent = customer.Claim(campaign, due, "new", Given.Now).Complete(campaign.Class, campaign, "new", StepState.HandedOver, null, Given.Now.Instant);
        return !Ask(sent).OfType<Due>().Any(d => d.Campaign == due.Campaign);
    });

    /// <summary>A claim that is given back leaves the customer exactly as before.</summary>
    [Property]
    public bool What_was_released_is_as_before(Customer customer) => Ask(customer).OfType<Due>().All(due =>
    {
        var campaign = Campaigns.Find(due.Campaign)!;
        var released = customer.Claim(campaign, due, "new", Given.Now).Release(campaign, "new", customer);
        return released with { Started = customer.Started } == customer && released.Started.ToHashSet().SetEquals(customer.Started);
    });

    /// <summary>Or else the properties above would say nothing.</summary>
    [Fact]
    public void Many_of_these_customers_are_due()
    {
        var due = AnyCustomer.Customers().Generator.Sample(5000).SelectMany(Ask).OfType<Due>().CountBy(d => (Campaigns.Find(d.Campaign)!.Class, d.IsNew)).ToDictionary();
        Assert.All(Enum.GetValues<MessageClass>(), c => Assert.InRange(due.GetValueOrDefault((c, true)), 50, 5000));
        Assert.All(Enum.GetValues<MessageClass>(), c => Assert.InRange(due.GetValueOrDefault((c, false)), 5, 5000));
    }

    private static IReadOnlyList<Verdict> Ask(Customer customer) => new Rule(new EngineOptions()).Ask(customer, Campaigns, Given.Now);

    private static bool IsDue(Customer customer, MessageClass messageClass) =>
        Ask(customer).Any(v => v is Due && Campaigns.Find(v.Campaign)!.Class == messageClass);
}

/// <summary>Customers with every mixture of facts; the unremarkable values come often, so that many are due.</summary>
public static class AnyCustomer
{
    public static Arbitrary<Customer> Customers() => Arb.From(
        from lastVisit in Mostly(Gen.Choose(-1400, 20).Select(d => (DateOnly?)Given.Now.Today.AddDays(d)), null)
        from subscriptions in Mostly(Gen.ArrayOf(Subscription).Resize(3), [], 1)
        from marketing in Mostly(Slot([Given.Lapsed, Given.Elsewhere, "switched-off"], ["invitation", "last-chance"]).Select(e => (Enrolment?)e), null, 1)
        from service in Mostly(Slot([Given.Renewal, "other-reminder"], ["30-days", "30-days", "7-days", "1-day"]).Select(e => (Enrolment?)e), null, 1)
        from started in Mostly(Gen.Choose(-400, 0).Select(d => (DateOnly?)Given.Now.Today.AddDays(d)), null, 1)
        from contact in Mostly(Gen.Choose(-30, 0).Select(d => (DateTimeOffset?)Given.Now.Instant.AddDays(d)), null, 1)
        from flags in Gen.Choose(0, 40)
        from isThatOne in Gen.Elements(true, false)
        select new Customer
        {
            Id = CustomerId.Parse("k1"),
            HasUsableAddress = flags != 1,
            MarketingPermission = flags != 2,
            LastVisit = lastVisit,
            Subscriptions = service is { Anchor: var anchor } && isThatOne
                ? [new Subscription(anchor.Subject, "unlimited", anchor.Date.AddYears(-1), anchor.Date, false)]
                : [.. subscriptions],
            Suppressed = flags == 3 ? "hard bounce" : null,
            Hold = flags == 4 ? new Hold(Given.Now.Instant.AddDays(1), "replied") : null,
            PausedUntil = flags == 5 ? Given.Now.Today.AddDays(1) : null,
            ErasedAt = flags == 6 ? Given.Now.Instant : null,
            Marketing = marketing,
            Service = service,
            Started = started is { } day ? ImmutableDictionary<string, DateOnly>.Empty.Add(Given.Lapsed, day) : ImmutableDictionary<string, DateOnly>.Empty,
            LastMarketingAt = contact,
            LastServiceAt = flags % 3 == 0 ? contact : null,
        });

    private static Gen<Subscription> Subscription =>
        from daysLeft in Gen.Choose(-40, 60)
        from number in Gen.Elements("S1", "S2", "S3")
        from plan in Gen.Elements("unlimited", "sauna")
        from autoRenews in Gen.Elements(false, false, true)
        select Given.Subscription(daysLeft, number, plan, autoRenews);

    private static Gen<Enrolment> Slot(string[] campaigns, string[] steps) =>
        from campaign in Gen.Elements(campaigns)
        from step in Gen.Elements(steps)
        from state in Gen.Elements(StepState.HandedOver, StepState.HandedOver, StepState.Uncertain, StepState.Claimed, StepState.Failed)
        from ended in Gen.Elements(null, null, null, null, EnrolmentEnd.Finished, EnrolmentEnd.Reply)
        from subject in Gen.Elements("S1", "S2")
        from days in Gen.Choose(-2, 35)
        from age in Gen.Choose(0, 40)
        select new Enrolment(
            campaign, "v1", new Anchor(subject, Given.Now.Today.AddDays(days)), Given.Now.Today.AddDays(-age), step, state, Given.Now.Instant.AddDays(-age), "old", Ended: ended);

    private static Gen<T> Mostly<T>(Gen<T> some, T none, int share = 5) => Gen.Frequency((share, some), (1, Gen.Constant(none)));
}
