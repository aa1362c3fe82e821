namespace Winback.Campaigns.Rendering;

/// <summary>The one colour the owner chooses, and what follows from it so that every word stays readable, light and dark.</summary>
public sealed record MailColours(Colour Accent)
{
    /// <summary>The card of the layout in dark mode; layout.html uses the same value.</summary>
    internal static readonly Colour DarkCard = new(0x1f, 0x23, 0x22);

    // The panels of the layout, which are nearer to the middle than its cards: what can be read on them can be read on a card.
    private static readonly Colour LightPanel = new(0xf7, 0xf4, 0xee);
    private static readonly Colour DarkPanel = new(0x2a, 0x2f, 0x2d);

    private static readonly Colour Ink = new(0x1d, 0x21, 0x20);

    public static MailColours Default { get; } = new(new Colour(0x1f, 0x5f, 0x5b));

    /// <summary>For words on the accent: a button's. One of white and black can be read on any colour.</summary>
    public Colour OnAccent { get; } = new[] { Colour.White, Ink }.FirstOrDefault(colour => Accent.ContrastWith(colour) >= 4.5, Colour.Black);

    /// <summary>For links in light mode, and around a button there, so that a light one is seen.</summary>
    public Colour AccentOnLight { get; } = Accent.ReadableOn(LightPanel, Colour.Black);

    /// <summary>For links in dark mode, and for a button there, whose words then have the card's colour.</summary>
    public Colour AccentOnDark { get; } = Accent.ReadableOn(DarkPanel, Colour.White);
}
