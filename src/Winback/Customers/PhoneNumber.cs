using System.Diagnostics.CodeAnalysis;

namespace Winback.Customers;

/// <summary>A telephone number as written; two are equal when their last nine digits are: 06 12345678 is +31 6 1234 5678.</summary>
public readonly record struct PhoneNumber
{
    public const int MaxLength = 30;
    private const int MinDigits = 6;

    /// <summary>ITU-T E.164.</summary>
    private const int MaxDigits = 15;
    private const int SignificantDigits = 9;

    private PhoneNumber(string text, string significant) => (Text, Significant) = (text, significant);

    /// <summary>As it was written, trimmed.</summary>
    public string Text { get; }

    /// <summary>What it is compared and hashed by: at most nine digits.</summary>
    public string Significant { get; }

    public static bool TryParse(string? text, out PhoneNumber number, [NotNullWhen(false)] out string? problem)
    {
        number = default;
        var trimmed = text?.Trim() ?? "";
        var digits = string.Concat(trimmed.Where(char.IsAsciiDigit));
        var hasOther = trimmed.Any(c => !char.IsAsciiDigit(c) && !" +-./()".Contains(c, StringComparison.Ordinal));
        problem = trimmed.Length > MaxLength || digits.Length is < MinDigits or > MaxDigits || hasOther
            ? "is not a telephone number" : null;
        if (problem is not null) return false;
        number = new PhoneNumber(trimmed, digits.Length > SignificantDigits ? digits[^SignificantDigits..] : digits);
        return true;
    }

    /// <summary>Whether both are numbers, and the same one.</summary>
    public static bool AreSame(string? a, string? b) => TryParse(a, out var first, out _) && TryParse(b, out var second, out _) && first == second;

    public bool Equals(PhoneNumber other) => Significant == other.Significant;

    public override int GetHashCode() => Significant?.GetHashCode(StringComparison.Ordinal) ?? 0;

    /// <summary>Empty on purpose: a number must not slip into a log by being formatted.</summary>
    public override string ToString() => "";
}
