using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Winback.Customers;
using Winback.Replies;

namespace Winback.Cli.Commands.Replies;

/// <summary><c>winback replies show ID</c>: one reply whole.</summary>
internal static class ShowCommand
{
    public static Command Create()
    {
        var id = IdArgument();
        var json = Screens.JsonOption();
        var command = new Command("show", "One reply: its words, how it was read and on which words that rests, what followed.\nExample: winback replies show 3f2a90c1d4") { id, json };
        command.SetAction(async (result, cancel) =>
        {
            await using var parts = await Parts.OpenAsync(result, cancel);
            Print(parts, await ReplyReport.FindAsync(parts, result.GetRequiredValue(id), cancel), result.GetValue(json));
            return 0;
        });
        return command;
    }

    public static Argument<string> IdArgument() => new("ID") { Description = "The reply's id, or at least the first six characters of it." };

    /// <summary>Shows a reply as it is now.</summary>
    public static void Print(IServiceProvider parts, Reply reply, bool json)
    {
        var clock = parts.GetRequiredService<OwnerClock>();
        var report = ReplyReport.Of(reply, parts.GetRequiredService<ReplyOptions>(), clock.Now.Instant);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(report, CommandJson.Default.ReplyReport));
            return;
        }
        AnsiConsole.WriteLine($"Reply {report.Id} of {(report.Customer is { } customer ? $"customer {customer}" : "nobody that is known")}, {ReplyReport.Local(report.ReceivedAt, clock)}, by {report.Road}");
        if (report.Subject.Length > 0) AnsiConsole.WriteLine($"Subject: {report.Subject}");
        AnsiConsole.Write(new Panel(new Text(report.Text)).RoundedBorder());
        AnsiConsole.WriteLine($"Read as: {report.Meaning}{(report.CorrectedAt is null ? "" : " (corrected)")}");
        if (reply.Standing is { } reading)
            foreach (var (label, words) in reading.Evidence) AnsiConsole.WriteLine($"  {label} rests on: {string.Join(" · ", words)}");
        foreach (var line in WhyReply.Events(reply).Skip(1)) AnsiConsole.WriteLine($"{ReplyReport.Local(line.At, clock)}  {line.What}");
        if (report.IsOpen) AnsiConsole.WriteLine($"To do: {(report.Customer is null ? "assign it to a customer" : string.Join(", ", report.Tasks))}{(report.SolveBefore is { } due ? $", before {ReplyReport.Local(due, clock)}" : "")}");
    }
}
