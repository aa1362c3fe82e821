using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Winback.Customers;

/// <summary>One line of a sale. Several lines, and a refund, may share an order number.</summary>
/// <param name="Day">The local day of the sale; a day after today is a booking.</param>
/// <param name="At">The moment of the sale, where the source gives a time.</param>
/// <param name="Ordinal">Which of several equal lines in one file this is, from 0: equal lines are real repeated sales.</param>
public sealed record Purchase(
    CustomerId Customer, DateOnly Day, DateTimeOffset? At, Money Amount, string? OrderNumber, string? Product, int Ordinal)
{
    /// <summary>What makes two lines equal: everything but the ordinal.</summary>
    public string Content => string.Join('\u001f',
        Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        At?.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        Amount, OrderNumber, Product);

    /// <summary>The same sale has the same key however often it is imported: order number or day, hash of the line, ordinal.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture,
        $"{(OrderNumber is null ? Day.ToString("yyyyMMdd", CultureInfo.InvariantCulture) : "o" + Hash(OrderNumber)[..12])}|{Hash(Content)[..20]}|{Ordinal}");

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
