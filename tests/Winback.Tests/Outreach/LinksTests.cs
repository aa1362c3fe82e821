using System.Buffers.Text;
using FsCheck.Xunit;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Outreach;

namespace Winback.Tests.Outreach;

public sealed class LinksTests
{
    private const string MailboxKey = "0123456789abcdef0123456789abcdef";

    private static readonly Links Ours = With(1);

    [Property]
    public void An_unsubscribe_link_says_again_what_it_was_made_of(string number, bool isService)
    {
        if (!CustomerId.TryParse(number, out var customer, out _)) return;
        var link = new UnsubscribeLink(customer, isService ? MessageClass.Service : MessageClass.Marketing, MailboxKey);

        Assert.True(Ours.TryReadUnsubscribe(Token(Ours.Unsubscribe(link)), out var read));
        Assert.Equal(link, read);
        Assert.False(With(2).TryReadUnsubscribe(Token(Ours.Unsubscribe(link)), out _));
    }

    [Theory]
    [InlineData("K1")]
    [InlineData("klant été ☕")]
    [InlineData("☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕☕")] // as long as may be
    public void An_unsubscribe_link_holds_no_address_and_needs_no_escaping(string number)
    {
        var link = Ours.Unsubscribe(new UnsubscribeLink(CustomerId.Parse(number), MessageClass.Marketing, MailboxKey));

        Assert.Matches("^https://winback.example/base/api/unsubscribe/[A-Za-z0-9_-]+$", link);
        Assert.True(Ours.TryReadUnsubscribe(Token(link), out _));
    }

    [Property]
    public void A_page_link_says_again_which_mail_it_stood_in_and_when(int customer, string step, ushort day, PagePurpose purpose)
    {
        if (!Enum.IsDefined(purpose)) return;
        var link = new PageLink(Outreach(customer, step), new DateOnly(2020, 1, 1).AddDays(day));
        var url = Ours.Page(purpose, link);

        Assert.Matches($"^https://winback.example/base/api/{purpose.ToString().ToLowerInvariant()}/[A-Za-z0-9_-]{{38}}$", url);
        Assert.True(Ours.TryReadPage(purpose, Token(url), out var read));
        Assert.Equal(link, read);
        Assert.False(With(2).TryReadPage(purpose, Token(url), out _));
        Assert.All(Enum.GetValues<PagePurpose>(), other => Assert.Equal(other == purpose, Ours.TryReadPage(other, Token(url), out _)));
    }

    [Property] // Whichever bit, of the signature, the mail or the day.
    public void A_page_link_with_one_bit_changed_is_nobodys(int customer, PagePurpose purpose, ushort bit)
    {
        if (!Enum.IsDefined(purpose)) return;
        var token = Base64Url.DecodeFromChars(Token(Ours.Page(purpose, new PageLink(Outreach(customer, "step"), new DateOnly(2026, 10, 13)))));
        token[bit / 8 % token.Length] ^= (byte)(1 << (bit % 8));

        Assert.False(Ours.TryReadPage(purpose, Base64Url.EncodeToString(token), out _));
    }

