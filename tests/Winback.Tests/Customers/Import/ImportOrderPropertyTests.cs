using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Winback.Customers;
using Winback.Customers.Import;
using Winback.Intake;
using Winback.Tests.Fakes;

namespace Winback.Tests.Customers.Import;

/// <summary>
/// Whatever the order of the files, and however they are split while equal lines stay together, the same is known in the end; and nothing changes
/// when any of them comes again. Of customer rows and subscriptions that contradict each other the later one wins, so there are none here.
/// </summary>
[Properties(Arbitrary = [typeof(AnyFiles)], MaxTest = 60)]
public sealed class ImportOrderPropertyTests
{
    [Property]
    public async Task Order_and_split_do_not_matter_and_a_second_time_nothing_changes(Files files)
    {
        using var usual = new InMemoryApp();
        await ImportAsync(usual, files.Whole);
        var expected = Known(usual);

        using var app = new InMemoryApp();
        await ImportAsync(app, files.Parts);
        Assert.Equal(expected, Known(app));

        var effects = app.Effects.Done.Count;
        foreach (var counts in await ImportAsync(app, [.. files.Parts, .. files.Whole])) Assert.Equal(counts with { Unchanged = counts.Read, Added = 0, Changed = 0, Parked = 0 }, counts);
        Assert.Equal(expected, Known(app));
        Assert.Equal(0, app.Effects.Done.Skip(effects).Count(e => !e.EndsWith(" parked", StringComparison.Ordinal)));
    }

    private static async Task<List<ImportCounts>> ImportAsync(InMemoryApp app, IReadOnlyList<ImportText> texts)
    {
        using var folder = new ImportFolder();
        var counts = new List<ImportCounts>();
        foreach (var text in texts) counts.Add(await new Importer(app.Get<CustomerBook>()).RunAsync(folder.Options(text.Kind, text.Text), null, CancellationToken.None));
        return counts;
    }

    /// <summary>All there is to know: every customer row, every fact, and who is waited for.</summary>
    private static List<string> Known(InMemoryApp app)
    {
        var known = new List<string>();
        foreach (var id in AnyFiles.Customers)
        {
            var customer = CustomerId.Parse(id);
            if (app.Customers.All.Any(c => c.Id == customer))
                known.AddRange(app.Customers.Columns(id).Where(c => c.Key != "odata.etag").Select(c => string.Create(CultureInfo.InvariantCulture, $"{id} {c.Key} = {c.Value}")));
            known.AddRange(app.Facts.PurchasesAsync(customer, CancellationToken.None).Result.Select(p => $"{id} bought {p.Key}"));
            known.AddRange(app.Facts.SubscriptionsAsync(customer, CancellationToken.None).Result.Select(s => $"{id} subscribed {s}"));
            if (app.Facts.IsParkedAsync(customer, CancellationToken.None).Result) known.Add($"{id} is parked");
        }
        known.Sort(StringComparer.Ordinal);
        return known;
    }
}

public sealed record ImportText(ImportKind Kind, string Text);

/// <param name="Whole">One file of each kind, customers first.</param>
/// <param name="Parts">The same rows over more files, in any order.</param>
public sealed record Files(IReadOnlyList<ImportText> Whole, IReadOnlyList<ImportText> Parts)
{
    public override string ToString() => string.Join("\n---\n", Parts.Select(p => p.Text));
}

public static class AnyFiles
{
    /// <summary>The last is never in a file of customers.</summary>
    public static readonly string[] Customers = ["k1", "k2", "k3", "k4"];

    private static readonly string[] Names = ["klantnummer;naam;e-mail;toestemming", "klantnummer;datum;bedrag;ordernummer;product", "klantnummer;abonnementsnummer;plan;start;einddatum;auto renew"];

    public static Arbitrary<Files> All() => Arb.From(
        from people in Gen.SubListOf(Customers[..3]).SelectMany(ids => Gen.CollectToList(ids, Person))
        from sales in Gen.ListOf(Sale)
        from plans in Gen.ListOf(Plan).Select(all => all.DistinctBy(line => string.Join(';', line.Split(';')[..2])))
        let lines = new[] { people.ToList(), sales.ToList(), plans.ToList() }
        // Equal lines get one part, also when they are written differently.
        from parts in Gen.CollectToList(lines.SelectMany(l => l).Select(Meaning).Distinct(), line => Gen.Choose(0, 2).Select(part => (line, part)))
        let partOf = parts.ToDictionary(p => p.line, p => p.part, StringComparer.Ordinal)
        let files = Enumerable.Range(0, 3).SelectMany(kind => lines[kind].GroupBy(line => partOf[Meaning(line)]), (kind, part) => File(kind, part))
        from order in Gen.Shuffle(files.ToArray())
        select new Files([.. Enumerable.Range(0, 3).Select(kind => File(kind, lines[kind]))], order));

    private static Gen<string> Person(string id) =>
        from name in Gen.Elements("Jan", "René", "")
        from email in Gen.Elements("samen@a.example", $"{id}@a.example", "geen", "")
        from permission in Gen.Elements("ja", "nee", "")
        select $"{id};{name};{email};{permission}";

    private static Gen<string> Sale =>
        from id in Gen.Elements(Customers)
        from day in Gen.Elements("1-2-2026", "2026-02-01", "3-10-2026 12:00", "1-12-2026")
        from amount in Gen.Elements("5,00", "€ 5,00", "-5,00", "0,00", "1.234,50")
        from order in Gen.Elements("", "A1", "A2")
        from product in Gen.Elements("", "Koffie")
        select $"{id};{day};{amount};{order};{product}";

    private static string Meaning(string line) => line.Replace("2026-02-01", "1-2-2026", StringComparison.Ordinal).Replace("€ ", "", StringComparison.Ordinal);

    private static Gen<string> Plan =>
        from id in Gen.Elements(Customers)
        from number in Gen.Elements("S1", "S2", "S3")
        from end in Gen.Elements("1-1-2026", "1-11-2026", "31-12-9999")
        from renews in Gen.Elements("ja", "nee")
        select $"{id};{number};Goud;1-1-2025;{end};{renews}";

    private static ImportText File(int kind, IEnumerable<string> lines) => new((ImportKind)kind, string.Join('\n', [Names[kind], .. lines, ""]));
}
