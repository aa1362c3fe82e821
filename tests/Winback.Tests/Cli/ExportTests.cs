using System.Text;
using Spectre.Console;
using Winback.Cli.Commands;
using Winback.Cli.Export;
using Winback.Customers;
using Winback.Replies;
using Winback.Tests.Fakes;

namespace Winback.Tests.Cli;

/// <summary><c>winback export</c>: what a spreadsheet gets to see.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("winback-export-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public async Task Customers_come_with_the_rules_answer_of_each_campaign()
    {
        using var app = new InMemoryApp();
        app.AddLapsed("k1");
        app.AddLapsed("k2", c => c with { MarketingPermission = false, Revenue = new Money(-1250) });

        var lines = await ExportAsync(app, ExportKind.Customers);

        Assert.EndsWith($";{InMemoryApp.Restaurant} now;{InMemoryApp.Renewal} now", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, l => l.StartsWith("k1;Klant k1;Sam;k1@klant.example;;;yes;;;2026-02-10;3;123,00;", StringComparison.Ordinal)
            && l.Contains(";invitation is due: last bought on 2026-02-10;no-such-subject: no subscription", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains(";no;;;2026-02-10;3;-12,50;", StringComparison.Ordinal) && l.Contains("no-permission", StringComparison.Ordinal));
        Assert.Equal(3, lines.Length);
    }

    [Fact]
    public async Task English_owners_get_commas_and_points()
    {
        using var app = new InMemoryApp(("Business:Language", "en"));
        var id = CustomerId.Parse("k1");
        await app.Book.AddPurchasesAsync(id, [new Purchase(id, new DateOnly(2026, 1, 2), InMemoryApp.Start, new Money(-123_456), "A1", "Menu, large", 0)], Cancel);
        Assert.Equal(["customer,date,time,amount,order,product", "k1,2026-01-02,2026-10-13 12:00:00,-1234.56,A1,\"Menu, large\""], await ExportAsync(app, ExportKind.Purchases));
    }

    [Theory]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("+31612345678")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1+1")]
    public async Task A_text_is_never_a_formula(string text)
    {
        using var app = new InMemoryApp();
        await app.Replies.TryAddAsync(new Reply("r1", null, null, null, InMemoryApp.Start, Road.Mail, text, "x"), Cancel);
        Assert.Contains("'" + text, (await ExportAsync(app, ExportKind.Replies))[1].Replace("\"\"", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enrolments_and_outreach_say_since_when_and_why()
    {
        using var app = new InMemoryApp();
        app.AddLapsed("k1");
        await app.ScanAndSendAsync(Cancel);
        Assert.Contains($"k1;{InMemoryApp.Restaurant};", (await ExportAsync(app, ExportKind.Enrolments))[1], StringComparison.Ordinal);
        Assert.StartsWith($"k1;{InMemoryApp.Restaurant};last visit;2026-02-10;invitation;mail;handed-over;2026-10-13 12:00:01", (await ExportAsync(app, ExportKind.Outreach))[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_there_is_only_overwritten_on_purpose()
    {
        using var app = new InMemoryApp();
        var path = Path.Combine(_folder, "replies.csv");
        await File.WriteAllTextAsync(path, "mine", Cancel);

        var problem = await Assert.ThrowsAsync<Winback.Cli.CommandException>(() => WriteAsync(app, ExportKind.Replies, path, force: false));
        Assert.Contains("--force", problem.Message, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(path, Cancel));

        await WriteAsync(app, ExportKind.Replies, path, force: true);
        Assert.Equal(Encoding.UTF8.GetPreamble(), (await File.ReadAllBytesAsync(path, Cancel))[..3]); // Excel takes a file without it for windows-1252
    }

    [Fact]
    public async Task Only_its_owner_can_read_it_whoever_could_read_the_file_that_it_replaces()
    {
        if (OperatingSystem.IsWindows()) return; // which has no such modes
        using var app = new InMemoryApp();
        var path = Path.Combine(_folder, "customers.csv");
        await File.WriteAllTextAsync(path, "", Cancel);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        await WriteAsync(app, ExportKind.Customers, path, force: true);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public async Task What_was_stopped_halfway_leaves_no_file_that_looks_whole_and_the_earlier_one_as_it_was()
    {
        using var app = new InMemoryApp();
        app.AddLapsed("k1");
        var path = Path.Combine(_folder, "customers.csv");
        await File.WriteAllTextAsync(path, "of yesterday", Cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WriteAsync(app, ExportKind.Customers, path, force: true, new CancellationToken(true)));
        Assert.Equal("of yesterday", await File.ReadAllTextAsync(path, Cancel));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    private async Task<string[]> ExportAsync(InMemoryApp app, ExportKind kind)
    {
        var path = Path.Combine(_folder, $"{kind}.csv");
        var exported = await WriteAsync(app, kind, path, force: true);
        var lines = await File.ReadAllLinesAsync(path, Cancel);
        Assert.Equal(lines.Length - 1, exported.Rows);
        return lines;
    }

    private static Task<Exported> WriteAsync(InMemoryApp app, ExportKind kind, string path, bool force, CancellationToken? cancel = null) => ExportCommand.WriteAsync(
        app.Services, kind, path, force, AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) }), cancel ?? Cancel);
}
