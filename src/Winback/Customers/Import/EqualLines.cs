using System.Buffers.Binary;
using System.Collections;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Winback.Customers.Import;

/// <summary>
/// Numbers the equal purchase lines of one file 0, 1, 2...: they are repeated sales, and the same file gives the same numbers again.
/// A first reading of the file finds which lines occur more than once, in at most 16 MB of bits however long the file is; only these are counted
/// in the second, about 50 bytes for each different one. Over some ten million lines, lines that occur once begin to be taken for them, which
/// costs memory and changes no number.
/// </summary>
/// <param name="fileBytes">The length of the file.</param>
public sealed class EqualLines(long fileBytes)
{
    private const int MinBits = 1 << 16;
    private const int MaxBits = 1 << 27;
    private const int BitsPerLine = 4;

    private readonly BitArray _seen = new((int)BitOperations.RoundUpToPowerOf2((ulong)Math.Clamp(fileBytes * 2, MinBits, MaxBits)));
    private readonly HashSet<ulong> _repeated = [];

    /// <summary>The first reading: to be told every line.</summary>
    public void Observe(Purchase purchase)
    {
        var hash = Hash(purchase);
        var (bit, step, isNew) = ((uint)hash, (uint)(hash >> 32) | 1, false);
        for (var i = 0; i < BitsPerLine; i++, bit += step)
        {
            var index = (int)(bit % (uint)_seen.Length);
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
