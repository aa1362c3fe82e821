using Winback.Cli.Commands;
using Winback.Customers.Import;
using Winback.Intake;
using Winback.Tests.Fakes;

namespace Winback.Tests.Customers.Import;

/// <summary>Files as tills, shops and membership systems write them, brought in as the command beside each says.</summary>
public sealed class ImportSamplesTests : IDisposable
{
    private readonly ImportFolder _folder = new();
    private readonly InMemoryApp _app = new();

    public static TheoryData<string> Samples => [.. ImportSamples.Names];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Dispose();
        _app.Dispose();
    }

    [Fact]
    public void There_are_many_and_each_says_what_writes_it()
    {
        Assert.InRange(ImportSamples.Names.Count(), 20, 100);
        Assert.All(ImportSamples.Names, name => Assert.StartsWith("# ", ImportSamples.Expected(name)[0], StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Every_row_of_a_sample_is_read_or_rejected_as_expected(string name)
    {
        var options = Sample(name);
        var file = ImportFile.Open(options);
        string[] read = [.. file.Rows().Select(ImportSamples.Text)];
        await KnowCustomersAsync(file);
        var counts = ImportCommand.Describe(await ImportAsync(options));

        Assert.Equal(ImportSamples.Expected(name).SkipWhile(line => !line.StartsWith("winback ", StringComparison.Ordinal)).Skip(1), [counts, .. read]);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_sample_imported_twice_changes_nothing(string name)
    {
        var options = Sample(name);
        await KnowCustomersAsync(ImportFile.Open(options));
        var first = await ImportAsync(options);
        var before = _app.Effects.Done.Count;

        Assert.Equal(new ImportCounts(first.Read, 0, 0, first.Read - first.Rejected, 0, first.Rejected), await ImportAsync(options));
        Assert.Equal(before, _app.Effects.Done.Count);
    }

    /// <summary>Whatever it comes from: a workbook, columns without names, padded columns, another encoding.</summary>
    [Theory]
    [MemberData(nameof(Samples))]
    public async Task The_rejected_rows_of_a_sample_are_read_again_by_the_command_that_the_user_is_told(string name)
    {
        var options = Sample(name);
        var file = ImportFile.Open(options);
        var counts = await ImportAsync(options);
        if (counts.Rejected == 0)
        {
            Assert.False(File.Exists(options.RejectedPath));
            return;
        }
        var again = ImportFile.Open(ImportSamples.Parse(ImportCommandText.Of(file.ForRejected)));

        var expected = file.Rows().Where(row => row.Row is null).Select(row => row.Reason).ToList();
        // A row with too few or too many cells has got its own columns in the meantime: other things may be wrong with it.
        var actual = again.Rows().Select(row => row.Reason).ToList();
        Assert.Equal(expected.Count, actual.Count);
        Assert.All(expected.Zip(actual), r => Assert.True(r.First == r.Second || r.First!.Contains("cells", StringComparison.Ordinal) || r.First.Contains("quote", StringComparison.Ordinal), $"{r}"));
    }

    [Fact]
    public async Task A_family_that_shares_a_mailbox_knows_it_and_a_member_may_have_several_subscriptions()
    {
        await ImportAsync(Sample("virtuagym-leden.csv"));
        await ImportAsync(Sample("virtuagym-abonnementen.csv"));

        Assert.Equal(["m-0001", "m-0002"], _app.Customers.All.Where(c => c.SharesMailbox).Select(c => c.Id.Value).Order(StringComparer.Ordinal));
        Assert.Equal("Anna Bakker-Smit", _app.Customers.ProfileOf("m-0001").Name); // of two rows the later
        // C-1 renews by itself and C-2 ended; neither of m-0002 has a number, and they are the same plan renewed ahead.
        Assert.Equal(["C-1"], _app.Customers["m-0001"].Subscriptions.Select(s => s.Number));
        Assert.Equal(["C-1", "C-2"], (await _app.Facts.SubscriptionsAsync(Winback.Customers.CustomerId.Parse("m-0001"), Cancel)).Select(s => s.Number).Order(StringComparer.Ordinal));
        Assert.Equal(["Onbeperkt 2026-02-01"], _app.Customers["m-0002"].Subscriptions.Select(s => s.Number));
        Assert.Equal(new DateOnly(9999, 12, 31), _app.Customers["m-0003"].Subscriptions.Single().RenewalDate);
    }

    private ImportOptions Sample(string name)
    {
        var copy = _folder.Path(name);
        File.Copy(Path.Combine(ImportSamples.Folder, name), copy, overwrite: true);
        return ImportSamples.Options(name, copy);
    }

    /// <summary>So that what is bought is added and not parked.</summary>
    private async Task KnowCustomersAsync(ImportFile file)
    {
        if (file.Options.Kind == ImportKind.Customers) return;
        foreach (var customer in file.Rows().Select(row => row.Row?.Customer).OfType<Winback.Customers.CustomerId>().Distinct())
            await _app.Get<CustomerBook>().ApplyAsync(customer, [new CustomerRow(customer, null, null, null, null, null, null)], Cancel);
    }

    private Task<ImportCounts> ImportAsync(ImportOptions options) => new Importer(_app.Get<CustomerBook>()).RunAsync(options, null, Cancel);
}
