using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Winback.Hosting;

/// <summary>
/// SendGrid's signature over a post: ECDSA (P-256, SHA-256) over the time stamp and the bytes of the body as they came
/// (https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features). Fed while the body is read.
/// </summary>
public sealed class WebhookSignature : IDisposable
{
    public const string SignatureHeader = "X-Twilio-Email-Event-Webhook-Signature";
    public const string TimestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp";

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _signature;

    /// <param name="signature">In base64, as the header has it; whatever is none verifies nothing.</param>
    public WebhookSignature(string signature, string timestamp)
    {
        _signature = Base64.IsValid(signature) ? Convert.FromBase64String(signature) : [];
        _hash.AppendData(Encoding.UTF8.GetBytes(timestamp));
    }

    public static WebhookSignature Of(HttpRequest request) => new(request.Headers[SignatureHeader].ToString(), request.Headers[TimestampHeader].ToString());

    /// <summary>Before the body is read: whether there is anything to verify.</summary>
    public static bool IsGiven(HttpRequest request) =>
        request.Headers[SignatureHeader].ToString() is { Length: > 0 } signature && Base64.IsValid(signature) && request.Headers.ContainsKey(TimestampHeader);

    public void Append(ReadOnlySpan<byte> body) => _hash.AppendData(body);

    /// <summary>Once, after the whole body: whether one of these keys signed it.</summary>
    /// <param name="publicKeys">SubjectPublicKeyInfo in base64; several while one is rotated.</param>
    public bool IsValid(IEnumerable<string> publicKeys)
    {
        var hash = _hash.GetHashAndReset();
        foreach (var publicKey in publicKeys)
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey), out _);
            if (key.VerifyHash(hash, _signature, DSASignatureFormat.Rfc3279DerSequence)) return true;
        }
        return false;
    }

    /// <summary>Whether a setting is such a public key.</summary>
    public static bool IsKey(string text)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(text), out _);
            return key.KeySize == 256;
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return false;
        }
    }

    public void Dispose() => _hash.Dispose();
}
