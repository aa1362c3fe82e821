using System.Text;
using Winback.Customers;
using Winback.Customers.Import;

namespace Winback.Tests.Customers.Import;

public sealed class ImporterTests : IDisposable
{
    private readonly ImportFolder _folder = new();
    private readonly RecordingTarget _target = new();

    public void Dispose() => _folder.Dispose();

    private string Rejected => _folder.Path("file.csv.rejected.csv");

    private Task<ImportCounts> Import(ImportOptions options, IProgress<ImportProgress>? progress = null) =>
        new Importer(_target).RunAsync(options, progress, TestContext.Current.CancellationToken);

    [Fact]
    public async Task Every_row_is_counted_once()
    {
        var counts = await Import(_folder.Options(ImportKind.Customers, "klantnummer;naam\n1;Jan\n2;Piet\n1;Jan\n2;Klaas\n;Zonder\n"));
        Assert.Equal(new ImportCounts(Read: 5, Added: 2, Changed: 1, Unchanged: 1, Parked: 0, Rejected: 1), counts);
    }

    [Fact]
    public async Task The_same_file_twice_changes_nothing()
    {
        var options = _folder.Options(ImportKind.Purchases, "klantnummer;datum;bedrag\n1;2025-01-01;5\n1;2025-01-01;5\n2;2025-01-01;5\n");
        Assert.Equal(3, (await Import(options)).Added);
        var before = _target.Rows.ToHashSet();
        Assert.Equal(new ImportCounts(3, 0, 0, 3, 0, 0), await Import(options));
        Assert.True(before.SetEquals(_target.Rows));
    }

    [Fact]
    public async Task Rows_of_one_customer_come_together_and_in_file_order_over_many_batches()
    {
        // Three batches; customer 0 is in all of them, the others once each.
        var lines = Enumerable.Range(1, 50_000).Select(n => $"{(n % 5000 == 0 ? 0 : n)};{n}\n");
        var progress = new ProgressList();
        var counts = await Import(_folder.Options(ImportKind.Customers, "klantnummer;naam\n" + string.Concat(lines)), progress);

        Assert.Equal(50_000, counts.Read);
        var zero = _target.Calls.Where(c => c.Customer == CustomerId.Parse("0")).ToList();
        Assert.Equal(3, zero.Count);
        Assert.Equal(Enumerable.Range(1, 10).Select(n => $"{n * 5}000"), zero.SelectMany(c => c.Rows).Select(r => ((CustomerRow)r).Name));
        Assert.All(_target.Calls, call => Assert.All(call.Rows, row => Assert.Equal(call.Customer, row.Customer)));

        Assert.Equal(progress.Select(p => p.RowsRead).Order(), progress.Select(p => p.RowsRead));
        Assert.InRange(progress.Count, 50, 150);
        Assert.Equal(50_000, progress[^1].RowsRead);
        Assert.All(progress, p => Assert.InRange(p.BytesRead, 1, p.TotalBytes));
        Assert.Equal(progress[^1].TotalBytes, progress[^1].BytesRead);
    }

    [Fact]
    public async Task No_more_customers_are_applied_at_once_than_allowed()
    {
        var (now, most) = (0, 0);
        var target = new RecordingTarget
        {
            Before = async (_, cancel) =>
            {
                var running = Interlocked.Increment(ref now);
                InterlockedMax(ref most, running);
                await Task.Delay(5, cancel);
                Interlocked.Decrement(ref now);
            },
        };
        var options = _folder.Options(ImportKind.Customers, "klantnummer\n" + string.Concat(Enumerable.Range(1, 40).Select(n => $"{n}\n")));
        await new Importer(target).RunAsync(options with { Parallelism = 4 }, null, TestContext.Current.CancellationToken);
        Assert.InRange(most, 2, 4);
    }

    [Fact]
    public async Task Rejected_rows_stand_in_a_file_with_their_line_and_reason()
    {
        var options = _folder.Options(ImportKind.Customers,
            "Klantnummer;Naam;Opt-in\n1;Jan;ja\n;\"René; \"\"Ré\"\"\";ja\n3;Klaas\n4;\"a\nb\";soms\n5;e;ja;extra\n");
        var counts = await Import(options);

        Assert.Equal(4, counts.Rejected);
        Assert.Equal(Encoding.UTF8.GetPreamble(), File.ReadAllBytes(Rejected)[..3]); // Excel needs it
        Assert.Equal(
        [
            "Klantnummer;Naam;Opt-in;line;reason",
            ";\"René; \"\"Ré\"\"\";ja;3;the customer number is empty",
            "3;Klaas;;4;the row has 2 cells, the header has 3",
            "4;\"a", "b\";soms;5;\"permission must be yes or no (ja, yes, true, waar, 1, y, j; nee, no, false, onwaar, 0, n)\"",
            "5;e;ja;7;the row has 4 cells, the header has 3;extra",
        ], File.ReadAllLines(Rejected));
    }

