using Winback.Customers;

namespace Winback.Tests.Customers;

public sealed class ContactCorrectionTests
{
    [Theory]
    [InlineData("06-12345678", "+31 6 1234 5678", true)]
    [InlineData("0031612345678", "06 12 34 56 78", true)]
    [InlineData("02/123.45.67", "+32 2 123 45 67", true)] // Brussels
    [InlineData("06-12345678", "06-12345679", false)]
    [InlineData("112", "112", true)]
    [InlineData("112", "12", false)]
    public void A_number_is_the_same_however_it_is_written(string one, string other, bool isSame) => Assert.Equal(isSame, Contacts.IsSamePhone(one, other));

    [Theory]
    [InlineData("Sam@Klant.example", " sam@klant.example", true)]
    [InlineData("sam@bücher.example", "sam@xn--bcher-kva.example", true)]
    [InlineData("sam@", "SAM@ ", true)] // unusable ones too
    [InlineData("sam@klant.example", "sam@klant2.example", false)]
    public void An_address_is_the_same_however_it_is_written(string one, string other, bool isSame) => Assert.Equal(isSame, Contacts.IsSameEmail(one, other));

    [Fact]
    public void What_is_replaced_is_remembered_once()
    {
        var correction = new ContactCorrection(null, "06-2", "new@klant.example");
        var once = correction.Mark(new Profile(Email: "old@klant.example", Phone: "06-1"));

        var twice = correction.Mark(once with { Email = "new@klant.example", Phone = "06-2" });

        Assert.Equal(["old@klant.example"], twice.FormerEmails);
        Assert.Equal(["06-1"], twice.FormerPhones);
    }

    [Fact]
    public void Who_goes_back_to_an_old_number_has_it_again()
    {
        var profile = new ContactCorrection(WrongPhone: "06-1").Mark(new Profile(Phone: "06-1"));
        Assert.Equal((null, true), (profile.Phone, profile.IsFormerPhone("06-1")));

        Assert.False(new ContactCorrection(Phone: "06-1").Mark(profile).IsFormerPhone("06-1"));
    }

    [Fact]
    public void A_wrong_number_takes_away_no_other() => Assert.Equal("06-2", new ContactCorrection(WrongPhone: "06-1").Mark(new Profile(Phone: "06-2")).Phone);

    [Fact]
    public void Nothing_told_changes_nothing()
    {
        var profile = new Profile("Sam", Phone: "06-1", Email: "sam@klant.example");
        Assert.Same(profile, new ContactCorrection().Mark(profile));
    }
}
