namespace Winback.Customers.Import;

/// <summary>Brings a file into the target, so many rows at a time that memory does not grow with the file.</summary>
public sealed class Importer(IImportTarget target)
{
    /// <summary>Each customer of a batch is read and written once, so that more is faster for a file in no order; these take some ten megabytes.</summary>
    private const int BatchRows = 20_000;

    private const int ReportedRows = 500;

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
        long read = 0, bytes = 0, bytesBefore = 0;
        foreach (var batch in file.Rows(position => bytes = position).Chunk(BatchRows))
        {
            foreach (var row in batch.Where(r => r.Row is null)) rejected.Add(row.Record, row.Reason!);
            await ApplyAsync(batch.Select(r => r.Row).OfType<ImportedRow>(), outcomes, options.Parallelism, done => Report(done, batch.Length), cancel);
            Report(batch.Length, batch.Length);
            (read, bytesBefore) = (read + batch.Length, bytes);
        }
        return new ImportCounts(read,
            outcomes[(int)RowOutcome.Added], outcomes[(int)RowOutcome.Changed], outcomes[(int)RowOutcome.Unchanged],
            outcomes[(int)RowOutcome.Parked], rejected.Count);

        void Report(int done, int of) => progress?.Report(new ImportProgress(read + done, bytesBefore + ((bytes - bytesBefore) * done / of), total));
    }

    /// <param name="report">Told now and then how many rows are done, one call at a time.</param>
    private async Task ApplyAsync(IEnumerable<ImportedRow> rows, long[] outcomes, int parallelism, Action<int> report, CancellationToken cancel)
    {
        var (gate, done, reported) = (new Lock(), 0, 0);
        await Parallel.ForEachAsync(
            rows.GroupBy(row => row.Customer),
            new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancel },
            async (customer, stop) =>
            {
                var applied = await ApplyAsync(customer.Key, [.. customer], stop);
                lock (gate)
                {
                    foreach (var outcome in applied) outcomes[(int)outcome]++;
                    done += applied.Count;
                    if (done - reported < ReportedRows) return;
                    reported = done;
                    report(done);
                }
            });
    }

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
