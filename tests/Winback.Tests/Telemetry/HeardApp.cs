using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Winback.Outreach;
using Winback.Scan;
using Winback.Tests.Hosting;
using Winback.Tests.MailEvents;

namespace Winback.Tests.Telemetry;

/// <summary>The app as the Functions host calls it, with somebody who hears what it tells.</summary>
internal sealed class HeardApp : IAsyncDisposable
{
    private HeardApp(TestApp app) => (App, Heard) = (app, new Heard(app.Services));

    public TestApp App { get; }

    public Heard Heard { get; }

    public static async Task<HeardApp> StartAsync(params (string Name, string Value)[] settings) =>
        new(await TestApp.StartAsync([("MailEvents:PublicKeys:0", EventPost.PublicKey), .. settings]));

    /// <summary>One whole scan, a second from now, and everything that it queues; each message as often as told.</summary>
    public async Task ScanAndSendAsync(int times = 1)
    {
        App.Parts.Time.Advance(TimeSpan.FromSeconds(1));
        await TimerAsync("scan");
        foreach (var shard in App.Parts.ShardQueue.Messages)
        {
            App.Parts.ShardQueue.Remove(shard);
            for (var i = 0; i < times; i++) await QueueAsync("scan-shard", shard, ScanJson.Default.ShardMessage);
        }
        foreach (var message in App.Parts.OutreachQueue.Messages)
        {
            App.Parts.OutreachQueue.Remove(message);
            for (var i = 0; i < times; i++) await QueueAsync("send-outreach", message, OutreachJson.Default.OutreachMessage);
        }
    }

    public Task TimerAsync(string function) => PostAsync(function, """{"Data":{"timer":{"IsPastDue":false}},"Metadata":{}}""", HttpStatusCode.OK);

    public Task QueueAsync<T>(string function, T message, JsonTypeInfo<T> type, HttpStatusCode status = HttpStatusCode.OK)
    {
        var bytes = Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(message, type));
        return PostAsync(function, $$$"""{"Data":{"message":"{{{bytes}}}"},"Metadata":{}}""", status);
    }

    public async Task PostAsync(string function, string envelope, HttpStatusCode status)
    {
        using var answer = await App.SendAsync(HttpMethod.Post, "/" + function, new StringContent(envelope, Encoding.UTF8, "application/json"));
        await TestApp.TextAsync(answer, status);
    }

    /// <summary>A sale as the till tells it.</summary>
    public async Task BuyAsync(string customer, string date, decimal amount, string order)
    {
        using var answer = await App.PostJsonAsync("/api/purchases", JsonSerializer.Serialize(new { customer, date, amount, order }));
        Assert.True(answer.IsSuccessStatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        Heard.Dispose();
        await App.DisposeAsync();
    }
}
