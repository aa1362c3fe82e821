namespace Winback.Cli.Backup;

/// <summary>Tables as they are, whatever is in them.</summary>
internal interface IBackupStore
{
    /// <summary>All rows of a table by partition and row, read page by page.</summary>
    IAsyncEnumerable<BackupRow> RowsAsync(string table, CancellationToken cancel);

    Task<int> CountAsync(string table, CancellationToken cancel);

    /// <summary>Adds all of them or none.</summary>
    /// <param name="rows">Of one table and partition: 1 to 100, together less than 4 MiB.</param>
    /// <returns>False when one of them is there already.</returns>
    Task<bool> TryAddAsync(IReadOnlyList<BackupRow> rows, CancellationToken cancel);
}
