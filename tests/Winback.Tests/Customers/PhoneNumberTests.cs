using Winback.Customers;

namespace Winback.Tests.Customers;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("06 12345678", "+31 6 1234 5678", true)]
    [InlineData("0031612345678", "06-12345678", true)]
    [InlineData("06 12345678", "06 12345679", false)]
    [InlineData("+31 (0)6 12345678", "0612345678", true)]
    [InlineData("02 123 45 67", "+32 2 123 45 67", true)]
    [InlineData("07700 900118", "+44 7700 900118", true)]
    [InlineData("010-2345678", "020-2345678", false)] // the same number in two towns
    [InlineData("06 12345678 (thuis)", "06-12345678", true)]
    [InlineData("345678", "06 12345678", false)]
    [InlineData("123456", "123456", true)]
    [InlineData("", "", false)] // no number is nobody's
    [InlineData(null, null, false)]
    [InlineData("nvt", "nvt", false)]
    public void Numbers_are_the_same_however_they_are_written(string? a, string? b, bool same) => Assert.Equal(same, PhoneNumber.AreSame(a, b));

    [Theory]
    [InlineData("12345")]
    [InlineData("06 12345678 na zessen")]
    [InlineData("0123456789012345678901234567890")]
    [InlineData("<06 12345678>")]
    public void What_is_none_is_refused(string text) => Assert.False(PhoneNumber.TryParse(text, out _, out _));

    [Fact]
    public void A_number_does_not_slip_into_a_log()
    {
        Assert.True(PhoneNumber.TryParse("06 12345678", out var number, out _));
        Assert.Equal("", $"{number}");
    }
}
