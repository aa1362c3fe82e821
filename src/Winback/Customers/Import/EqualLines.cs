using System.Buffers.Binary;
using System.Collections;
using System.Security.Cryptography;
using System.Text;

namespace Winback.Customers.Import;

/// <summary>
/// Numbers the equal purchase lines of one file 0, 1, 2...: they are repeated sales, and the same file gives the same numbers again.
/// A first reading of the file finds which lines occur more than once, in 16 MB of bits however long the file is; only these are counted in
/// the second, about 50 bytes for each different one. Over some ten million lines, lines that occur once begin to be taken for them, which
/// costs memory and changes no number.
/// </summary>
public sealed class EqualLines
{
    private const int BitCount = 1 << 27;
    private const int BitsPerLine = 4;

    private BitArray? _seen;
    private readonly HashSet<ulong> _repeated = [];

    /// <summary>The first reading: to be told every line.</summary>
    public void Observe(Purchase purchase)
    {
        _seen ??= new BitArray(BitCount);
        var hash = Hash(purchase);
        var (bit, step, isNew) = ((uint)hash, (uint)(hash >> 32) | 1, false);
        for (var i = 0; i < BitsPerLine; i++, bit += step)
        {
            var index = (int)(bit % BitCount);
            isNew |= !_seen[index];
            _seen[index] = true;
        }
        if (!isNew) _repeated.Add(hash);
    }

    /// <returns>Gives each line of the second reading, asked in file order, its number.</returns>
    public Func<Purchase, Purchase> Numbering()
    {
        var counts = new Dictionary<ulong, int>();
        return purchase =>
        {
            var hash = Hash(purchase);
            if (!_repeated.Contains(hash)) return purchase;
            var ordinal = counts.GetValueOrDefault(hash);
            counts[hash] = ordinal + 1;
            return purchase with { Ordinal = ordinal };
        };
    }

    private static ulong Hash(Purchase purchase) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{purchase.Customer}\u001f{purchase.Content}")));
}
