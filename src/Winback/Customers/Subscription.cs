using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Winback.Customers;

/// <summary>A paid period that may be renewed.</summary>
/// <param name="Number">The owner's number; without one, plan + start date.</param>
/// <param name="RenewalDate">The first day not paid for.</param>
/// <param name="AutoRenews">Renews by itself; empty in an import means no.</param>
public sealed record Subscription(string Number, string Plan, DateOnly Start, DateOnly RenewalDate, bool AutoRenews)
{
    public static string NumberFrom(string plan, DateOnly start) =>
        string.Create(CultureInfo.InvariantCulture, $"{plan} {start:yyyy-MM-dd}");

    /// <summary>The number, hashed: an owner's number may hold what a table's key may not.</summary>
    public string Key => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Number)).AsSpan(0, 10));

    /// <summary>Whether it is paid for on that day. An auto-renewing one goes on until an import says otherwise.</summary>
    public bool IsRunning(DateOnly today) => Start <= today && (today < RenewalDate || AutoRenews);
}
