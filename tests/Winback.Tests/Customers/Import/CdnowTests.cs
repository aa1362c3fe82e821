using Winback.Customers;
using Winback.Customers.Import;
using Winback.Intake;
using Winback.Tests.Fakes;

namespace Winback.Tests.Customers.Import;

/// <summary>
/// The CDNOW sample of Hardie and Fader: real purchases of an on-line music shop, in padded columns without names. It is not ours to give away:
/// WINBACK_SAMPLE_DATA names the folder with cdnow/CDNOW_sample.txt. The sample muziekwinkel.txt has the same shape, for everybody.
/// </summary>
public sealed class CdnowTests : IDisposable
{
    private const string Command = "winback import purchases FILE --separator space --columns customer,-,date,-,amount";

    private static readonly string Data = SampleData.PathOf("cdnow", "CDNOW_sample.txt");

    private readonly ImportFolder _folder = new();
    private readonly InMemoryApp _app = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Dispose();
        _app.Dispose();
    }

    [Fact]
    public async Task The_whole_sample_comes_in_with_its_repeated_lines_and_a_second_time_changes_nothing()
    {
        Assert.SkipUnless(File.Exists(Data), $"There is no {Data}: the CDNOW sample was not imported. Let WINBACK_SAMPLE_DATA name the folder that has it.");
        File.Copy(Data, _folder.Path("sample.txt"));
        var purchases = ImportSamples.Parse(Command.Replace("FILE", _folder.Path("sample.txt"), StringComparison.Ordinal));

        Assert.Equal(new ImportCounts(6919, 0, 0, 0, 6919, 0), await ImportAsync(purchases)); // nobody is known yet
        var ids = ImportFile.Open(purchases).Rows().Select(row => row.Row!.Customer.Value).Distinct().ToList();
        var customers = new ImportOptions(
            ImportKind.Customers, _folder.Write("klantnummer,e-mail\n" + string.Concat(ids.Select(id => $"{id},c{id}@example.com\n")), "customers.csv"), ImportFolder.Amsterdam)
        {
            ByCustomerException = true,
        };
        Assert.Equal(new ImportCounts(2357, 2357, 0, 0, 0, 0), await ImportAsync(customers));

        var sales = new List<Purchase>();
        foreach (var id in ids) sales.AddRange(await _app.Facts.PurchasesAsync(CustomerId.Parse(id), Cancel));
        Assert.Equal((2357, 6919), (_app.Customers.All.Count(), sales.Count));
        // 19 different lines occur more than once, two of them three times.
        Assert.Equal(19, sales.Where(p => p.Ordinal == 1).Count());
        Assert.Equal(2, sales.Where(p => p.Ordinal == 2).Count());
        Assert.Equal(0, await _app.Facts.CountParkedAsync(Cancel));
        Assert.Equal((new DateOnly(1997, 12, 12), 4, new Money(10050)), (_app.Customers["00004"].LastVisit!.Value, _app.Customers["00004"].Visits, _app.Customers["00004"].Revenue));

        var effects = _app.Effects.Done.Count;
        Assert.Equal(new ImportCounts(2357, 0, 0, 2357, 0, 0), await ImportAsync(customers));
        Assert.Equal(new ImportCounts(6919, 0, 0, 6919, 0, 0), await ImportAsync(purchases));
        Assert.Equal(effects, _app.Effects.Done.Count);
    }

    private Task<ImportCounts> ImportAsync(ImportOptions options) => new Importer(_app.Get<CustomerBook>()).RunAsync(options, null, Cancel);
}
