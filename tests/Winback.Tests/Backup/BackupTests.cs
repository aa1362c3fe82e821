using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console;
using Winback.Cli;
using Winback.Cli.Backup;
using Winback.Cli.Commands;
using Winback.Customers;
using Winback.Tests.Campaigns.Rendering;
using Winback.Tests.Fakes;

namespace Winback.Tests.Backup;

/// <summary><c>winback backup</c> and <c>winback restore</c>: what is brought back is what was there, or nothing is.</summary>
public sealed class BackupTests : IDisposable
{
    private static readonly Installation Here = new("0123456789abcdef", "Europe/Amsterdam");
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 20, 0, 0, TimeSpan.Zero);
    private static readonly IAnsiConsole Nowhere = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) });

    private readonly string _folder = Directory.CreateTempSubdirectory("winback-backup-").FullName;
    private readonly InMemoryTables _tables = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string SavedFile => Path.Combine(_folder, "winback.jsonl.gz");

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void Every_table_that_the_app_has_is_in_a_backup() => Assert.Equal(
        File.ReadLines(Path.Combine(SampleMails.Repository, "docs", "data.md"))
            .Where(l => l.StartsWith("### `", StringComparison.Ordinal)).Select(l => l[5..^1]).Order(StringComparer.Ordinal),
        BackupTables.InOrder.Order(StringComparer.Ordinal));

    public static TheoryData<object> Values =>
    [
        "", "Zoë \"Jansen\"\n😀", true, false, 0, int.MinValue, 0L, long.MaxValue, 1.0, 0.1, -1.5e300, double.NaN, double.PositiveInfinity,
        new DateTimeOffset(2024, 2, 29, 23, 59, 59, TimeSpan.Zero).AddTicks(1234567), // a tick is the least that storage keeps
        DateTimeOffset.UnixEpoch, Guid.Parse("7d0a4d2e-0b5c-4a8e-8a55-0f2f6b1f1c11"), new byte[] { 0, 255, 10 }, Array.Empty<byte>(),
    ];

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public async Task A_value_comes_back_with_its_type(object value)
    {
        _tables.Put("customers", "a3", "k1", ("Column", value));

        var restored = await RoundTripAsync();

        var cell = Assert.Single(Assert.Single(restored.Rows).Columns);
        Assert.Equal("Column", cell.Key);
        Assert.Equal(value.GetType(), cell.Value.Value.GetType());
        Assert.Equal(value, cell.Value.Value);
    }

    [Fact]
    public async Task Every_row_of_every_table_comes_back_a_hundred_of_a_partition_at_once()
    {
        Fill(250);
        var restored = await RoundTripAsync();
        Assert.Equal(Texts(_tables), Texts(restored));
        Assert.Equal([100, 100, 50], restored.Batches.Order().Reverse().Take(3));
        Assert.Equal(250 + BackupTables.InOrder.Count - 1, restored.Batches.Sum());
    }

    [Fact]
    public async Task Rows_that_are_large_go_in_smaller_batches()
    {
        foreach (var i in Enumerable.Range(100, 100))
            _tables.Put("replies", "a3", string.Create(CultureInfo.InvariantCulture, $"k1|{i}"), ("Text", new string('é', 30_000)));
        var restored = await RoundTripAsync();
        Assert.All(restored.Batches, rows => Assert.InRange(rows * 30_000 * 6, 1, 4 * 1024 * 1024)); // \u00e9: six bytes each
        Assert.Equal(100, restored.Batches.Sum());
    }

    [Fact]
    public async Task It_says_how_many_rows_each_table_has_and_how_many_replies_were_not_read()
    {
        _tables.Put("replies", "a3", "k1|r1", ("Text", "ja"));
        _tables.Put("replies", "a3", "k1|r2", ("RawPost", "r2"));
        var backedUp = await BackupAsync();
        Assert.Equal((SavedFile, 1, new FileInfo(SavedFile).Length), (backedUp.File, backedUp.UnreadReplies, backedUp.Bytes));
        Assert.Equal(BackupTables.InOrder.Select(t => (t, t == "replies" ? 2 : 0)), backedUp.Rows.Select(r => (r.Key, r.Value)));
    }

    [Fact]
    public async Task A_restore_that_was_killed_is_completed_by_another()
    {
        Fill(250);
        await BackupAsync();
        var restored = new InMemoryTables();
        var left = 4;
        restored.BeforeAdding = () =>
        {
            if (left-- == 0) throw new OperationCanceledException();
        };
        await Assert.ThrowsAsync<OperationCanceledException>(() => RestoreAsync(restored));
        var before = restored.Rows.Count;
        restored.BeforeAdding = () => { };

        Assert.Equal(_tables.Rows.Count - before, (await RestoreAsync(restored)).Added);
        Assert.Equal(Texts(_tables), Texts(restored));
        Assert.Equal(0, (await RestoreAsync(restored)).Added); // and once more changes nothing
    }

    public static TheoryData<string, string> Strangers => new()
    {
        { "scans", "another row" },
        { "customers", "k0" }, // before the first
        { "customers", "k9" }, // after the last
        { "customers", "k1" }, // there too, and changed
    };

    [Theory]
    [MemberData(nameof(Strangers))]
    public async Task An_account_with_anything_else_in_it_is_left_as_it_is(string table, string row)
    {
        _tables.Put("customers", "a3", "k1", ("Visits", 1));
        _tables.Put("customers", "a3", "k2", ("Visits", 2));
        await BackupAsync();
        var inUse = new InMemoryTables();
        inUse.Put(table, "a3", row, ("Visits", 1L)); // not even the type may differ

        var problem = await Assert.ThrowsAsync<CommandException>(() => RestoreAsync(inUse));

        Assert.StartsWith("This storage account is in use.", problem.Message, StringComparison.Ordinal);
        Assert.Contains($"does not have: {table}.", problem.Message, StringComparison.Ordinal);
        Assert.Single(inUse.Rows);
    }

    [Theory]
    [InlineData("k1")] // comes in the way
    [InlineData("k0")] // beside it
    public async Task Somebody_who_writes_meanwhile_is_noticed(string row)
    {
        _tables.Put("customers", "a3", "k1", ("Visits", 1));
        await BackupAsync();
        var target = new InMemoryTables();
        target.BeforeAdding = () => target.Put("customers", "a3", row, ("Visits", 3));

        var problem = await Assert.ThrowsAsync<CommandException>(() => RestoreAsync(target));

        Assert.Contains("customers was written by somebody else", problem.Message, StringComparison.Ordinal);
        Assert.Contains(target.Rows, r => r.Row == row && r.Columns["Visits"].Value is 3);
    }

    [Fact]
    public async Task A_file_that_was_cut_off_anywhere_writes_nothing()
    {
        Fill(20);
        await BackupAsync();
        var whole = await File.ReadAllBytesAsync(SavedFile, Cancel);
        // The last eight bytes are gzip's own check; without them every row is still there.
        for (var length = 0; length < whole.Length - 8; length += 13)
        {
            await File.WriteAllBytesAsync(SavedFile, whole[..length], Cancel);
            await RefusedAsync();
        }
    }

    [Fact]
    public async Task A_file_of_which_whole_lines_were_cut_off_or_taken_out_writes_nothing()
    {
        Fill(20);
        await BackupAsync();
        var lines = await LinesAsync();
        for (var i = 0; i < lines.Length; i++)
        {
            await WriteLinesAsync(lines[..i]);
            await RefusedAsync();
            await WriteLinesAsync([.. lines[..i], .. lines[(i + 1)..]]);
            await RefusedAsync();
        }
        await WriteLinesAsync([.. lines, lines[^2]]);
        await RefusedAsync();
    }

    public static TheoryData<string, string, string> WrongFiles => new()
    {
        { "text", "customer;name\nk1;Jansen", "is no backup" },
        { "text", "", "is no backup" },
        { "gzip", "customer;name\nk1;Jansen", "is no backup" },
        { "gzip", """{"winbackBackup":2,"tables":[]}""", "is written in format 2" },
        { "gzip", """{"winbackBackup":1}""", "damaged" },
        { "gzip", HeaderOf("tills") + """{"rows":{}}""", "a table tills" },
        { "gzip", HeaderOf("calls") + """{"table":"calls","name":"Jansen"}""", "damaged" },
    };

    [Theory]
    [MemberData(nameof(WrongFiles))]
    public async Task A_file_that_is_something_else_is_refused_without_showing_what_is_in_it(string kind, string content, string problem)
    {
        if (kind == "gzip") await WriteLinesAsync(content);
        else await File.WriteAllTextAsync(SavedFile, content, Cancel);

        var message = await RefusedAsync();

        Assert.Contains(problem, message, StringComparison.Ordinal);
        Assert.DoesNotContain("Jansen", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ffffffffffffffff", "Europe/Amsterdam", "Secrets__MailboxKey")]
    [InlineData("0123456789abcdef", "Europe/London", "Business__TimeZone")]
    public async Task An_app_with_another_key_or_zone_does_not_get_it(string key, string zone, string setting)
    {
        _tables.Put("customers", "a3", "k1");
        await BackupAsync();
        var target = new InMemoryTables();

        var problem = await Assert.ThrowsAsync<CommandException>(
            () => RestoreCommand.RunAsync(target, new Installation(key, zone), SavedFile, Nowhere, Cancel));

        Assert.Contains(setting, problem.Message, StringComparison.Ordinal);
        Assert.Empty(target.Rows);
    }

    [Fact]
    public async Task Nothing_but_a_whole_backup_has_the_name_of_one_and_one_that_is_there_is_kept()
    {
        Fill(1);
        await Assert.ThrowsAsync<NotSupportedException>(async () =>
        {
            _tables.Put("codes", "reply", "last", ("Column", 'x')); // no type of a table's
            await BackupAsync();
        });
        Assert.Empty(Directory.GetFiles(_folder));

        await File.WriteAllTextAsync(SavedFile, "of yesterday", Cancel);
        Assert.Contains("--force", (await Assert.ThrowsAsync<CommandException>(BackupAsync)).Message, StringComparison.Ordinal);
        Assert.Equal("of yesterday", await File.ReadAllTextAsync(SavedFile, Cancel));
    }

    private void Fill(int customers)
    {
        foreach (var table in BackupTables.InOrder.Where(t => t != "customers"))
            _tables.Put(table, "p", "r|1", ("Name", $"Klant in {table}"), ("At", Now));
        for (var i = 0; i < customers; i++)
            _tables.Put("customers", "a3", string.Create(CultureInfo.InvariantCulture, $"k{i:d4}"), ("Visits", i), ("RevenueCents", (long)i));
    }

    private static string HeaderOf(string table) =>
        $$"""{"winbackBackup":1,"writtenAt":"2026-11-24T20:00:00Z","tables":["{{table}}"],"mailboxKey":null,"timeZone":null}""" + "\n";

    private static IEnumerable<string> Texts(InMemoryTables tables) =>
        tables.Rows.Select(r => JsonSerializer.Serialize(r, BackupJson.Default.BackupRow));

    private Task<BackedUp> BackupAsync() =>
        BackupCommand.WriteAsync(_tables, Here, SavedFile, force: false, new FakeTimeProvider(Now), Nowhere, Cancel);

    private Task<Restored> RestoreAsync(InMemoryTables target) => RestoreCommand.RunAsync(target, Here, SavedFile, Nowhere, Cancel);

    private async Task<InMemoryTables> RoundTripAsync()
    {
        await BackupAsync();
        var target = new InMemoryTables();
        var restored = await RestoreAsync(target);
        Assert.Equal((Now, _tables.Rows.Count), (restored.WrittenAt, restored.Added));
        return target;
    }

    private async Task<string> RefusedAsync()
    {
        var target = new InMemoryTables();
        var problem = await Assert.ThrowsAsync<CommandException>(() => RestoreAsync(target));
        Assert.Empty(target.Rows);
        return problem.Message;
    }

    private async Task<string[]> LinesAsync()
    {
        await using var file = new GZipStream(File.OpenRead(SavedFile), CompressionMode.Decompress);
        using var reader = new StreamReader(file, Encoding.UTF8);
        return (await reader.ReadToEndAsync(Cancel)).TrimEnd('\n').Split('\n');
    }

    private async Task WriteLinesAsync(params string[] lines)
    {
        await using var file = new GZipStream(File.Create(SavedFile), CompressionLevel.Fastest);
        await file.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n"))), Cancel);
    }
}
