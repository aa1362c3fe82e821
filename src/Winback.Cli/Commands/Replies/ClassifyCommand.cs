using System.CommandLine;
using System.Text.Json;

namespace Winback.Cli.Commands.Replies;

/// <summary><c>winback replies classify</c>: one reading per line.</summary>
internal static class ClassifyCommand
{
    public static Command Create()
    {
        var input = new Option<string>("--in") { Description = "File with a line {\"id\",\"subject\",\"headers\",\"text\"} per reply, or - for standard input.", Required = true };
        var output = new Option<string>("--out") { Description = "File to write the readings to, or - for standard output.", Required = true };
        var lexicon = RepliesCommand.LexiconOption();
        var command = new Command(
            "classify", "Read replies from a file of JSON lines. A bad line is told and passed over; the exit code is then 1.\nExample: winback replies classify --in replies.jsonl --out out.jsonl") { input, output, lexicon };
        command.SetAction((result, cancel) => RunAsync(result.GetRequiredValue(input), result.GetRequiredValue(output), result.GetValue(lexicon), cancel));
        return command;
    }

    private static async Task<int> RunAsync(string input, string output, string? lexicon, CancellationToken cancel)
    {
        if (input != "-" && output != "-" && Path.GetFullPath(input) == Path.GetFullPath(output)) throw new CommandException("--out: is the file of --in; name another.");
        var reader = RepliesCommand.Reader(lexicon);
        var lines = new ReplyLines(input);
        await using var writer = Create(output);
        await foreach (var (_, line) in lines.ReadAsync(ReplyLinesJson.Default.ReplyLine, ProblemOf, cancel))
        {
            var reading = ReadLine.Of(line.Id!, reader.Read(line.Mail));
            await writer.WriteLineAsync(JsonSerializer.Serialize(reading, ReplyLinesJson.Readable.ReadLine));
        }
        return lines.Bad == 0 ? 0 : 1;
    }

    private static string? ProblemOf(ReplyLine line) =>
        line.Id is null ? "has no \"id\"; write {\"id\",\"subject\",\"headers\",\"text\"}" : line.Text is null ? "has no \"text\"; write {\"id\",\"subject\",\"headers\",\"text\"}" : null;

    private static StreamWriter Create(string path)
    {
        try
        {
            return new StreamWriter(path == "-" ? Console.OpenStandardOutput() : File.Create(path)) { NewLine = "\n" };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path} cannot be written: {e.Message} Name a file in a folder that exists, or - for standard output.");
        }
    }
}
