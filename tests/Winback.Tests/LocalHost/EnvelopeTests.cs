using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Storage.Queues.Models;
using Winback.LocalHost;

namespace Winback.Tests.LocalHost;

/// <summary>Fixtures/host holds bodies that a real host (4.1037) posted.</summary>
public sealed class EnvelopeTests
{
    private const string ObjectMessage = """{"id":1,"kind":"object","nested":{"a":[1,2]}}""";

    [Fact]
    public void A_binary_message_is_posted_as_recorded() =>
        AssertAsRecorded("queue-binary.json", now => Envelope.ForQueue(
            Functions.Queue(), Message("c544a686-f306-4eb5-a54c-acc0dcb2e9be"), """{"id":1,"kind":"object","nested":{"a":[1,2]}}"""u8, now));

    [Fact]
    public void A_text_message_is_posted_as_recorded_its_properties_over_the_hosts() =>
        AssertAsRecorded("queue-string.json", now => Envelope.ForQueue(
            Functions.Queue(isBinary: false), Message("c544a686-f306-4eb5-a54c-acc0dcb2e9be"), System.Text.Encoding.UTF8.GetBytes(ObjectMessage), now));

    [Fact]
    public void A_timer_is_posted_as_recorded() =>
        AssertAsRecorded("timer.json", now => Envelope.ForTimer(
            Functions.Timer("0 * * * * *"), At("2026-11-22T12:15:30.1537899Z"), At("2026-11-22T12:16:00Z"), now));

    [Fact]
    public void A_timer_that_runs_oftener_than_every_minute_has_no_status() =>
        Assert.Null(Envelope.ForTimer(Functions.Timer("*/20 * * * * *"), At("2026-11-22T12:15:40Z"), At("2026-11-22T12:16:00Z"), At("2026-11-22T12:16:00Z"))["Data"]!["timer"]!["ScheduleStatus"]);

    [Fact]
    public void The_first_run_of_a_timer_was_last_in_year_1() =>
        Assert.Equal(1, Envelope.ForTimer(Functions.Timer("0 0 8 * * *"), null, At("2026-11-22T08:00:00Z"), At("2026-11-22T08:00:00Z"))["Data"]!["timer"]!["ScheduleStatus"]!["Last"]!.GetValue<DateTimeOffset>().Year);

    [Theory]
    [InlineData("""{"on":true}""", "on", "\"True\"")]
    [InlineData("""{"amount":1.5}""", "amount", "\"1.5\"")]
    [InlineData("""{"DEQUEUECOUNT":"7"}""", "DequeueCount", "\"7\"")] // Whatever the case, the host's own value is gone.
    [InlineData("""{"list":[1]}""", "list", null)]
    [InlineData("""{"nothing":null}""", "nothing", null)]
    [InlineData("[1]", "0", null)]
    [InlineData("not JSON", "not", null)]
    public void Top_level_properties_of_a_text_message_become_metadata(string message, string name, string? expected) =>
        Assert.Equal(expected, (string?)Envelope.ForQueue(
            Functions.Queue(isBinary: false), Message("1"), System.Text.Encoding.UTF8.GetBytes(message), At("2026-11-22T12:12:38Z"))["Metadata"]![name]);

    private static void AssertAsRecorded(string fixture, Func<DateTimeOffset, JsonObject> build)
    {
        var recorded = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "host", fixture)))!;
        var sys = recorded["Metadata"]!["sys"]!;
        var built = build(At((string)sys["UtcNow"]!));
        Assert.NotEqual(Guid.Empty, built["Metadata"]!["sys"]!["RandGuid"]!.GetValue<Guid>());
        // The one value that can't be the same; and the text is compared, as the order and the form of values are part of what an app sees.
        built["Metadata"]!["sys"]!["RandGuid"] = (string)sys["RandGuid"]!;
        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "host", fixture)).Trim(), Envelope.Serialize(built));
    }

    private static QueueMessage Message(string id) => QueuesModelFactory.QueueMessage(
        id, "MjJOb3YyMDI2", "unused", 1, At("2026-11-22T12:12:37Z").AddMinutes(10).AddSeconds(1), At("2026-11-22T12:12:37Z"), At("2026-11-29T12:12:37Z"));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
