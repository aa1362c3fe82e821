using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Winback.Replies.Reading;

namespace Winback.Benchmarks;

/// <summary><c>replies</c>: how long the reading of one reply takes.</summary>
internal static class RepliesCommand
{
    /// <summary>The most that a reply may take on average.</summary>
    private const double TargetMilliseconds = 1;

    public static Command Create()
    {
        var input = new Option<string>("--in") { Description = "File of JSON lines with \"subject\", \"headers\" and \"text\".", DefaultValueFactory = _ => "tests/Winback.Tests/Fixtures/replies/development.jsonl" };
        var rounds = new Option<int>("--rounds") { Description = "How often the file is read.", DefaultValueFactory = _ => 20 };
        var command = new Command("replies", "Read replies again and again on one core. Exit code 1 when one takes 1 ms or more on average.") { input, rounds };
        command.SetAction(result => Run(result.GetRequiredValue(input), Math.Max(1, result.GetValue(rounds))));
        return command;
    }

    private static int Run(string path, int rounds)
    {
        var mails = File.ReadLines(path).Select(Mail).ToList();
        var reader = new ReplyReader(Lexicon.Load(Lexicon.ShippedFolder));
        foreach (var mail in mails) reader.Read(mail);
        var slowest = TimeSpan.Zero;
        var started = Stopwatch.GetTimestamp();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var mail in mails)
            {
                var at = Stopwatch.GetTimestamp();
                reader.Read(mail);
                if (Stopwatch.GetElapsedTime(at) is var taken && taken > slowest) slowest = taken;
            }
        }
        var average = Stopwatch.GetElapsedTime(started).TotalMilliseconds / (rounds * mails.Count);
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{mails.Count} replies, {rounds} times: {average:0.000} ms each on average, {slowest.TotalMilliseconds:0.0} ms the slowest"));
        return average < TargetMilliseconds ? 0 : 1;
    }

    private static IncomingReply Mail(string line)
    {
        using var json = JsonDocument.Parse(line);
        return new IncomingReply(Field("subject"), Field("headers"), Field("text"));

        string Field(string name) => json.RootElement.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
    }
}
