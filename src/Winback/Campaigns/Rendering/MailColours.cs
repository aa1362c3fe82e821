namespace Winback.Campaigns.Rendering;

/// <summary>The one colour the owner chooses, and what follows from it so that every word stays readable, light and dark.</summary>
public sealed record MailColours(Colour Accent)
{
    /// <summary>The card of the layout in dark mode; layout.html uses the same value.</summary>
    internal static readonly Colour DarkCard = new(0x1f, 0x23, 0x22);

    private static readonly Colour Ink = new(0x1d, 0x21, 0x20);

    public static MailColours Default { get; } = new(new Colour(0x1f, 0x5f, 0x5b));

    /// <summary>For words on the accent: a button's.</summary>
    public Colour OnAccent { get; } = Accent.ContrastWith(Colour.White) >= 4.5 ? Colour.White : Ink;

    /// <summary>For links on a white card.</summary>
    public Colour AccentOnLight { get; } = Accent.ReadableOn(Colour.White, Colour.Black);

    /// <summary>For links on the dark card.</summary>
    public Colour AccentOnDark { get; } = Accent.ReadableOn(DarkCard, Colour.White);
}
