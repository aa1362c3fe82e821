using System.Globalization;
using Spectre.Console;
using Winback.Customers;
using Winback.Replies;
using Winback.Replies.Answers;
using Winback.Replies.Reading;

namespace Winback.Cli.Commands.Replies;

/// <summary>What a command says about a reply.</summary>
/// <param name="Tasks">What the owner has to do about it.</param>
/// <param name="Answer">What the app answered by itself, and what became of that.</param>
/// <param name="SolveBefore">Of a complaint.</param>
internal sealed record ReplyReport(
    string Id, string? Customer, DateTimeOffset ReceivedAt, string Road, string MatchedBy, string? Campaign, string? Step, string Subject, string Text, bool Automatic,
    string Reason, string SubReason, IReadOnlyList<string> Intents, IReadOnlyDictionary<string, double> Confidence, DateTimeOffset? CorrectedAt, int Attachments, bool IsOpen,
    IReadOnlyList<string> Tasks, string? Answer, DateTimeOffset? SolveBefore, bool IsLate, DateTimeOffset? OwnerMailedAt, DateTimeOffset? EscalatedAt, DateTimeOffset? HandledAt,
    string? Solution)
{
    private const int MinBeginning = 6;

    /// <summary>The first digits of an id tell replies apart, and can be typed.</summary>
    public const int ShownId = 10;

    public static ReplyReport Of(Reply r, ReplyOptions options, DateTimeOffset now)
    {
        var reading = r.Standing ?? ReplyReading.Given("", Winback.Replies.Reading.Reason.None);
        return new ReplyReport(
            r.Id, r.Customer?.Value, r.ReceivedAt, Labels.Of(r.Road), Labels.Of(r.MatchedBy), r.Campaign, r.Step, r.Subject, r.Text, reading.Automatic, Labels.Of(reading.Reason),
            Labels.Of(reading.SubReason), [.. reading.Intents.Select(i => Labels.Of(i))], reading.Confidence, r.CorrectedAt, r.Attachments, r.IsOpen,
            [.. r.FollowUp.Tasks.Select(t => Labels.Of(t))], r.Answer is { } a ? $"{Labels.Of(a.Kind)}: {Labels.Of(a.State)}{(a.Problem is null ? "" : $", {a.Problem}")}" : null,
            r.FollowUp.OpensCase ? r.CaseSince + options.SolveWithin : null, CaseClock.IsLate(r, options, now), r.OwnerMailedAt, r.EscalatedAt, r.HandledAt, r.Solution)
        {
            Meaning = reading.Automatic ? "automatic" : string.Join(", ", reading.Findings().DefaultIfEmpty("–")),
        };
    }

    /// <summary>The one reply that a person means.</summary>
    /// <exception cref="CommandException">There is none, or more than one.</exception>
    public static async Task<Reply> FindAsync(IServiceProvider parts, string id, CancellationToken cancel)
    {
        var beginning = id.Trim().ToLowerInvariant();
        if (beginning.Length < MinBeginning || !beginning.All(char.IsAsciiHexDigitLower))
            throw new CommandException($"ID: \"{id}\" is no reply's id; write at least {MinBeginning} of its first characters, as winback replies list shows them.");
        var found = await parts.GetRequiredService<IReplyStore>().BeginningAsync(beginning, cancel).ToListAsync(cancel);
        // One that was assigned to a customer is there twice.
        return found.GroupBy(r => r.Id, StringComparer.Ordinal).ToList() switch
        {
            [] => throw new CommandException($"ID: there is no reply {id}. What there is: winback replies list --all"),
            [var same] => same.OrderBy(r => r.Customer is null).First(),
            _ => throw new CommandException($"ID: more than one reply begins with {id}; write more of it."),
        };
    }

    public static Table Show(IEnumerable<ReplyReport> replies, OwnerClock clock)
    {
        var table = new Table().RoundedBorder().AddColumns("Reply", "Received", "Customer", "Read as", "To do", "Says");
        foreach (var r in replies)
        {
            table.AddRow(
                new Text(r.Id[..ShownId]), new Text(Local(r.ReceivedAt, clock)), new Text(r.Customer ?? "nobody", r.Customer is null ? new Style(Color.Yellow) : Style.Plain),
                new Text(r.Meaning), new Text(!r.IsOpen ? "" : r.Customer is null ? "assign" : string.Join(", ", r.Tasks), r.IsLate ? new Style(Color.Red) : Style.Plain),
                new Text(Beginning(r.Text.Length > 0 ? r.Text : r.Subject)));
        }
        return table;
    }

    /// <summary>The reading in a few words.</summary>
    public required string Meaning { get; init; }

    public static string Local(DateTimeOffset at, OwnerClock clock) => TimeZoneInfo.ConvertTime(at, clock.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Beginning(string text)
    {
        const int length = 80;
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= length ? line : Reply.Cut(line, length) + "…";
    }
}
