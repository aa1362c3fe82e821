using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Winback.Customers.Import;

/// <summary>The character between whole units and cents.</summary>
public enum DecimalSign { Comma, Point }

/// <summary>What one amount says about the decimal sign of its column.</summary>
public enum DecimalEvidence
{
    /// <summary>Reads the same either way (12), or is not an amount at all.</summary>
    None,

    /// <summary>Only makes sense with a decimal comma: 12,50 or 1.234,56 or 1.234.567.</summary>
    Comma,

    /// <summary>Only makes sense with a decimal point.</summary>
    Point,

    /// <summary>Means something else with each: 1.234 or 1,234.</summary>
    TwoWays,
}

/// <summary>
/// Amounts as owners' exports write them: 1.234,56 and 1234.56 and 1 234,56, with a currency (€ $ £ EUR euro USD GBP) before or after,
/// a minus before or after or brackets for a negative one, and the Dutch dash for no cents (12,-). More than two decimals are rounded.
/// </summary>
public static partial class AmountText
{
    private const int MaxDigits = 13;

    // No amount is longer; it also bounds what the patterns below can cost.
    private const int MaxLength = 40;

    /// <param name="sign">The decimal sign of the column; null accepts only what reads the same either way or decides it by itself.</param>
    /// <param name="problem">Why it is not an amount, for the owner.</param>
    public static bool TryParse(string? text, DecimalSign? sign, out Money amount, [NotNullWhen(false)] out string? problem)
    {
        var trimmed = text?.Trim() ?? "";
        var comma = Read(trimmed, DecimalSign.Comma);
        var point = Read(trimmed, DecimalSign.Point);
        var value = sign switch
        {
            DecimalSign.Comma => comma,
            DecimalSign.Point => point,
            _ => comma is not null && point is not null && comma != point ? null : comma ?? point,
        };
        problem = null;
        if (value is null) problem = Problem(trimmed, sign, readable: comma is not null || point is not null);
        amount = Money.FromAmount(value ?? 0);
        return problem is null;
    }

    public static DecimalEvidence Evidence(string? text)
    {
        var trimmed = text?.Trim() ?? "";
        return (Read(trimmed, DecimalSign.Comma), Read(trimmed, DecimalSign.Point)) switch
        {
            (null, null) => DecimalEvidence.None,
            (_, null) => DecimalEvidence.Comma,
            (null, _) => DecimalEvidence.Point,
            var (comma, point) => comma == point ? DecimalEvidence.None : DecimalEvidence.TwoWays,
        };
    }

    private static decimal? Read(string text, DecimalSign sign)
    {
        if (text.Length > MaxLength) return null;
        var around = Around().Match(text);
        if (!around.Success) return null;
        var signs = around.Groups["sign"].Captures;
        var brackets = around.Groups["open"].Success;
        if (brackets != around.Groups["close"].Success || signs.Count + (brackets ? 1 : 0) > 1) return null;

        var digits = (sign == DecimalSign.Comma ? WithComma() : WithPoint()).Match(around.Groups["digits"].Value);
        if (!digits.Success) return null;
        var whole = string.Concat(digits.Groups["whole"].Value.Where(char.IsAsciiDigit));
        if (whole.Length > MaxDigits) return null;
        var value = decimal.Parse($"{whole}.{digits.Groups["cents"].Value}0", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        return brackets || (signs.Count == 1 && signs[0].ValueSpan[0] != '+') ? -value : value;
    }

    private static string Problem(string text, DecimalSign? sign, bool readable)
    {
        if (text.Length == 0) return "the amount is empty";
        var shown = $"\"{(text.Length > MaxLength ? text[..MaxLength] + "..." : text)}\"";
        if (!readable) return $"{shown} is not an amount";
        return sign is null
            ? $"{shown} can be read two ways: say whether the comma or the point is the decimal sign"
            : $"{shown} does not fit a decimal {(sign == DecimalSign.Comma ? "comma" : "point")}";
    }

    // Currency, signs and brackets around the digits; "12,-" keeps its dash, which is no minus.
    [GeneratedRegex("""
        ^(?<open>\()? \s* (?<sign>[-−+])? \s* (?:€|\$|£|EURO?|USD|GBP)? \s* (?<sign>[-−+])? \s*
        (?<digits> [0-9.,\s]* [0-9] (?: [.,][-–—]{1,2} )? )
        \s* (?<sign>[-−])? \s* (?:€|\$|£|EURO?|USD|GBP)? \s* (?<sign>[-−])? \s* (?<close>\))?\z
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Around();

    // Thousands stand in groups of three behind a first group that is not 0, or not at all: 0.125 has no thousands.
    [GeneratedRegex(@"^(?<whole>[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]{0,2}(?:\s[0-9]{3})+|(?=,[0-9]))(?:,(?:(?<cents>[0-9]+)|[-–—]+))?\z")]
    private static partial Regex WithComma();

    [GeneratedRegex(@"^(?<whole>[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?:\s[0-9]{3})+|(?=\.[0-9]))(?:\.(?:(?<cents>[0-9]+)|[-–—]+))?\z")]
    private static partial Regex WithPoint();
}
