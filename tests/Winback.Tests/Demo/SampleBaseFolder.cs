using System.Globalization;
using CsvHelper;
using Winback.Cli.Demo;

namespace Winback.Tests.Demo;

/// <summary>The three files of a sample base in a folder of their own, read back by column name.</summary>
internal sealed class SampleBaseFolder : IDisposable
{
    public SampleBaseFolder(SampleBase sample)
    {
        Path = Directory.CreateTempSubdirectory("winback-sample-").FullName;
        sample.WriteFiles(Path);
    }

    public string Path { get; }

    public List<CustomerLine> Customers() =>
        Read("klanten.csv", ';', csv => new CustomerLine(csv.GetString("klantnummer"), csv.GetString("e-mail"), csv.GetString("toestemming")));

    public List<SaleLine> Sales() =>
        Read("aankopen.csv", ';', csv => new SaleLine(csv.GetString("bonnummer"), csv.GetString("klantnummer"),
            DateOnly.ParseExact(csv.GetString("datum"), "dd-MM-yyyy", CultureInfo.InvariantCulture),
            decimal.Parse(csv.GetString("bedrag").Replace(".", "", StringComparison.Ordinal).Replace(',', '.'), CultureInfo.InvariantCulture)));

    public List<SubscriptionLine> Subscriptions() =>
        Read("subscriptions.csv", ',', csv => new SubscriptionLine(
            csv.GetString("customer number"), csv.GetString("subscription number"), csv.GetString("plan"),
            DateOnly.ParseExact(csv.GetString("start date"), "yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateOnly.ParseExact(csv.GetString("renewal date"), "yyyy-MM-dd", CultureInfo.InvariantCulture),
            csv.GetString("auto renew") == "yes"));

    public byte[] Bytes(string file) => File.ReadAllBytes(System.IO.Path.Combine(Path, file));

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private List<T> Read<T>(string file, char separator, Func<CsvReader, T> map)
    {
        using var csv = CsvReader.FromFile(System.IO.Path.Combine(Path, file), new CsvReaderOptions { Separator = separator });
        var rows = new List<T>();
        while (csv.Read()) rows.Add(map(csv));
        return rows;
    }
}

internal sealed record CustomerLine(string Number, string Email, string Permission);

internal sealed record SaleLine(string Receipt, string Customer, DateOnly Day, decimal Amount);

internal sealed record SubscriptionLine(string Customer, string Number, string Plan, DateOnly Start, DateOnly Renewal, bool AutoRenews);
