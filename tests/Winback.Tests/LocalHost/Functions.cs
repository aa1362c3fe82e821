using NCrontab;
using Winback.LocalHost;

namespace Winback.Tests.LocalHost;

internal static class Functions
{
    public static TimerFunction Timer(string schedule, bool runsOnStartup = false) =>
        new("scan", false, "timer", CrontabSchedule.Parse(schedule, new CrontabSchedule.ParseOptions { IncludingSeconds = true }), runsOnStartup);

    public static QueueFunction Queue(bool isBinary = true) => new("send-outreach", false, "message", "send-outreach", "", isBinary);

    public static HttpFunction Http(string route = "{*path}", params string[] methods) => new("web", false, route, methods);
}
