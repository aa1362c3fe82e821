using System.Text.Json;

namespace Winback.Cli.Backup;

/// <summary>
/// Brings a backup back. It adds the rows that are missing and never changes one, so an account in which anything else was written is refused, and
/// one whose restore was stopped halfway is completed by doing it again.
/// </summary>
/// <param name="progress">Told what is being done, and how many rows it was done with.</param>
internal sealed class Restoration(IBackupStore store, string path, Action<string, int> progress)
{
    private const int MostRows = 100;

    /// <summary>Storage takes 4 MiB at once; the rest is for what goes around each row.</summary>
    private const int MostBytes = 3 * 1024 * 1024;

    private const int ToldEvery = 1000;

    private readonly List<BackupRow> _batch = [];
    private int _batchBytes;
    private int _added;

    /// <summary>Reads the file to its end.</summary>
    /// <returns>Its header, and how many rows it has of each table.</returns>
    /// <exception cref="CommandException">It is no whole backup that this version can bring back.</exception>
    public async Task<(BackupHeader Header, IReadOnlyDictionary<string, int> Rows)> CheckFileAsync(CancellationToken cancel)
    {
        using var reader = await BackupReader.OpenAsync(path, cancel);
        if (reader.Header.Tables.Except(BackupTables.InOrder, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            throw new CommandException(
                $"{path} has a table {unknown}, which this winback does not know. Take the version of winback that wrote it, or a newer one.");
        }
        var counts = BackupTables.InOrder.ToDictionary(t => t, _ => 0, StringComparer.Ordinal);
        var read = 0;
        await foreach (var (row, _) in reader.RowsAsync(cancel))
        {
            counts[row.Table]++;
            Tell("Checking the file", ++read);
        }
        return (reader.Header, counts);
    }

    /// <summary>Writes nothing yet.</summary>
    /// <exception cref="CommandException">The account holds anything that the file does not.</exception>
    public async Task CheckAccountAsync(CancellationToken cancel)
    {
        var read = 0;
        var foreign = await CompareAsync(
            _ =>
            {
                Tell("Looking at the account", ++read);
                return Task.CompletedTask;
            },
            cancel);
        if (foreign.Count == 0) return;
        throw new CommandException(
            $"This storage account is in use. Tables with rows that {path} does not have: {string.Join(", ", foreign)}. "
            + "A restore changes and removes nothing. Take an account in which the app was not at work yet; "
            + "or stop the app there and remove its tables, if they may be lost.");
    }

    /// <summary>Adds the rows that are missing, those of a partition together.</summary>
    /// <returns>How many they were.</returns>
    /// <exception cref="CommandException">Somebody else writes meanwhile.</exception>
    public async Task<int> AddMissingAsync(IReadOnlyDictionary<string, int> expected, CancellationToken cancel)
    {
        var foreign = await CompareAsync(row => AddAsync(row, cancel), cancel);
        await FlushAsync(cancel);
        foreach (var (table, rows) in expected)
        {
            progress($"Counting {table}", _added);
            if (foreign.Contains(table) || await store.CountAsync(table, cancel) != rows) throw SomebodyElse(table);
        }
        return _added;
    }

    /// <summary>Goes along the file and the account at once, which both are in the order of the keys.</summary>
    /// <param name="missing">Told each row that the account does not have.</param>
    /// <returns>The tables with rows that are not in the file, or not as there.</returns>
    private async Task<List<string>> CompareAsync(Func<SavedRow, Task> missing, CancellationToken cancel)
    {
        using var reader = await BackupReader.OpenAsync(path, cancel);
        await using var saved = reader.RowsAsync(cancel).GetAsyncEnumerator(cancel);
        var hasSaved = await saved.MoveNextAsync();
        var foreign = new List<string>();
        // Tables that are newer than the backup have to be empty.
        foreach (var table in reader.Header.Tables.Union(BackupTables.InOrder, StringComparer.Ordinal))
        {
            await using var kept = store.RowsAsync(table, cancel).GetAsyncEnumerator(cancel);
            var hasKept = await kept.MoveNextAsync();
            var isForeign = false;
            for (; hasSaved && saved.Current.Row.Table == table; hasSaved = await saved.MoveNextAsync())
            {
                if (isForeign) continue;
                var order = hasKept ? saved.Current.Row.CompareKeyTo(kept.Current) : -1;
                if (order < 0) await missing(saved.Current);
                else if (order > 0 || !IsSame(saved.Current.Row, kept.Current)) isForeign = true;
                else hasKept = await kept.MoveNextAsync();
            }
            if (isForeign || hasKept) foreign.Add(table);
        }
        return foreign;
    }

    private static bool IsSame(BackupRow saved, BackupRow kept) =>
        JsonSerializer.Serialize(saved, BackupJson.Default.BackupRow) == JsonSerializer.Serialize(kept, BackupJson.Default.BackupRow);

    private async Task AddAsync(SavedRow saved, CancellationToken cancel)
    {
        var (row, bytes) = saved;
        var isOther = _batch is [var first, ..] && (first.Table, first.Partition) != (row.Table, row.Partition);
        if (isOther || _batch.Count == MostRows || _batchBytes + bytes > MostBytes) await FlushAsync(cancel);
        _batch.Add(row);
        _batchBytes += bytes;
    }

    private async Task FlushAsync(CancellationToken cancel)
    {
        if (_batch.Count == 0) return;
        if (!await store.TryAddAsync(_batch, cancel)) throw SomebodyElse(_batch[0].Table);
        _added += _batch.Count;
        progress("Writing", _added);
        _batch.Clear();
        _batchBytes = 0;
    }

    private static CommandException SomebodyElse(string table) => new(
        $"The table {table} was written by somebody else meanwhile. Stop the app that works on this account; then restore again, "
        + "which goes on where this stopped or says what is in the way.");

    private void Tell(string what, int rows)
    {
        if (rows % ToldEvery == 0) progress(what, rows);
    }
}
