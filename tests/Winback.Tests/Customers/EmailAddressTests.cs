using Winback.Customers;

namespace Winback.Tests.Customers;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData(" Jan@Example.COM ", "jan@example.com")] // trimmed, lower case
    [InlineData("rene\u0301@example.com", "rené@example.com")] // NFC
    [InlineData("info@Bücher.example", "info@xn--bcher-kva.example")] // punycode
    [InlineData("info@bu\u0308cher.example", "info@xn--bcher-kva.example")] // the same in decomposed form
    [InlineData("jan+shop@example.co.uk", "jan+shop@example.co.uk")] // the part after + is kept: it may be another mailbox
    [InlineData("o'brien@example.com", "o'brien@example.com")]
    public void An_address_has_one_form(string text, string expected) => Assert.Equal(expected, EmailAddress.Parse(text).Value);

    [Fact]
    public void The_one_form_is_its_own_form()
    {
        var once = EmailAddress.Parse("RENE\u0301@BÜCHER.example");
        Assert.Equal(once, EmailAddress.Parse(once.Value));
        Assert.Equal("xn--bcher-kva.example", once.Domain);
    }

    [Theory]
    [InlineData(null, "empty")]
    [InlineData("jan.example.com", "no @")]
    [InlineData("@example.com", "nothing before")]
    [InlineData("jan@", "domain")]
    [InlineData("jan@localhost", "full domain")]
    [InlineData("jan@example.", "domain")]
    [InlineData("jan@-example.com", "domain")] // a label may not start with a hyphen
    [InlineData("jan@exa mple.com", "domain")]
    [InlineData("jan jansen@example.com", "not allowed")]
    [InlineData("jan@thuis@example.com", "not allowed")]
    [InlineData("Jan <jan@example.com>", "not allowed")]
    [InlineData("jan@example.com;piet@example.com", "not allowed")] // two addresses in one cell
    [InlineData(".jan@example.com", "point")]
    [InlineData("jan..jansen@example.com", "point")]
    [InlineData("jan\uFFFE@example.com", "Unicode")]
    public void What_is_no_address_says_why(string? text, string reason)
    {
        Assert.False(EmailAddress.TryParse(text, out _, out var problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Lengths_follow_RFC_5321()
    {
        Assert.True(EmailAddress.TryParse(new string('a', 64) + "@example.com", out _, out _));
        Assert.False(EmailAddress.TryParse(new string('a', 65) + "@example.com", out _, out _));
        var label = new string('b', 60) + ".";
        Assert.False(EmailAddress.TryParse($"a@{label}{label}{label}{label}{label}nl", out _, out _));
    }

    [Fact]
    public void Neither_a_problem_nor_a_log_shows_the_address()
    {
        Assert.False(EmailAddress.TryParse("secret name@example.com", out _, out var problem));
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
        Assert.Equal("(address)", $"{EmailAddress.Parse("secret@example.com")}");
    }
}
