using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Winback.Campaigns.Rendering;

/// <summary>An sRGB colour, written as #rrggbb.</summary>
public readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    public static Colour White { get; } = new(255, 255, 255);

    public static Colour Black { get; } = new(0, 0, 0);

    public static Colour Parse(string text) =>
        TryParse(text, out var colour, out var problem) ? colour : throw new FormatException(problem);

    public static bool TryParse(string? text, out Colour colour, [NotNullWhen(false)] out string? problem)
    {
        colour = default;
        problem = null;
        if (text is not ['#', .. { Length: 6 } digits]
            || !int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb))
        {
            problem = $"'{text}' is not a colour; write one as #rrggbb, such as #1f5f5b";
            return false;
        }
        colour = new Colour((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);
        return true;
    }

    /// <summary>The contrast ratio of WCAG 2.2, 1 (none) to 21 (black on white). 4.5 is the least for readable text.</summary>
    public double ContrastWith(Colour other)
    {
        var (light, dark) = (Math.Max(Luminance, other.Luminance), Math.Min(Luminance, other.Luminance));
        return (light + 0.05) / (dark + 0.05);
    }

    /// <summary>This colour, moved towards another in small steps until it can be read on the background.</summary>
    public Colour ReadableOn(Colour background, Colour towards)
    {
        var colour = this;
        for (var share = 0.05; colour.ContrastWith(background) < 4.5 && share <= 1; share += 0.05)
            colour = new Colour(Mix(Red, towards.Red, share), Mix(Green, towards.Green, share), Mix(Blue, towards.Blue, share));
        return colour;
    }

    private double Luminance => 0.2126 * Linear(Red) + 0.7152 * Linear(Green) + 0.0722 * Linear(Blue);

    private static double Linear(byte channel) =>
        channel / 255.0 is var c && c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);

    private static byte Mix(byte from, byte to, double share) => (byte)Math.Round(from + (to - from) * share);

    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";
}
