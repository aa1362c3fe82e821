using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Winback.Campaigns;
using Winback.Campaigns.Rendering;
using Winback.Customers;
using Winback.Hosting;

namespace Winback.Outreach;

/// <summary>Settings under <c>Secrets</c>: keys of 32 random bytes or more, in base64.</summary>
public sealed class SecretOptions : ICheckedOptions
{
    private const int MinBytes = 32;

    /// <summary>
    /// Signs links and reply addresses. The first one signs, all of them verify: put a new key in front and keep the old ones,
    /// since an unsubscribe link never expires. An entry may hold several, newest first, separated by commas. Required, at least one.
    /// </summary>
    [Secret]
    public IList<string> LinkKeys { get; } = [];

    /// <summary>Hashes addresses. Never change it: opt-outs are found by it. Required.</summary>
    [Secret]
    public string MailboxKey { get; set; } = "";

    public IEnumerable<string> AllLinkKeys() => SecretEntries.Values(LinkKeys);

    public IEnumerable<string> Problems()
    {
        const string remedy = "set at least 32 random bytes in base64, for instance from: openssl rand -base64 32";
        if (LinkKeys.Count == 0) yield return $"Secrets__LinkKeys__0: is missing; {remedy}";
        foreach (var problem in SecretEntries.Problems("Secrets__LinkKeys", LinkKeys, key => IsKey(key) ? null : $"is not a key; {remedy}")) yield return problem;
        if (!IsKey(MailboxKey)) yield return $"Secrets__MailboxKey: is missing or not a key; {remedy}, once, and never change it";
    }

    private static bool IsKey(string text) =>
        Base64.IsValid(text, out var length) && length >= MinBytes;
}

/// <summary>What an unsubscribe link stands for.</summary>
/// <param name="Customer">Null where the number is an address: then the mailbox alone tells whom it is about.</param>
/// <param name="MailboxKey">The mailbox it was sent to: the opt-out holds for it, also when the customer row is gone.</param>
public sealed record UnsubscribeLink(CustomerId? Customer, MessageClass Class, string MailboxKey);

/// <summary>
/// Signed, single-purpose links and reply addresses (HMAC-SHA256 over purpose and content). They hold ids, never addresses, and the
/// signature is what grants the action: no login.
/// </summary>
public sealed class Links(SecretOptions secrets, BusinessOptions business, string replyDomain)
{
    private const int SignatureBytes = 16;
    private const int ReplySignatureBytes = 10;
    private const string UnsubscribePurpose = "unsubscribe";
    private const string ReplyPurpose = "reply";
    private const string CallSheetPurpose = "calls";
    private const string MyReferralsPurpose = "referrals";
    private const int OutreachBytes = 10;

    /// <summary>The first day that fits into a link; the last is in 2199.</summary>
    private static readonly int FirstDay = new DateOnly(2020, 1, 1).DayNumber;

    private readonly byte[][] _keys = [.. secrets.AllLinkKeys().Select(Convert.FromBase64String)];
    private readonly string _baseUrl = business.PublicBaseUrl.TrimEnd('/');

    public string Unsubscribe(UnsubscribeLink link)
    {
        var content = Encoding.UTF8.GetBytes($"{(link.Class == MessageClass.Service ? 's' : 'm')}{link.MailboxKey}{link.Customer?.Value}");
        return $"{_baseUrl}/api/unsubscribe/{Base64Url.EncodeToString([.. Sign(_keys[0], UnsubscribePurpose, content, SignatureBytes), .. content])}";
    }

