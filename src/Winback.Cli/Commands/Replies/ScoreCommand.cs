using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Winback.Cli.Commands.Replies;

/// <summary><c>winback replies score</c>: how far readings agree with labels that people gave.</summary>
internal static class ScoreCommand
{
    public static Command Create()
    {
        var input = new Option<string>("--in") { Description = "File of labelled replies: the lines of classify with \"reply\", \"automatic\", \"reason\", \"subReason\" and \"intents\" as they should be.", Required = true };
        var lexicon = RepliesCommand.LexiconOption();
        var json = Screens.JsonOption();
        var command = new Command("score", "Read labelled replies and say how many are right and which are not.\nExample: winback replies score --in labelled.jsonl") { input, lexicon, json };
        command.SetAction((result, cancel) => RunAsync(result.GetRequiredValue(input), result.GetValue(lexicon), result.GetValue(json), cancel));
        return command;
    }

    private static async Task<int> RunAsync(string input, string? lexicon, bool json, CancellationToken cancel)
    {
        var reader = RepliesCommand.Reader(lexicon);
        var lines = new ReplyLines(input);
        var score = new ReplyScore();
        await foreach (var (_, line) in lines.ReadAsync(ReplyLinesJson.Default.LabelledLine, ProblemOf, cancel)) score.Add(line, reader.Read(line.Mail));
        var figures = score.Figures(lines.Bad);
        if (json) Console.WriteLine(JsonSerializer.Serialize(figures, ReplyLinesJson.Readable.ReplyFigures));
        else Show(figures);
        return lines.Bad == 0 ? 0 : 1;
    }

    public static string? ProblemOf(LabelledLine line) => line switch
    {
        { Id: null } or { Text: null } => "has no \"id\" or no \"text\"",
        { Automatic: null } => "has no \"automatic\"; write true or false",
        { Automatic: false, Reply: null } => "has no \"reply\"; write the new text of the mail",
        { Automatic: false, Reason: null } => "has no \"reason\"; write none where there is none",
        { Automatic: false, Intents: null } => "has no \"intents\"; write [] where there are none",
        _ => null,
    };

    private static void Show(ReplyFigures f)
    {
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{f.Replies} replies, {f.Human} by people"));
        foreach (var (name, value) in new[] { ("automatic", f.Automatic), ("reason", f.Reason), ("sub-reason", f.SubReason), ("extracted text", f.Text), ("intents, micro-F1", f.IntentsF1) })
            AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-18} {value:0.000}"));
        if (f.Confusions.Count > 0) AnsiConsole.WriteLine("Wrong (label, read as, ids):");
        foreach (var c in f.Confusions) AnsiConsole.WriteLine($"  {c.Label} -> {c.Read}: {string.Join(' ', c.Ids)}");
    }
}
