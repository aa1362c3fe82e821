using Winback.Customers;
using Winback.Referrals;

namespace Winback.Tests.Referrals;

public sealed class FriendRuleTests
{
    private static readonly Referral SignedUp = GivenReferrals.Referral("2026-10-13") with { Email = "piet@vriend.example" };
    private static readonly DateTimeOffset Then = SignedUp.ReceivedAt;
    private static readonly Mailbox Fresh = Mailbox.Of(SignedUp.FriendKey);

    public static TheoryData<string?, Referral, Mailbox?, double> Cases => new()
    {
        { null, SignedUp, null, 0 },
        { null, SignedUp, Fresh, 72 },
        { "signed up too long ago to be asked", SignedUp, Fresh, 72.01 },
        { "is a customer already", SignedUp with { WasKnown = true }, null, 0 },
        { "is a customer already", SignedUp, Fresh.Join(CustomerId.Parse("K9")), 0 }, // imported since
        { "the mailbox opted out", SignedUp, Fresh with { OptedOutAt = Then }, 0 },
        { "hard bounce", SignedUp, Fresh with { Health = new MailboxHealth(HardBouncedAt: Then) }, 0 },
        { "spam complaint", SignedUp, Fresh with { Health = new MailboxHealth(ComplainedAt: Then) }, 0 },
        { "was asked less than 30 days ago, about another sign-up", SignedUp, Fresh with { Asked = new Answered("other", Then.AddDays(-30).AddSeconds(1)) }, 0 },
        { null, SignedUp, Fresh with { Asked = new Answered("other", Then.AddDays(-30)) }, 0 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_mailbox_is_asked_once_in_a_while_and_only_where_nothing_forbids_it(string? why, Referral referral, Mailbox? mailbox, double hoursLater) =>
        Assert.Equal(why, FriendRule.WhyNot(referral, mailbox, Then.AddHours(hoursLater)));

    [Theory]
    [InlineData(true, true, false, true)]
    [InlineData(false, true, false, false)]
    [InlineData(true, false, false, false)]
    [InlineData(true, true, true, false)]
    public void The_owner_may_mail_who_agreed_and_confirmed_until_they_opt_out(bool agreed, bool confirmed, bool optedOut, bool may)
    {
        var referral = SignedUp with { Consent = agreed ? new FriendConsent(Then, "Mail mag.") : null, ConfirmedAt = confirmed ? Then : null };
        Assert.Equal(may, FriendRule.MayMail(referral, optedOut ? Fresh with { OptedOutAt = Then } : null));
    }
}
