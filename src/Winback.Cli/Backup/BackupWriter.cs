using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Winback.Customers;

namespace Winback.Cli.Backup;

/// <summary>Writes every table into one stream: gzipped lines of JSON, a header, the rows, and their counts.</summary>
/// <param name="progress">Told which table is read, and how many rows were written so far.</param>
internal sealed class BackupWriter(IBackupStore store, Action<string, int> progress)
{
    private const int ToldEvery = 1000;

    /// <param name="kept">What the account says of itself; null when it says nothing yet.</param>
    public async Task<BackupCounts> WriteAsync(Stream file, Installation? kept, DateTimeOffset now, CancellationToken cancel)
    {
        await using var lines = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true);
        var header = new BackupHeader(BackupHeader.Version, now, BackupTables.InOrder, kept?.MailboxKey, kept?.TimeZone);
        await WriteAsync(lines, header, BackupJson.Default.BackupHeader, cancel);
        var (counts, written, unread) = (new Dictionary<string, int>(StringComparer.Ordinal), 0, 0);
        foreach (var table in BackupTables.InOrder)
        {
            counts[table] = 0;
            progress(table, written);
            await foreach (var row in store.RowsAsync(table, cancel))
            {
                await WriteAsync(lines, row, BackupJson.Default.BackupRow, cancel);
                counts[table]++;
                if (table == "replies" && row.Columns.ContainsKey("RawPost")) unread++;
                if (++written % ToldEvery == 0) progress(table, written);
            }
        }
        await WriteAsync(lines, new BackupEnd(counts), BackupJson.Default.BackupEnd, cancel);
        return new BackupCounts(counts, unread);
    }

    private static async Task WriteAsync<T>(GZipStream lines, T line, JsonTypeInfo<T> type, CancellationToken cancel)
    {
        // Written as one piece: the deflater is asked once per line.
        await lines.WriteAsync((byte[])[.. JsonSerializer.SerializeToUtf8Bytes(line, type), (byte)'\n'], cancel);
    }
}

/// <param name="Rows">How many there are of each table.</param>
/// <param name="UnreadReplies">Replies whose mail waits to be read, outside the tables.</param>
internal sealed record BackupCounts(IReadOnlyDictionary<string, int> Rows, int UnreadReplies);
