using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Winback.Replies.Reading;

namespace Winback.Cli.Commands.Replies;

/// <summary>A line of the input of <c>classify</c>.</summary>
internal sealed record ReplyLine(string? Id, string? Subject, string? Headers, string? Text)
{
    public IncomingReply Mail => new(Subject ?? "", Headers ?? "", Text ?? "");
}

/// <summary>A line of the input of <c>score</c>: what should come out of it.</summary>
internal sealed record LabelledLine(
    string? Id, string? Subject, string? Headers, string? Text, string? Reply, bool? Automatic, Reason? Reason, SubReason? SubReason, List<Intent>? Intents)
{
    public IncomingReply Mail => new(Subject ?? "", Headers ?? "", Text ?? "");
}

/// <summary>A line of the output of <c>classify</c>.</summary>
internal sealed record ReadLine(
    string Id, string Reply, bool Automatic, Reason Reason, SubReason SubReason, IReadOnlyList<Intent> Intents, IReadOnlyDictionary<string, double> Confidence,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Evidence)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? ReturnDate { get; init; }

    public static ReadLine Of(string id, ReplyReading r) => new(
        id, r.Reply, r.Automatic, r.Reason, r.SubReason, r.Intents, r.Confidence, r.Evidence.ToDictionary(e => e.Key, IReadOnlyList<string> (e) => e.Value))
    { ReturnDate = r.ReturnDate };
}

/// <summary>Reads JSON lines one by one. A bad one is told and passed over; the others go on.</summary>
internal sealed class ReplyLines(string path)
{
    /// <summary>How many lines could not be used.</summary>
    public int Bad { get; private set; }

    public async IAsyncEnumerable<(int Line, T Value)> ReadAsync<T>(
        System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, Func<T, string?> problemOf, [EnumeratorCancellation] CancellationToken cancel)
        where T : class
    {
        using var reader = Open();
        var number = 0;
        while (await reader.ReadLineAsync(cancel) is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            var (value, problem) = Parse(line, type);
            problem ??= problemOf(value!);
            if (problem is null)
            {
                yield return (number, value!);
                continue;
            }
            Bad++;
            await Console.Error.WriteLineAsync($"{path}, line {number}: {problem}.");
        }
    }

    private StreamReader Open()
    {
        try
        {
            return path == "-" ? new StreamReader(Console.OpenStandardInput()) : new StreamReader(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path} cannot be read: {e.Message} Name a file with one JSON object per line, or - for standard input.");
        }
    }

    private static (T? Value, string? Problem) Parse<T>(string line, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(line, type) is { } value ? (value, null) : (null, "is null; write one JSON object");
        }
        catch (JsonException e)
        {
            var place = e.BytePositionInLine is { } position ? $" (near byte {position})" : "";
            return (null, $"is no such JSON object{place}: {e.Message.Split(" Path:")[0].TrimEnd('.')}");
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReplyLine))]
[JsonSerializable(typeof(LabelledLine))]
[JsonSerializable(typeof(ReadLine))]
[JsonSerializable(typeof(ReplyFigures))]
internal sealed partial class ReplyLinesJson : JsonSerializerContext
{
    /// <summary>Accents and apostrophes as they are, for people to read; the output is no HTML.</summary>
    public static ReplyLinesJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
