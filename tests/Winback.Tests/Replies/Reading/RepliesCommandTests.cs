using System.CommandLine;
using Winback.Cli;
using Winback.Cli.Commands.Replies;

namespace Winback.Tests.Replies.Reading;

public sealed class RepliesCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("winback-replies").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Classify_writes_a_line_for_each_it_can_read_and_exits_with_1_where_one_is_bad()
    {
        var input = Path.Combine(_folder, "in.jsonl");
        var output = Path.Combine(_folder, "out.jsonl");
        await File.WriteAllTextAsync(input, """
            {"id":"a","subject":"Re: x","headers":"","text":"Peperdúúr.\n\n> Hoi"}
            {"id":"b"}
            nonsense

            {"id":"c","text":"Bel mij terug."}
            """, Cancel);

        Assert.Equal(1, await Run("classify", "--in", input, "--out", output));

        var lines = await File.ReadAllLinesAsync(output, Cancel);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("""{"id":"a","reply":"Peperdúúr.","automatic":false,"reason":"dissatisfied","subReason":"price","intents":[],"confidence":{""", lines[0], StringComparison.Ordinal);
        Assert.Contains("""evidence":{"reason":["Peperdúúr"]}}""", lines[0], StringComparison.Ordinal);
        Assert.Contains("""reason":"none","subReason":"none","intents":["call-me"]""", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Classify_exits_with_0_where_all_is_well()
    {
        var input = Path.Combine(_folder, "in.jsonl");
        await File.WriteAllTextAsync(input, """{"id":"a","text":"Ja graag!"}""", Cancel);

        Assert.Equal(0, await Run("classify", "--in", input, "--out", Path.Combine(_folder, "out.jsonl")));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told_with_what_to_do() =>
        Assert.Contains("Name a file with one JSON object per line", (await Assert.ThrowsAsync<CommandException>(() => Run("score", "--in", Path.Combine(_folder, "none")))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Input_and_output_are_not_the_same_file()
    {
        var file = Path.Combine(_folder, "in.jsonl");

        Assert.Contains("name another", (await Assert.ThrowsAsync<CommandException>(() => Run("classify", "--in", file, "--out", file))).Message, StringComparison.Ordinal);
    }

    private static Task<int> Run(params string[] arguments) =>
        RepliesCommand.Create().Parse(arguments).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, Cancel);
}
