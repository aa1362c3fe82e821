using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Winback.MailEvents;

/// <summary>
/// SendGrid's signature on a post of events: ECDSA over P-256 with SHA-256, of the timestamp and the body's bytes as they came
/// (https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features).
/// The timestamp's age does not count: SendGrid repeats a post for 24 hours, and one that is played back later changes nothing, since every event in it
/// is known.
/// </summary>
public static class EventSignature
{
    public const string Header = "X-Twilio-Email-Event-Webhook-Signature";
    public const string TimestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp";

    /// <summary>A timestamp is ten digits, a signature 96 characters.</summary>
    private const int MaxHeader = 200;

    /// <param name="publicKeys">In base64, each SubjectPublicKeyInfo in DER.</param>
    /// <param name="signature">In base64, DER.</param>
    public static bool IsValid(IEnumerable<string> publicKeys, string timestamp, string signature, ReadOnlySpan<byte> body)
    {
        if (timestamp.Length is 0 or > MaxHeader || signature.Length is 0 or > MaxHeader || !Base64.IsValid(signature)) return false;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(timestamp));
        hash.AppendData(body);
        var digest = hash.GetHashAndReset();
        var der = Convert.FromBase64String(signature);
        foreach (var publicKey in publicKeys)
        {
            using var key = Key(publicKey);
            if (key.VerifyHash(digest, der, DSASignatureFormat.Rfc3279DerSequence)) return true;
        }
        return false;
    }

    /// <exception cref="FormatException">It is not base64, or not a key on P-256.</exception>
    /// <exception cref="CryptographicException">It is not a public key.</exception>
    internal static ECDsa Key(string publicKey)
    {
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey), out _);
        if (key.KeySize == 256) return key;
        key.Dispose();
        throw new FormatException("The key is not on P-256.");
    }
}
