using Winback.Campaigns;
using Winback.Customers;

namespace Winback.Tests.Campaigns;

/// <summary>Of several customers with one mailbox, one gets the marketing mail.</summary>
public sealed class MailboxRuleTests
{
    [Theory]
    //          my revenue, the other's, answer
    [InlineData(200, 100, "due invitation")]
    [InlineData(100, 200, "shared-mailbox")]
    [InlineData(100, 100, "due invitation")] // then the lowest number: mine is k1
    public void The_highest_revenue_then_the_lowest_number_goes_first(long mine, long others, string expected)
    {
        var other = Given.Customer("k2") with { Revenue = new Money(others) };
        Assert.Equal(expected, Check(Given.Customer() with { Revenue = new Money(mine) }, other).Word());
    }

    [Fact]
    public void Of_equal_customers_exactly_one_goes_first() =>
        Assert.Equal(
            new Excluded(Given.Lapsed, ExclusionReason.SharedMailbox, "customer k1 with the same mailbox goes first"),
            Check(Given.Customer("k2"), Given.Customer("k1"), Given.Customer("k3")));

    [Fact]
    public void Who_is_not_due_himself_does_not_go_first()
    {
        var better = Given.Customer("k2") with { Revenue = new Money(1_000_000) };
        Assert.Equal("due invitation", Check(Given.Customer(), better with { LastVisit = Given.Now.Today }).Word());
        Assert.Equal("due invitation", Check(Given.Customer(), better with { MarketingPermission = false }).Word());
    }

    [Fact]
    public void While_one_is_being_written_to_no_other_one_starts()
    {
        var other = Given.Customer("k2") with { Marketing = Given.Enrolled(Given.Lapsed), Revenue = new Money(1) };
        Assert.Equal("shared-mailbox", Check(Given.Customer(), other).Word());
        Assert.Equal("due invitation", Check(Given.Customer(), other with { Marketing = Given.Enrolled(Given.Lapsed, state: StepState.Failed) }).Word());
        Assert.Equal("due invitation", Check(Given.Customer(), other with { Marketing = other.Marketing with { Ended = EnrolmentEnd.Finished } }).Word());
    }

    [Fact]
    public void Of_two_whose_first_mail_is_due_again_one_goes()
    {
        var (mine, others) = (Given.Customer() with { Marketing = Given.Enrolled(state: StepState.DueAgain) }, Given.Customer("k2") with { Marketing = Given.Enrolled(state: StepState.DueAgain) });
        Assert.Equal(("due invitation", "shared-mailbox"), (Check(mine, others).Word(), Check(others, mine).Word()));
        Assert.Equal("shared-mailbox", Check(Given.Customer(), others).Word()); // whoever is new comes after them
    }

    [Theory]
    [InlineData("2026-09-30T12:00+02:00", "capped")]
    [InlineData("2026-09-29T12:00+02:00", "due invitation")] // 14 days ago
    public void The_cap_holds_for_the_mailbox(string contact, string expected)
    {
        var other = Given.Customer("k2") with { LastMarketingAt = Given.At(contact).Instant, LastVisit = Given.Now.Today };
        Assert.Equal(expected, Check(Given.Customer(), other).Word());
    }

    [Fact]
    public void The_cap_of_the_mailbox_does_not_stop_a_follow_up()
    {
        var customer = Given.Customer() with { Marketing = Given.Enrolled(at: "2026-09-01T12:00+02:00") };
        var other = Given.Customer("k2") with { LastMarketingAt = Given.Now.Instant.AddDays(-1), LastVisit = Given.Now.Today };
        Assert.Equal("due last-chance", Check(customer, other).Word());
    }

    private static Verdict Check(Customer customer, params Customer[] others)
    {
        var campaigns = new CampaignSet([Given.Inactive()]);
        var options = new EngineOptions();
        var rule = new Rule(options);
        var due = Assert.IsType<Due>(rule.Ask(customer, campaigns, Given.Now).Single());
        return new MailboxRule(rule, options).Check(customer, due, others, campaigns, Given.Now);
    }
}
