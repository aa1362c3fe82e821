using System.Globalization;

namespace Winback.Customers;

/// <summary>An amount in the owner's currency, in whole cents; negative for a refund.</summary>
public readonly record struct Money(long Cents) : IComparable<Money>
{
    public static Money Zero => default;

    public decimal Amount => Cents / 100m;

    /// <summary>Rounds half away from zero to whole cents.</summary>
    /// <exception cref="OverflowException">The amount is beyond ±92 quadrillion.</exception>
    public static Money FromAmount(decimal amount) =>
        new((long)decimal.Round(amount * 100m, MidpointRounding.AwayFromZero));

    public static Money operator +(Money a, Money b) => new(a.Cents + b.Cents);

    public static Money operator -(Money a, Money b) => new(a.Cents - b.Cents);

    public static bool operator <(Money a, Money b) => a.Cents < b.Cents;

    public static bool operator >(Money a, Money b) => a.Cents > b.Cents;

    public static bool operator <=(Money a, Money b) => a.Cents <= b.Cents;

    public static bool operator >=(Money a, Money b) => a.Cents >= b.Cents;

    public int CompareTo(Money other) => Cents.CompareTo(other.Cents);

    public override string ToString() => Amount.ToString("0.00", CultureInfo.InvariantCulture);
}
