using System.Net;

namespace Winback.Tests.Mail;

/// <summary>A network that answers as told, one request after the other, and remembers what was asked.</summary>
internal sealed class ScriptedHandler : HttpMessageHandler
{
    private readonly Queue<Func<CancellationToken, Task<HttpResponseMessage>>> _answers = new();

    public List<(HttpRequestMessage Request, string Body)> Requests { get; } = [];

    public void Enqueue(Func<CancellationToken, Task<HttpResponseMessage>> answer) => _answers.Enqueue(answer);

    public void Throw(Exception exception) => Enqueue(_ => Task.FromException<HttpResponseMessage>(exception));

    public void Answer(HttpStatusCode status, params (string Name, string Value)[] headers) => Enqueue(_ =>
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent("") };
        foreach (var (name, value) in headers) response.Headers.Add(name, value);
        return Task.FromResult(response);
    });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add((request, request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken)));
        return await _answers.Dequeue()(cancellationToken);
    }
}
