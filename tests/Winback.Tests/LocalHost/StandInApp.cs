using System.Net;
using System.Text;
using Winback.LocalHost;

namespace Winback.Tests.LocalHost;

/// <summary>An app without a process: answers in memory, and keeps what it was sent.</summary>
internal sealed class StandInApp : HttpMessageHandler, IRunningApp
{
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Uri Address { get; } = new("http://127.0.0.1:7071/");

    public Task Exited => _exited.Task;

    public bool WasKilled { get; private set; }

    public List<(HttpRequestMessage Request, string Body)> Requests { get; } = [];

    public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Answers { get; set; } = (_, _) => Task.FromResult(Json("{}"));

    public static HttpResponseMessage Json(string body) => new(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    public Task<IRunningApp> WhenReady(CancellationToken cancellationToken) => Task.FromResult<IRunningApp>(this);

    public void Kill()
    {
        WasKilled = true;
        Crash();
    }

    public void Crash() => _exited.TrySetResult();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add((request, request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken)));
        return await Answers(request, cancellationToken);
    }
}