    [Fact]
    public async Task A_corrected_rejected_file_is_imported_as_it_is()
    {
        await Import(_folder.Options(ImportKind.Customers, "klantnummer,naam,opt-in\n1,Jan,ja\n2,Zoë,soms\n3,Piet,ooit\n"));
        File.WriteAllText(Rejected, File.ReadAllText(Rejected).Replace("soms", "ja", StringComparison.Ordinal));

        var counts = await Import(new ImportOptions(ImportKind.Customers, Rejected, ImportFolder.Amsterdam));

        Assert.Equal(new ImportCounts(2, 1, 0, 0, 0, 1), counts);
        Assert.Contains(new CustomerRow(CustomerId.Parse("2"), "Zoë", null, null, null, null, true), _target.Rows);
        // Its own rejected rows go to a third file, and the columns line and reason do not pile up.
        var lines = File.ReadAllLines(_folder.Path("file.csv.rejected.csv.rejected.csv"));
        Assert.Equal("klantnummer,naam,opt-in,line,reason", lines[0]);
        Assert.StartsWith("3,Piet,ooit,3,", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_rejected_rows_no_file_is_left_not_even_an_old_one()
    {
        File.WriteAllText(Rejected, "from an earlier run");
        await Import(_folder.Options(ImportKind.Customers, "klantnummer\n1\n"));
        Assert.False(File.Exists(Rejected));
    }

    [Fact]
    public async Task A_header_alone_imports_nothing() =>
        Assert.Equal(default, await Import(_folder.Options(ImportKind.Purchases, "klantnummer;datum;bedrag\n")));

    [Fact]
    public async Task A_file_that_is_refused_applies_nothing()
    {
        // The contradiction is far behind the first batch.
        var lines = Enumerable.Range(1, 9000).Select(n => $"{n};2025-01-01;1,50\n");
        var options = _folder.Options(ImportKind.Purchases, "klantnummer;datum;bedrag\n" + string.Concat(lines) + "1;2025-01-01;1.50\n");
        var refused = await Assert.ThrowsAsync<ImportException>(() => Import(options));
        Assert.Contains("line 9002", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_target.Calls);
    }

    [Fact]
    public async Task A_place_for_rejected_rows_that_cannot_be_used_refuses_the_import()
    {
        var options = _folder.Options(ImportKind.Customers, "klantnummer\n1\n");
        await Assert.ThrowsAsync<ImportException>(() => Import(options with { RejectedPath = options.Path }));
        await Assert.ThrowsAsync<ImportException>(() => Import(options with { RejectedPath = _folder.Path("no-folder/x.csv") }));
        Assert.Empty(_target.Calls);
        Assert.Equal("klantnummer\n1\n", File.ReadAllText(options.Path));
    }

    [Fact]
    public async Task A_customer_that_cannot_be_stored_stops_the_import_and_is_named_by_number_only()
    {
        var failing = new RecordingTarget
        {
            Before = (customer, _) => customer.Value == "7" ? throw new InvalidOperationException("jan@example.com is in the way") : Task.CompletedTask,
        };
        var lines = Enumerable.Range(1, 5000).Select(n => $"{n};jan@example.com\n");
        var options = _folder.Options(ImportKind.Customers, "klantnummer;e-mail\n;x\n" + string.Concat(lines)) with { Parallelism = 1 };

        var stopped = await Assert.ThrowsAsync<ImportStoppedException>(
            () => new Importer(failing).RunAsync(options, null, TestContext.Current.CancellationToken));

        Assert.Equal(CustomerId.Parse("7"), stopped.Customer);
        Assert.Contains("customer 7", stopped.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("@", stopped.Message, StringComparison.Ordinal);
        Assert.Equal(6, failing.Calls.Count); // what was done so far stays, nothing after it was begun
        Assert.Equal(2, File.ReadAllLines(Rejected).Length);
    }

    [Fact]
    public async Task Cancelling_stops_the_import()
    {
        using var cancel = new CancellationTokenSource();
        var target = new RecordingTarget
        {
            Before = async (_, stop) =>
            {
                await cancel.CancelAsync();
                stop.ThrowIfCancellationRequested();
            },
        };
        var options = _folder.Options(ImportKind.Customers, "klantnummer\n1\n2\n");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Importer(target).RunAsync(options, null, cancel.Token));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
            Interlocked.CompareExchange(ref target, value, seen);
    }

    /// <summary>Unlike Progress, tells at once.</summary>
    private sealed class ProgressList : List<ImportProgress>, IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => Add(value);
    }
}
