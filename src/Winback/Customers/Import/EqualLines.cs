using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Winback.Customers.Import;

/// <summary>
/// Numbers the equal purchase lines of one file 0, 1, 2...: they are repeated sales, and the same file gives the same numbers again.
/// Keeps 12 bytes a different line: a 64-bit hash and a count.
/// </summary>
public sealed class EqualLines
{
    private readonly Dictionary<ulong, int> _seen = [];

    public Purchase Number(Purchase purchase)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{purchase.Customer}\u001f{purchase.Content}"));
        var key = BinaryPrimitives.ReadUInt64LittleEndian(hash);
        var ordinal = _seen.GetValueOrDefault(key);
        _seen[key] = ordinal + 1;
        return purchase with { Ordinal = ordinal };
    }
}
