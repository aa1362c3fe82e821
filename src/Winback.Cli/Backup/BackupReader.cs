using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Winback.Cli.Backup;

/// <summary>Reads a backup line by line, and refuses one that is not whole.</summary>
internal sealed class BackupReader : IDisposable
{
    private readonly string _path;
    private readonly StreamReader _lines;

    private BackupReader(string path)
    {
        _path = path;
        _lines = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), Encoding.UTF8);
    }

    public BackupHeader Header { get; private set; } = null!;

    /// <summary>Reads the header.</summary>
    /// <exception cref="CommandException">It is no backup, or one of a version that is not known.</exception>
    public static async Task<BackupReader> OpenAsync(string path, CancellationToken cancel)
    {
        var reader = new BackupReader(path);
        try
        {
            reader.Header = await reader.HeaderAsync(cancel);
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>All rows. They are all there when no exception came until the end.</summary>
    /// <exception cref="CommandException">The file was cut off or is damaged.</exception>
    public async IAsyncEnumerable<SavedRow> RowsAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var counts = Header.Tables.ToDictionary(t => t, _ => 0, StringComparer.Ordinal);
        var at = 0;
        while (true)
        {
            var line = await LineAsync(cancel) ?? throw new CommandException($"{_path} was cut off: its last line is missing. Take another backup.");
            if (line.StartsWith(BackupEnd.Beginning, StringComparison.Ordinal))
            {
                await CheckEndAsync(Read(line, BackupJson.Default.BackupEnd), counts, cancel);
                yield break;
            }
            var row = Read(line, BackupJson.Default.BackupRow);
            while (at < Header.Tables.Count && Header.Tables[at] != row.Table) at++;
            if (at == Header.Tables.Count) throw Damaged();
            counts[row.Table]++;
            yield return new SavedRow(row, line.Length);
        }
    }

    public void Dispose() => _lines.Dispose();

    private async Task<BackupHeader> HeaderAsync(CancellationToken cancel)
    {
        var noBackup = new CommandException($"{_path} is no backup: winback backup did not write it, or it is damaged from its beginning.");
        try
        {
            // What has no lines is not read to its end.
            var beginning = new char[BackupHeader.Beginning.Length];
            var read = await _lines.ReadBlockAsync(beginning, cancel);
            if (new string(beginning, 0, read) != BackupHeader.Beginning) throw noBackup;
        }
        catch (InvalidDataException)
        {
            throw noBackup;
        }
        var line = BackupHeader.Beginning + await LineAsync(cancel);
        var number = Read(line, BackupJson.Default.BackupVersion).WinbackBackup;
        if (number != BackupHeader.Version)
        {
            throw new CommandException(
                $"{_path} is written in format {number}, this winback reads {BackupHeader.Version}. Take the version of winback that wrote it.");
        }
        return Read(line, BackupJson.Default.BackupHeader);
    }

    private async Task CheckEndAsync(BackupEnd end, Dictionary<string, int> counts, CancellationToken cancel)
    {
        if (await LineAsync(cancel) is not null) throw Damaged();
        foreach (var (table, found) in counts)
        {
            if (end.Rows.GetValueOrDefault(table) is var said && said != found)
                throw new CommandException($"{_path} is damaged: it has {found} rows of {table}, by its last line {said}. Take another backup.");
        }
    }

    private async Task<string?> LineAsync(CancellationToken cancel)
    {
        try
        {
            return await _lines.ReadLineAsync(cancel);
        }
        catch (InvalidDataException)
        {
            throw Damaged();
        }
    }

    private T Read<T>(string line, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(line, type) ?? throw Damaged();
        }
        catch (JsonException)
        {
            // Its message would show what is in the line.
            throw Damaged();
        }
    }

    private CommandException Damaged() => new($"{_path} was cut off or is damaged. Take another backup.");
}

/// <param name="Length">About how many bytes it takes on its way.</param>
internal sealed record SavedRow(BackupRow Row, int Length);
