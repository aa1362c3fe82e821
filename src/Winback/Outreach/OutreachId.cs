using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Winback.Customers;

namespace Winback.Outreach;

/// <summary>One step of one enrolment: sixteen letters and digits, the same whenever it is computed.</summary>
public sealed record OutreachId(string Value)
{
    private const int Length = 16;

    public static OutreachId Of(CustomerId customer, string campaign, Anchor anchor, string step)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{customer.Value}|{campaign}|{anchor}|{step}");
        return new OutreachId(Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 10)));
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out OutreachId? id)
    {
        id = text.Length == Length && Base32.TryDecode(text, out _) ? new OutreachId(text.ToLowerInvariant()) : null;
        return id is not null;
    }

    /// <summary>Reads the local part of a Message-ID of ours; whatever looks like one.</summary>
    public static bool TryRead(string messageId, [NotNullWhen(true)] out OutreachId? outreach)
    {
        var at = messageId.IndexOf('@', StringComparison.Ordinal);
        outreach = at == Length && Base32.TryDecode(messageId.AsSpan(0, Length), out _) ? new OutreachId(messageId[..Length].ToLowerInvariant()) : null;
        return outreach is not null;
    }

    public override string ToString() => Value;
}

/// <summary>Crockford's alphabet in lower case (no i, l, o, u): nothing to misread, and case does not matter.</summary>
public static class Base32
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <param name="bytes">A multiple of five.</param>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % 5 != 0) throw new ArgumentException("The number of bytes must be a multiple of five.", nameof(bytes));
        var text = new StringBuilder(bytes.Length / 5 * 8);
        for (var i = 0; i < bytes.Length; i += 5)
        {
            var bits = ((ulong)bytes[i] << 32) | ((ulong)bytes[i + 1] << 24) | ((ulong)bytes[i + 2] << 16) | ((ulong)bytes[i + 3] << 8) | bytes[i + 4];
            for (var shift = 35; shift >= 0; shift -= 5) text.Append(Alphabet[(int)(bits >> shift) & 31]);
        }
        return text.ToString();
    }

    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = new byte[text.Length / 8 * 5];
        if (text.Length % 8 != 0) return false;
        for (var i = 0; i < text.Length; i += 8)
        {
            ulong bits = 0;
            for (var j = 0; j < 8; j++)
            {
                var digit = Alphabet.IndexOf(char.ToLowerInvariant(text[i + j]), StringComparison.Ordinal);
                if (digit < 0) return false;
                bits = (bits << 5) | (uint)digit;
            }
            for (var j = 0; j < 5; j++) bytes[(i / 8 * 5) + j] = (byte)(bits >> (32 - (8 * j)));
        }
        return true;
    }
}