    public bool TryReadUnsubscribe(string token, [NotNullWhen(true)] out UnsubscribeLink? link)
    {
        link = null;
        if (token.Length > 1000 || !Base64Url.IsValid(token)) return false;
        var bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length < SignatureBytes + 33) return false;
        var content = bytes.AsSpan(SignatureBytes);
        if (!IsSigned(UnsubscribePurpose, content, bytes.AsSpan(0, SignatureBytes))) return false;
        var text = Encoding.UTF8.GetString(content);
        link = new UnsubscribeLink(CustomerId.TryParse(text[33..], out var customer, out _) ? customer : null, text[0] == 's' ? MessageClass.Service : MessageClass.Marketing, text[1..33]);
        return true;
    }

    /// <param name="link">Issued in 2020 or later.</param>
    public string Page(PagePurpose purpose, PageLink link)
    {
        if (!Base32.TryDecode(link.Outreach.Value, out var id) || id.Length != OutreachBytes)
            throw new ArgumentException("The link is of no outreach.", nameof(link));
        var content = new byte[OutreachBytes + 2];
        id.CopyTo(content, 0);
        BinaryPrimitives.WriteUInt16BigEndian(content.AsSpan(OutreachBytes), checked((ushort)(link.IssuedOn.DayNumber - FirstDay)));
        return $"{_baseUrl}/api/{Word(purpose)}/{Base64Url.EncodeToString([.. Sign(_keys[0], Word(purpose), content, SignatureBytes), .. content])}";
    }

    /// <summary>The addresses of all pages, for one mail.</summary>
    public MailPages Pages(PageLink link)
    {
        return new MailPages(Of(PagePurpose.Reason), Of(PagePurpose.Return), Of(PagePurpose.Call), Of(PagePurpose.Preferences));

        Uri Of(PagePurpose purpose) => new(Page(purpose, link));
    }

    /// <summary>Also of a link that has expired, so that its page can say so.</summary>
    public bool TryReadPage(PagePurpose purpose, string token, [NotNullWhen(true)] out PageLink? link)
    {
        link = null;
        if (token.Length > 100 || !Base64Url.IsValid(token)) return false;
        var bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length != SignatureBytes + OutreachBytes + 2) return false;
        var content = bytes.AsSpan(SignatureBytes);
        if (!IsSigned(Word(purpose), content, bytes.AsSpan(0, SignatureBytes))) return false;
        link = new PageLink(
            new OutreachId(Base32.Encode(content[..OutreachBytes])), DateOnly.FromDayNumber(FirstDay + BinaryPrimitives.ReadUInt16BigEndian(content[OutreachBytes..])));
        return true;
    }

    /// <summary>The Reply-To of an outreach. Its local part has 34 characters of at most 64, and survives being upper-cased.</summary>
    public EmailAddress ReplyAddress(OutreachId outreach) =>
        EmailAddress.Parse($"r.{outreach.Value}{Base32.Encode(Sign(_keys[0], ReplyPurpose, Encoding.UTF8.GetBytes(outreach.Value), ReplySignatureBytes))}@{replyDomain}");

    public bool TryReadReplyAddress(EmailAddress address, [NotNullWhen(true)] out OutreachId? outreach)
    {
        outreach = null;
        var local = address.Value[..address.Value.LastIndexOf('@')];
        if (local.Length != 34 || !local.StartsWith("r.", StringComparison.Ordinal) || !Base32.TryDecode(local.AsSpan(18), out var signature)) return false;
        var id = local[2..18];
        if (!IsSigned(ReplyPurpose, Encoding.UTF8.GetBytes(id), signature)) return false;
        outreach = new OutreachId(id);
        return true;
    }

    /// <summary>A code that a person can read out: eight letters and digits, unguessable without our key.</summary>
    /// <param name="attempt">Another one, when the first is taken.</param>
    public string Code(string purpose, string of, int attempt = 0) =>
        Base32.Encode(Sign(_keys[^1], purpose, Encoding.UTF8.GetBytes($"{attempt}|{of}"), 5)).ToUpperInvariant();

    /// <summary>The owner's call sheet, for whoever has the link, until then.</summary>
    public string CallSheet(DateTimeOffset until)
    {
        var content = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{until.ToUnixTimeSeconds()}"));
        return $"{_baseUrl}/api/calls/sheet/{Base64Url.EncodeToString([.. Sign(_keys[0], CallSheetPurpose, content, SignatureBytes), .. content])}";
    }

    /// <summary>Ours, and not over.</summary>
    public bool IsCallSheet(string token, DateTimeOffset now)
    {
        if (token.Length > 100 || !Base64Url.IsValid(token)) return false;
        var bytes = Base64Url.DecodeFromChars(token);
        return bytes.Length > SignatureBytes && IsSigned(CallSheetPurpose, bytes.AsSpan(SignatureBytes), bytes.AsSpan(0, SignatureBytes))
            && long.TryParse(bytes.AsSpan(SignatureBytes), CultureInfo.InvariantCulture, out var until) && now.ToUnixTimeSeconds() < until;
    }

    /// <summary>The page on which a friend signs up; whoever has the code has it.</summary>
    public string Referral(string code) => $"{_baseUrl}/api/r/{code}";

    /// <summary>The page on which a customer sees what came of the friends they referred.</summary>
    /// <param name="code">The customer's referral code.</param>
    public string MyReferrals(string code, DateOnly issuedOn)
    {
        var content = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{issuedOn:yyyyMMdd}{code}"));
        return $"{_baseUrl}/api/referrals/mine/{Base64Url.EncodeToString([.. Sign(_keys[0], MyReferralsPurpose, content, SignatureBytes), .. content])}";
    }

    /// <summary>Also of a link that has expired, so that its page can say so.</summary>
    public bool TryReadMyReferrals(string token, [NotNullWhen(true)] out string? code, out DateOnly issuedOn)
    {
        (code, issuedOn) = (null, default);
        if (token.Length > 100 || !Base64Url.IsValid(token)) return false;
        var bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length <= SignatureBytes + 8 || !IsSigned(MyReferralsPurpose, bytes.AsSpan(SignatureBytes), bytes.AsSpan(0, SignatureBytes))) return false;
        var text = Encoding.UTF8.GetString(bytes.AsSpan(SignatureBytes));
        (code, issuedOn) = (text[8..], DateOnly.ParseExact(text[..8], "yyyyMMdd", CultureInfo.InvariantCulture));
        return true;
    }

    /// <summary>The purpose as it stands in the address and under the signature.</summary>
    private static string Word(PagePurpose purpose) => purpose switch
    {
        PagePurpose.Reason => "reason",
        PagePurpose.Return => "return",
        PagePurpose.Call => "call",
        PagePurpose.Preferences => "preferences",
        _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
    };

    private bool IsSigned(string purpose, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        foreach (var key in _keys)
            if (CryptographicOperations.FixedTimeEquals(Sign(key, purpose, content, signature.Length), signature)) return true;
        return false;
    }

    private static byte[] Sign(byte[] key, string purpose, ReadOnlySpan<byte> content, int length)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes(purpose + "\0"));
        hmac.AppendData(content);
        return hmac.GetHashAndReset()[..length];
    }
}
