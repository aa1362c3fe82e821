using Winback.LocalHost;

namespace Winback.Tests.LocalHost;

public sealed class HostJsonTests
{
    private static readonly AppSettings NoSettings = new(new Dictionary<string, string>());

    [Fact]
    public void Reads_what_it_heeds()
    {
        var host = HostJson.Parse("host.json", """
            {
              // As on the real host comments are allowed.
              "version": "2.0",
              "functionTimeout": "00:10:00",
              "extensions": {
                "http": { "routePrefix": "/web/" },
                "queues": { "batchSize": 4, "newBatchThreshold": 1, "maxDequeueCount": 3, "visibilityTimeout": "00:00:30",
                            "maxPollingInterval": "00:00:02", "messageEncoding": "none" }
              },
              "customHandler": {
                "description": { "defaultExecutablePath": "App", "arguments": ["serve", "--quiet"] },
                "initializationTimeout": "00:01:00",
                "enableProxyingHttpRequest": true
              }
            }
            """, NoSettings);

        Assert.Equal("App", host.ExecutablePath);
        Assert.Equal(["serve", "--quiet"], host.Arguments);
        Assert.Equal(TimeSpan.FromMinutes(1), host.InitializationTimeout);
        Assert.Equal(TimeSpan.FromMinutes(10), host.FunctionTimeout);
        Assert.Equal("web", host.RoutePrefix);
        Assert.True(host.ProxiesHttp);
        Assert.Equal(
            new QueueSettings
            {
                BatchSize = 4,
                NewBatchThreshold = 1,
                MaxDequeueCount = 3,
                VisibilityTimeout = TimeSpan.FromSeconds(30),
                MaxPollingInterval = TimeSpan.FromSeconds(2),
                MessagesAreBase64 = false,
            },
            host.Queues);
    }

    [Fact]
    public void Takes_the_real_hosts_defaults()
    {
        var host = HostJson.Parse("host.json", Json(""), NoSettings);

        Assert.Empty(host.Arguments);
        Assert.Equal(TimeSpan.FromSeconds(30), host.InitializationTimeout);
        Assert.Equal(TimeSpan.FromMinutes(30), host.FunctionTimeout);
        Assert.Equal("api", host.RoutePrefix);
        Assert.False(host.ProxiesHttp);
        Assert.Equal(
            new QueueSettings
            {
                BatchSize = 16,
                NewBatchThreshold = 8,
                MaxDequeueCount = 5,
                VisibilityTimeout = TimeSpan.Zero,
                MaxPollingInterval = TimeSpan.FromMinutes(1),
                MessagesAreBase64 = true,
            },
            host.Queues);
    }

    [Fact]
    public void A_setting_overrides_a_value()
    {
        var settings = new AppSettings(new Dictionary<string, string> { ["AzureFunctionsJobHost__extensions__queues__maxDequeueCount"] = "2" });

        Assert.Equal(2, HostJson.Parse("host.json", Json(""), settings).Queues.MaxDequeueCount);
    }

    [Fact]
    public void Minus_one_is_no_function_timeout() =>
        Assert.Equal(Timeout.InfiniteTimeSpan, HostJson.Parse("host.json", Json("""
            , "functionTimeout": "-1"
            """), NoSettings).FunctionTimeout);

    [Fact]
    public void An_empty_route_prefix_is_none() =>
        Assert.Equal("", HostJson.Parse("host.json", Json("""
            , "extensions": { "http": { "routePrefix": "" } }
            """), NoSettings).RoutePrefix);

    [Theory]
    [InlineData("""{ "version": "2.0" }""", "customHandler.description.defaultExecutablePath is missing")]
    [InlineData("""{ "version": """, "is not valid JSON")]
    [InlineData("""{ "functionTimeout": "ten minutes" , "customHandler": { "description": { "defaultExecutablePath": "App" } } }""", "functionTimeout is 'ten minutes'; write a time")]
    [InlineData("""{ "extensions": { "queues": { "batchSize": 33 } }, "customHandler": { "description": { "defaultExecutablePath": "App" } } }""", "extensions.queues.batchSize is '33'; write a whole number from 1 to 32")]
    [InlineData("""{ "extensions": { "queues": { "messageEncoding": "utf8" } }, "customHandler": { "description": { "defaultExecutablePath": "App" } } }""", "extensions.queues.messageEncoding must be")]
    [InlineData("""{ "customHandler": { "enableProxyingHttpRequest": "yes", "description": { "defaultExecutablePath": "App" } } }""", "customHandler.enableProxyingHttpRequest is 'yes'; write true or false")]
    [InlineData("""{ "customHandler": { "description": { "defaultExecutablePath": "App", "arguments": "serve" } } }""", "customHandler.description.arguments must be an array")]
    public void Says_which_setting_of_which_file_is_wrong(string json, string expected)
    {
        var e = Assert.Throws<HostConfigurationException>(() => HostJson.Parse("the/host.json", json, NoSettings));

        Assert.StartsWith("the/host.json", e.Message);
        Assert.Contains(expected, e.Message);
    }

    private static string Json(string more) => """{ "version": "2.0", "customHandler": { "description": { "defaultExecutablePath": "App" } }""" + more + " }";
}
