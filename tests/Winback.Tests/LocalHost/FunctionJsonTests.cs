using Winback.LocalHost;

namespace Winback.Tests.LocalHost;

public sealed class FunctionJsonTests
{
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["ScanSchedule"] = "0 30 7 * * *",
        ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
        ["Elsewhere__queueServiceUri"] = "https://example.com/",
        ["Bad"] = "every day",
        ["FiveFields"] = "30 7 * * *",
    };

    [Fact]
    public void A_timer_takes_its_schedule_from_a_setting()
    {
        var timer = Assert.IsType<TimerFunction>(Parse("scan", """{"bindings":[{"type":"timerTrigger","direction":"in","name":"timer","schedule":"%ScanSchedule%"}]}"""));

        Assert.Equal(("scan", "timer", false), (timer.Name, timer.Binding, timer.RunsOnStartup));
        // The second field is minutes: seconds are included.
        Assert.Equal(new DateTime(2026, 3, 1, 7, 30, 0), timer.Schedule.GetNextOccurrence(new DateTime(2026, 3, 1, 0, 0, 0)));
    }

    [Theory]
    [InlineData(""", "connection":"AzureWebJobsStorage","dataType":"binary" """, true)]
    [InlineData(""", "connection":"" """, false)] // The default connection, and text.
    public void A_queue_knows_its_connection_and_form(string more, bool binary)
    {
        var queue = Assert.IsType<QueueFunction>(Parse("send", $$"""{"bindings":[{"type":"queueTrigger","direction":"in","name":"message","queueName":"send-outreach"{{more}} }]}"""));

        Assert.Equal(new QueueFunction("send", false, "message", "send-outreach", "UseDevelopmentStorage=true", binary), queue);
    }

    [Fact]
    public void An_http_function_has_a_route_and_methods()
    {
        const string Output = """{"type":"http","direction":"out","name":"response"}""";

        var open = Assert.IsType<HttpFunction>(Parse("web", $$"""{"bindings":[{"type":"httpTrigger","direction":"in","name":"request","route":"{*path}"},{{Output}}]}"""));
        var named = Assert.IsType<HttpFunction>(Parse("web", $$"""{"bindings":[{"type":"httpTrigger","direction":"in","name":"request","methods":["get"]},{{Output}}]}"""));

        Assert.Equal("{*path}", open.Route);
        Assert.Equal("web", named.Route);
        Assert.Equal(["get"], named.Methods);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("1", true)]
    [InlineData("false", false)]
    public void A_setting_disables_a_function(string value, bool disabled)
    {
        var settings = new AppSettings(new Dictionary<string, string>(Settings) { ["AzureWebJobs.scan.Disabled"] = value });

        Assert.Equal(disabled, FunctionJson.Parse("scan", "scan/function.json", """{"bindings":[{"type":"timerTrigger","name":"timer","schedule":"%ScanSchedule%"}]}""", settings).IsDisabled);
    }

    [Theory]
    [InlineData("""{"bindings":[]}""", "bindings must hold exactly one trigger")]
    [InlineData("""{"bindings":[{"type":"blobTrigger","name":"blob"}]}""", "bindings[0]: type 'blobTrigger' is not supported")]
    [InlineData("""{"bindings":[{"type":"timerTrigger","name":"timer","schedule":"%ScanSchedule%"},{"type":"queue","direction":"out","name":"out"}]}""", "bindings[1]: type 'queue' is not supported")]
    [InlineData("""{"retry":{"strategy":"fixedDelay"},"bindings":[{"type":"timerTrigger","name":"timer","schedule":"%ScanSchedule%"}]}""", "retry is not supported")]
    [InlineData("""{"bindings":[{"type":"timerTrigger","name":"timer","schedule":"%Missing%"}]}""", "schedule needs the setting Missing")]
    [InlineData("""{"bindings":[{"type":"timerTrigger","name":"timer","schedule":"%Bad%"}]}""", "schedule '%Bad%' is 'every day', which is no NCRONTAB")]
    [InlineData("""{"bindings":[{"type":"timerTrigger","name":"timer","schedule":"%FiveFields%"}]}""", "six fields")]
    [InlineData("""{"bindings":[{"type":"timerTrigger","schedule":"%ScanSchedule%"}]}""", "name is missing")]
    [InlineData("""{"bindings":[{"type":"queueTrigger","name":"message"}]}""", "queueName is missing")]
    [InlineData("""{"bindings":[{"type":"queueTrigger","name":"message","queueName":"q","connection":"Missing"}]}""", "names the setting Missing, which is missing")]
    [InlineData("""{"bindings":[{"type":"queueTrigger","name":"message","queueName":"q","connection":"Elsewhere"}]}""", "given as an identity")]
    public void Says_which_setting_of_which_file_is_wrong(string json, string expected)
    {
        var e = Assert.Throws<HostConfigurationException>(() => Parse("scan", json));

        Assert.StartsWith("scan/function.json", e.Message);
        Assert.Contains(expected, e.Message);
    }

    [Fact]
    public void A_folder_that_is_no_function_name_is_refused() =>
        Assert.Contains("no function name", Assert.Throws<HostConfigurationException>(() => Parse("1st", """{"bindings":[]}""")).Message);

    private static FunctionJson Parse(string name, string json) => FunctionJson.Parse(name, $"{name}/function.json", json, new AppSettings(Settings));
}
