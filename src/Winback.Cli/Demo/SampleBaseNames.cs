using System.Globalization;
using System.Text;

namespace Winback.Cli.Demo;

/// <param name="Name">The family name with its prefix, or a company.</param>
/// <param name="FirstName">Empty for a company.</param>
/// <param name="Language">nl or en.</param>
internal sealed record SampleBaseName(string Name, string FirstName, string Language)
{
    /// <summary>The name as it goes into an address: letters a to z and a point.</summary>
    public string Slug => string.Join('.', new[] { Letters(FirstName), Letters(Name) }.Where(part => part.Length > 0));

    private static string Letters(string text) =>
        new([.. text.Normalize(NormalizationForm.FormD).ToLower(CultureInfo.InvariantCulture).Where(char.IsAsciiLetter).Take(24)]);
}

/// <summary>What people, dishes and plans are called.</summary>
internal static class SampleBaseNames
{
    // Every eighth customer takes the next of these: what breaks a careless reader or template.
    private static readonly SampleBaseName[] Awkward =
    [
        new("O'Brien", "Siobhán", "en"),
        new("van der Berg", "Zoë", "nl"),
        new("Bakkerij De Korst; Van Dijk & Zn.", "", "nl"),
        new("Smith, Jr.", "John", "en"),
        new("'t Hart", "Loïs", "nl"),
        new("Café \"Het Hoekje\"", "", "nl"),
        new("Müller-Łukasik", "André", "nl"),
        new("Fish <& Sons>", "Ann-Marie", "en"),
        new("Ijsselstein van den Bogaerde tot Terbrugge", "Anne-Fleur Jacqueline", "nl"),
        new("Ng", "Bo", "en"),
    ];

    private static readonly string[] DutchFirstNames =
    [
        "Anna", "Bas", "Bram", "Carlijn", "Chaïma", "Daan", "Dirk", "Eline", "Emma", "Fatima", "Femke", "Floor", "Gerrit", "Hanneke", "Hendrik",
        "Ilse", "Jan", "Jasmijn", "Jeroen", "Joost", "Karin", "Kees", "Koen", "Lars", "Lieke", "Lotte", "Maarten", "Marieke", "Mehmet", "Mohammed",
        "Nienke", "Noor", "Pieter", "Renée", "Roos", "Ruud", "Sanne", "Sjoerd", "Sofie", "Thijs", "Tess", "Willem", "Wouter", "Yasmina", "Youssef",
    ];

    private static readonly string[] DutchNames =
    [
        "Bakker", "de Boer", "Bos", "van den Bosch", "Bouwman", "Brouwer", "de Bruijn", "de Bruin", "van Dam", "Dekker", "Demir", "van Dijk",
        "Dijkstra", "van den Broek", "El Amrani", "van der Heijden", "Hendriks", "Hoekstra", "de Jong", "Jansen", "Janssen", "Koster", "de Leeuw",
        "van Leeuwen", "van der Linden", "Maas", "Meijer", "van der Meer", "Mulder", "Peters", "Postma", "Prins", "Sant'Anna", "Schouten", "Smits",
        "van 't Veer", "Verhoeven", "Vermeulen", "Visser", "de Vries", "Vos", "van der Wal", "Willems", "de Wit", "Yılmaz", "van Zanten",
    ];

    private static readonly string[] EnglishFirstNames =
    [
        "Alice", "Amelia", "Ben", "Charlotte", "Chloé", "Daniel", "Dylan", "Edward", "Ella", "Emily", "Freya", "George", "Grace", "Harry", "Isla",
        "Jack", "James", "Katie", "Liam", "Lucy", "Megan", "Niamh", "Oliver", "Priya", "Rhys", "Ruby", "Samuel", "Sophie", "Thomas", "William",
    ];

    private static readonly string[] EnglishNames =
    [
        "Adams", "Baker", "Campbell", "Carter", "Clarke", "Cooper", "D'Arcy", "Davies", "Edwards", "Evans", "Fitz Gerald", "Green", "Hall", "Harris",
        "Hughes", "Jackson", "Johnson", "Kelly", "Lewis", "MacLeod", "Martin", "Mitchell", "Morgan", "O'Neill", "Patel", "Roberts", "Scott", "Taylor",
        "Thompson", "Walker", "Ward", "Williams", "Wood", "Wright", "Young",
    ];

    public static IReadOnlyList<string> Articles { get; } =
    [
        "Lunch", "Diner", "Driegangenmenu", "Borrelplank", "Saté van kip", "Mosselpan", "Crème brûlée", "High tea; twee personen", "Uitsmijter",
        "Kinderfeestje", "Proteïneshake", "Dagkaart gym", "Personal training", "Bier & bitterballen", "Pannenkoek \"De Linde\"",
    ];

    public static IReadOnlyList<string> Plans { get; } = ["Gym year", "Gym + group lessons", "Gym, sauna & pool", "Off-peak"];

    /// <summary>Three in four speak Dutch.</summary>
    public static SampleBaseName For(int index, SampleBaseRandom random)
    {
        if (index % 8 == 0) return Awkward[index / 8 % Awkward.Length];
        return random.Below(4) == 0
            ? new(random.Pick(EnglishNames), random.Pick(EnglishFirstNames), "en")
            : new(random.Pick(DutchNames), random.Pick(DutchFirstNames), "nl");
    }
}
