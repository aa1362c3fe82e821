using System.Diagnostics.CodeAnalysis;

namespace Winback.Customers;

/// <summary>A telephone number as written.</summary>
public readonly record struct PhoneNumber
{
    public const int MaxLength = 30;
    private const int MinDigits = 6;

    /// <summary>ITU-T E.164.</summary>
    private const int MaxDigits = 15;

    /// <summary>A Belgian landline without its first 0; what is shorter may be a part of many numbers.</summary>
    private const int LeastNational = 8;

    /// <summary>A Dutch number or a Belgian mobile one without its first 0.</summary>
    private const int KeyDigits = 9;

    private PhoneNumber(string text) => Text = text;

    /// <summary>As it was written, trimmed.</summary>
    public string Text { get; }

    /// <summary>What it is hashed by: its last nine digits, without a 0 before them.</summary>
    public string Key => Digits(Text) is { Length: > KeyDigits } digits ? digits[^KeyDigits..] : Digits(Text);

    public static bool TryParse(string? text, out PhoneNumber number, [NotNullWhen(false)] out string? problem)
    {
        number = default;
        var trimmed = text?.Trim() ?? "";
        var hasOther = trimmed.Any(c => !char.IsAsciiDigit(c) && !" +-./()".Contains(c, StringComparison.Ordinal));
        problem = trimmed.Length > MaxLength || trimmed.Count(char.IsAsciiDigit) is < MinDigits or > MaxDigits || hasOther
            ? "is not a telephone number" : null;
        if (problem is not null) return false;
        number = new PhoneNumber(trimmed);
        return true;
    }

    /// <summary>Whether both are numbers, whatever else is written beside them, and the same one: 06 12345678 is +31 6 1234 5678, and 02 123 45 67 is +32 2 123 45 67.</summary>
    public static bool AreSame(string? a, string? b)
    {
        var (one, other) = (Digits(a), Digits(b));
        var (shorter, longer) = one.Length < other.Length ? (one, other) : (other, one);
        return shorter == longer ? shorter.Length > 0 : shorter.Length >= LeastNational && longer.EndsWith(shorter, StringComparison.Ordinal);
    }

    /// <summary>Empty on purpose: a number must not slip into a log by being formatted.</summary>
    public override string ToString() => "";

    /// <summary>Without the 0 or 00 that only says from where one calls.</summary>
    private static string Digits(string? text) => string.Concat((text ?? "").Where(char.IsAsciiDigit)).TrimStart('0');
}
