using System.Security.Cryptography;
using System.Text;

namespace Winback.Customers;

/// <summary>
/// Keyed hashes of addresses (HMAC-SHA256, first 128 bits): they outlive an erasure without telling who it was,
/// so that a later import cannot bring somebody back who objected.
/// </summary>
public sealed class MailboxKeys(byte[] secret)
{
    public string KeyOf(EmailAddress address) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(address.Value)).AsSpan(0, 16));

    /// <summary>The same for a telephone number; an address has no colon, so the two never meet.</summary>
    /// <param name="significant">The digits that tell numbers apart.</param>
    public string KeyOfPhone(string significant) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"tel:{significant}")).AsSpan(0, 16));

    /// <summary>Tells keys apart and nothing else: no address looks like this.</summary>
    public string Fingerprint => Convert.ToHexStringLower(HMACSHA256.HashData(secret, "winback mailbox key"u8).AsSpan(0, 8));
}