    [Theory] // Made on 13 October 2026; 90 days later it is 11 January 2027.
    [InlineData("2026-10-13", false)]
    [InlineData("2027-01-11", false)]
    [InlineData("2027-01-12", true)]
    [InlineData("2036-10-13", true)]
    public void A_page_link_works_for_ninety_days(string today, bool expired) =>
        Assert.Equal(expired, new PageLink(Outreach(1, "step"), new DateOnly(2026, 10, 13)).IsExpired(DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture)));

    [Property]
    public void A_reply_address_says_again_which_mail_it_answers_in_whatever_case(int customer, string step)
    {
        var outreach = Outreach(customer, step);
        var address = Ours.ReplyAddress(outreach);

        Assert.True(Ours.TryReadReplyAddress(address, out var read));
        Assert.Equal(outreach, read);
        Assert.True(Ours.TryReadReplyAddress(EmailAddress.Parse(address.Value.ToUpperInvariant()), out read));
        Assert.Equal(outreach, read);
        Assert.False(With(2).TryReadReplyAddress(address, out _));
    }

    [Property] // RFC 5321 4.5.3.1.1; and some systems want a letter first
    public void The_local_part_of_a_reply_address_has_at_most_64_characters_and_starts_with_a_letter(int customer, string step) =>
        Assert.Matches("^[a-z][a-z0-9.]{0,63}@antwoord.winback.example$", Ours.ReplyAddress(Outreach(customer, step)).Value);

    [Property]
    public void A_reply_address_with_one_character_changed_is_nobodys(int customer, byte where)
    {
        var address = Ours.ReplyAddress(Outreach(customer, "step")).Value;
        var at = 2 + (where % 32);
        var changed = $"{address[..at]}{(address[at] == '0' ? '1' : '0')}{address[(at + 1)..]}";

        Assert.False(Ours.TryReadReplyAddress(EmailAddress.Parse(changed), out _));
    }

    [Fact]
    public void Purposes_do_not_mix()
    {
        var outreach = Outreach(1, "step");
        var local = Ours.ReplyAddress(outreach).Value.Split('@')[0];
        var unsubscribe = Token(Ours.Unsubscribe(new UnsubscribeLink(CustomerId.Parse("K1"), MessageClass.Marketing, MailboxKey)));

        var page = Token(Ours.Page(PagePurpose.Reason, new PageLink(outreach, new DateOnly(2026, 10, 13))));

        Assert.False(Ours.TryReadUnsubscribe(page, out _));
        Assert.False(Ours.TryReadPage(PagePurpose.Reason, unsubscribe, out _));
        Assert.False(Ours.TryReadPage(PagePurpose.Reason, local[2..], out _));
        Assert.False(Ours.TryReadUnsubscribe(local[2..], out _));
        Assert.False(Ours.TryReadUnsubscribe(local, out _));
        Assert.False(Ours.TryReadReplyAddress(EmailAddress.Parse($"r.{unsubscribe[..32]}@antwoord.winback.example"), out _));
        Assert.NotEqual(Ours.Code("Coupon", "K1"), Ours.Code("Referral", "K1"));
    }

    [Fact] // Also after a rotation; the day in it decides whether it has expired.
    public void A_customers_own_page_of_referrals_is_read_back_and_by_its_purpose_only()
    {
        var token = Token(Ours.MyReferrals("7K2P9QRS", new DateOnly(2026, 10, 13)));

        Assert.True(With(2, 1).TryReadMyReferrals(token, out var code, out var issuedOn));
        Assert.Equal(("7K2P9QRS", new DateOnly(2026, 10, 13)), (code, issuedOn));
        Assert.False(With(2).TryReadMyReferrals(token, out _, out _));
        Assert.False(Ours.TryReadUnsubscribe(token, out _));
        Assert.False(Ours.TryReadMyReferrals(Token(Ours.Unsubscribe(new UnsubscribeLink(CustomerId.Parse("K1"), MessageClass.Marketing, MailboxKey))), out _, out _));
        Assert.Equal("https://winback.example/base/api/r/7K2P9QRS", Ours.Referral("7K2P9QRS"));
    }

    [Fact] // A link to stop offers must not be turned into one that stops reminders.
    public void A_link_cannot_be_turned_into_another()
    {
        var token = Base64Url.DecodeFromChars(Token(Ours.Unsubscribe(new UnsubscribeLink(CustomerId.Parse("K1"), MessageClass.Marketing, MailboxKey))));
        Assert.Equal((byte)'m', token[16]);
        token[16] = (byte)'s';

        Assert.False(Ours.TryReadUnsubscribe(Base64Url.EncodeToString(token), out _));
    }

    [Fact]
    public void After_a_rotation_the_new_key_signs_and_both_verify()
    {
        var both = With(2, 1);
        var link = new UnsubscribeLink(CustomerId.Parse("K1"), MessageClass.Marketing, MailboxKey);
        var outreach = Outreach(1, "step");

        Assert.Equal(With(2).Unsubscribe(link), both.Unsubscribe(link));
        Assert.True(both.TryReadUnsubscribe(Token(Ours.Unsubscribe(link)), out _));
        Assert.True(both.TryReadPage(PagePurpose.Call, Token(Ours.Page(PagePurpose.Call, new PageLink(outreach, new DateOnly(2026, 10, 13)))), out _));
        Assert.True(both.TryReadReplyAddress(Ours.ReplyAddress(outreach), out _));
        Assert.True(both.TryReadReplyAddress(both.ReplyAddress(outreach), out _));
    }

    [Fact] // Otherwise a second mail would carry another coupon.
    public void A_rotation_keeps_the_codes() => Assert.Equal(Ours.Code("Coupon", "K1"), With(2, 1).Code("Coupon", "K1"));

    [Property]
    public void A_code_can_be_read_out(string of, byte attempt) => Assert.Matches("^[0-9A-HJKMNP-TV-Z]{8}$", Ours.Code("Coupon", of, attempt));

    [Property]
    public void Base32_comes_back(byte[] bytes)
    {
        bytes = bytes[..(bytes.Length / 5 * 5)];

        Assert.True(Base32.TryDecode(Base32.Encode(bytes), out var decoded));
        Assert.Equal(bytes, decoded);
        Assert.True(Base32.TryDecode(Base32.Encode(bytes).ToUpperInvariant(), out decoded));
        Assert.Equal(bytes, decoded);
    }

    [Theory] // Crockford's alphabet: 5 bits a digit, the highest first
    [InlineData("0000000000", "00000000")]
    [InlineData("ffffffffff", "zzzzzzzz")]
    [InlineData("0000000001", "00000001")]
    [InlineData("8000000000", "g0000000")]
    [InlineData("00443214c7", "01234567")]
    public void Base32_is_as_documented(string hex, string text) => Assert.Equal(text, Base32.Encode(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("0000000")] // not a multiple of eight
    [InlineData("0000000u")]
    [InlineData("0000000i")]
    [InlineData("0000000é")]
    [InlineData("0000 000")]
    public void What_is_not_Base32_is_refused(string text) => Assert.False(Base32.TryDecode(text, out _));

    private static Links With(params byte[] keys)
    {
        var secrets = new SecretOptions();
        foreach (var key in keys) secrets.LinkKeys.Add(Convert.ToBase64String([.. Enumerable.Repeat(key, 32)]));
        return new Links(secrets, new BusinessOptions { PublicBaseUrl = "https://winback.example/base/" }, "antwoord.winback.example");
    }

    private static OutreachId Outreach(int customer, string? step) =>
        OutreachId.Of(CustomerId.Parse($"K{customer}"), "campaign", new Anchor("", new DateOnly(2026, 2, 10)), step ?? "");

    private static string Token(string url) => url[(url.LastIndexOf('/') + 1)..];
}
