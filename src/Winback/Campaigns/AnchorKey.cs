using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Winback.Customers;

namespace Winback.Campaigns;

/// <summary>An anchor as part of a table's key: the date, and the subject hashed, since an owner's number may hold what a key may not.</summary>
public static class AnchorKey
{
    public static string Of(Anchor anchor) => string.Create(CultureInfo.InvariantCulture,
        $"{anchor.Date:yyyyMMdd}{(anchor.Subject.Length == 0 ? "" : "-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(anchor.Subject)).AsSpan(0, 6)))}");
}
