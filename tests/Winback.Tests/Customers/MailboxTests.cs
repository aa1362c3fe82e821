using Winback.Customers;

namespace Winback.Tests.Customers;

public sealed class MailboxTests
{
    [Fact]
    public void A_family_shares_a_mailbox_and_joining_twice_changes_nothing()
    {
        var mailbox = Mailbox.Of("key").Join(CustomerId.Parse("k1")).Join(CustomerId.Parse("k2"));
        Assert.Equal(["k1", "k2"], mailbox.Owners);
        Assert.Null(mailbox.Suppressed);
        Assert.Same(mailbox, mailbox.Join(CustomerId.Parse("K2")));
    }

    [Fact]
    public void An_address_of_too_many_is_no_address()
    {
        var mailbox = Mailbox.Of("key");
        for (var i = 0; i <= Mailbox.MaxOwners; i++) mailbox = mailbox.Join(CustomerId.Parse($"k{i}"));
        Assert.Equal(Mailbox.MaxOwners, mailbox.Owners.Count);
        Assert.Equal("more than 50 customers have this address", mailbox.Suppressed);
        Assert.Same(mailbox, mailbox.Join(CustomerId.Parse("k99")));
    }
}
