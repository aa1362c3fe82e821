namespace Winback.Customers.Import;

/// <summary>Brings a file into the target, a few thousand rows at a time, so that memory does not grow with the file.</summary>
public sealed class Importer(IImportTarget target)
{
    private const int BatchRows = 4000;

    /// <summary>Applies every readable row and writes the others to <see cref="ImportOptions.RejectedPath"/>. Running it again changes nothing.</summary>
    /// <exception cref="ImportException">The file as a whole cannot be imported; nothing was applied.</exception>
    /// <exception cref="ImportStoppedException">The target failed for a customer; what was done so far stays.</exception>
    public Task<ImportCounts> RunAsync(ImportOptions options, IProgress<ImportProgress>? progress, CancellationToken cancel) =>
        RunAsync(ImportFile.Open(options), progress, cancel);

    /// <inheritdoc cref="RunAsync(ImportOptions, IProgress{ImportProgress}, CancellationToken)"/>
    public async Task<ImportCounts> RunAsync(ImportFile file, IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        var options = file.Options;
        using var rejected = RejectedFile.Create(options, file);
        var total = new FileInfo(options.Path).Length;
        var outcomes = new long[Enum.GetValues<RowOutcome>().Length];
        long read = 0, bytes = 0;
        foreach (var batch in file.Rows(position => bytes = position).Chunk(BatchRows))
        {
            foreach (var row in batch.Where(r => r.Row is null)) rejected.Add(row.Record, row.Reason!);
            await ApplyAsync(batch.Select(r => r.Row).OfType<ImportedRow>(), outcomes, options.Parallelism, cancel);
            read += batch.Length;
            progress?.Report(new ImportProgress(read, bytes, total));
        }
        return new ImportCounts(read,
            outcomes[(int)RowOutcome.Added], outcomes[(int)RowOutcome.Changed], outcomes[(int)RowOutcome.Unchanged],
            outcomes[(int)RowOutcome.Parked], rejected.Count);
    }

    private Task ApplyAsync(IEnumerable<ImportedRow> rows, long[] outcomes, int parallelism, CancellationToken cancel) =>
        Parallel.ForEachAsync(
            rows.GroupBy(row => row.Customer),
            new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancel },
            async (customer, stop) =>
            {
                foreach (var outcome in await ApplyAsync(customer.Key, [.. customer], stop)) Interlocked.Increment(ref outcomes[(int)outcome]);
            });

    private async Task<IReadOnlyList<RowOutcome>> ApplyAsync(CustomerId customer, ImportedRow[] rows, CancellationToken stop)
    {
        try
        {
            var outcomes = await target.ApplyAsync(customer, rows, stop);
            return outcomes.Count == rows.Length
                ? outcomes
                : throw new InvalidOperationException($"The target gave {outcomes.Count} outcomes for {rows.Length} rows.");
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            throw new ImportStoppedException(customer, e);
        }
    }
}
