using Winback.Calls;
using Winback.Cli.Commands;
using Winback.Cli.Commands.Calls;
using Winback.Customers;
using Winback.Replies;
using Winback.Replies.Reading;
using Winback.Tests.Fakes;

namespace Winback.Tests.Cli;

/// <summary><c>winback calls</c>: the sheet on the screen and in a file, and how calls went.</summary>
public sealed class CallsTests : IDisposable
{
    private readonly InMemoryApp _app = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("winback-calls-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _app.Dispose();
        Directory.Delete(_folder, true);
    }

    [Fact]
    public async Task The_screen_shows_whom_to_call_and_how_to_note_it()
    {
        await AskAsync();
        Assert.Equal(
            """
            Klant k1 (k1), no telephone number known: call-me since 2026-10-13
              Schreef op 13 oktober 2026: “Bel me”
              Zeg dat je belt omdat ze daarom vroegen, vraag wat je kunt doen en spreek het meteen af.

            Note how a call went: winback calls outcome k1 --as reached
            """,
            CallsCommand.Text(await SheetAsync(), _app.Get<OwnerClock>()), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task An_empty_sheet_says_so() => Assert.Equal("There is nobody to call now.", CallsCommand.Text(await SheetAsync(), _app.Get<OwnerClock>()));

    [Fact]
    public async Task A_file_is_written_whole_and_not_over_another()
    {
        await AskAsync();
        var path = Path.Combine(_folder, "calls.csv");

        var exported = await CallsCommand.WriteAsync(_app.Services, await SheetAsync(), path, false, Cancel);

        Assert.Equal((path, 1), (exported.File, exported.Rows));
        Assert.StartsWith("k1;Klant k1;;", (await File.ReadAllLinesAsync(path, Cancel))[1], StringComparison.Ordinal);
        await Assert.ThrowsAsync<Winback.Cli.CommandException>(async () => await CallsCommand.WriteAsync(_app.Services, await SheetAsync(), path, false, Cancel));
        Assert.Equal(["calls.csv"], Directory.GetFiles(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task An_outcome_is_noted_and_why_tells_of_it()
    {
        await AskAsync();
        _app.Time.Advance(TimeSpan.FromHours(1));
        Assert.True((await OutcomeCommand.NoteAsync(_app.Services, CustomerId.Parse("k1"), new CallNote(CallOutcome.NoAnswer), Cancel)).IsNew);

        var why = await WhyReport.ReadAsync(_app.Services, CustomerId.Parse("k1"), null, Cancel);

        Assert.Contains(why!.History, e => e.What == "Called: no-answer.");
    }

    [Fact]
    public async Task An_outcome_of_nobody_is_told()
    {
        var problem = await Assert.ThrowsAsync<Winback.Cli.CommandException>(() => OutcomeCommand.NoteAsync(_app.Services, CustomerId.Parse("k9"), new CallNote(CallOutcome.Reached), Cancel));
        Assert.Contains("k9", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("calls --csv x.csv --link")]
    [InlineData("calls outcome K1")]
    [InlineData("calls outcome K1 --as perhaps")]
    [InlineData("calls outcome K1 --as reached --reason none")]
    [InlineData("calls outcome K1 --as reached --intent sing")]
    public void A_command_that_says_too_little_or_too_much_is_refused(string line) => Assert.NotEmpty(CommandTree.Create().Parse(line).Errors);

    private async Task AskAsync()
    {
        _app.AddLapsed("k1");
        await _app.Get<Conversation>().TakeAsync(
            new Reply("r1", CustomerId.Parse("k1"), null, null, InMemoryApp.Start, Road.Page, "", "Bel me") { Reading = ReplyReading.Given("Bel me", Reason.None, SubReason.None, Intent.CallMe) }, Cancel);
    }

    private Task<IReadOnlyList<CallEntry>> SheetAsync() => _app.Get<CallSheet>().ReadAsync(null, Cancel);
}
