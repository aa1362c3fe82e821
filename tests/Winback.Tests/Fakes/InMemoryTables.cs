using Winback.Cli.Backup;

namespace Winback.Tests.Fakes;

/// <summary>Tables of a storage account, with storage's order and its limits of what is written at once.</summary>
internal sealed class InMemoryTables : IBackupStore
{
    private readonly SortedDictionary<Key, BackupRow> _rows = [];

    /// <summary>How many rows were added at once, in order.</summary>
    public List<int> Batches { get; } = [];

    /// <summary>Runs before rows are added: changes something meanwhile, or throws as a kill does.</summary>
    public Action BeforeAdding { get; set; } = () => { };

    public IReadOnlyCollection<BackupRow> Rows => _rows.Values;

    public void Put(string table, string partition, string row, params (string Name, object Value)[] columns) =>
        _rows[new(table, partition, row)] = new BackupRow(
            table, partition, row, new(columns.ToDictionary(c => c.Name, c => new Cell(c.Value)), StringComparer.Ordinal));

    public IAsyncEnumerable<BackupRow> RowsAsync(string table, CancellationToken cancel) =>
        _rows.Values.Where(r => r.Table == table).ToList().ToAsyncEnumerable();

    public Task<int> CountAsync(string table, CancellationToken cancel) => Task.FromResult(_rows.Values.Count(r => r.Table == table));

    public Task<bool> TryAddAsync(IReadOnlyList<BackupRow> rows, CancellationToken cancel)
    {
        BeforeAdding();
        Assert.InRange(rows.Count, 1, 100);
        Assert.Single(rows.Select(r => (r.Table, r.Partition)).Distinct());
        if (rows.Any(r => _rows.ContainsKey(KeyOf(r)))) return Task.FromResult(false);
        foreach (var row in rows) _rows.Add(KeyOf(row), row);
        Batches.Add(rows.Count);
        return Task.FromResult(true);
    }

    private static Key KeyOf(BackupRow row) => new(row.Table, row.Partition, row.Row);

    private readonly record struct Key(string Table, string Partition, string Row) : IComparable<Key>
    {
        public int CompareTo(Key other) =>
            string.CompareOrdinal(Table, other.Table) is var table && table != 0 ? table
            : string.CompareOrdinal(Partition, other.Partition) is var partition && partition != 0 ? partition
            : string.CompareOrdinal(Row, other.Row);
    }
}
