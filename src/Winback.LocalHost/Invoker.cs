using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Winback.LocalHost;

/// <summary>Runs a function: posts its envelope and judges the answer. Never throws: what goes wrong is a failed invocation.</summary>
/// <param name="stopping">Cancelled when the host no longer waits for the app to be ready.</param>
internal delegate Task<InvocationResult> Invoke(FunctionJson function, JsonObject envelope, CancellationToken stopping);

/// <inheritdoc cref="Invoke"/>
internal sealed class Invoker(HttpMessageInvoker client, WhenReady whenReady, TimeSpan functionTimeout, HostLog log, TimeProvider time)
{
    /// <summary>The version of the real host whose behaviour is followed, and which it names in its requests.</summary>
    public const string HostVersion = "4.1037.0.0";

    public const string HostVersionHeader = "X-Azure-Functions-HostVersion";
    public const string InvocationIdHeader = "X-Azure-Functions-InvocationId";

    /// <inheritdoc cref="Invoke"/>
    public async Task<InvocationResult> InvokeAsync(FunctionJson function, JsonObject envelope, CancellationToken stopping)
    {
        IRunningApp app;
        try
        {
            app = await whenReady(stopping);
        }
        catch (OperationCanceledException)
        {
            return InvocationResult.Failed("the host stopped before the app was ready");
        }
        var id = Guid.NewGuid();
        var started = time.GetTimestamp();
        using var limit = new CancellationTokenSource(functionTimeout, time);
        var result = await RunAsync(app, function, id, envelope, limit.Token);
        var spent = $"after {time.GetElapsedTime(started).TotalMilliseconds:0} ms ({id})";
        if (result.Succeeded)
            log.Information($"{function.Name} succeeded {spent}.");
        else
            log.Error($"{function.Name} failed {spent}: {result.Failure}.");
        return result;
    }

    private async Task<InvocationResult> RunAsync(IRunningApp app, FunctionJson function, Guid id, JsonObject envelope, CancellationToken limit)
    {
        try
        {
            switch (await PostAsync(app, function, id, envelope, limit))
            {
                case Answer.Failed failed:
                    return InvocationResult.Failed(failed.Reason);
                case Answer.Succeeded succeeded:
                    foreach (var line in succeeded.Logs)
                        log.AppOutput(line);
                    if (succeeded.HasOutputs)
                        log.Warning($"{function.Name} answered with Outputs. This host has no output bindings: nothing was done with them.");
                    return InvocationResult.Success;
                case Answer.Hangs hangs:
                    log.Warning(
                        $"{function.Name}: {hangs.Reason}. The host takes that for no answer and waits until functionTimeout ({functionTimeout:c}): "
                        + "answer {} as application/json.");
                    await app.Exited.WaitAsync(limit);
                    return InvocationResult.Failed($"{hangs.Reason}, and the app ended");
                default:
                    throw new InvalidOperationException("An answer of an unknown kind.");
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            log.Error($"{function.Name} ran longer than functionTimeout ({functionTimeout:c}); the app is killed.");
            app.Kill();
            return InvocationResult.Failed("it ran longer than functionTimeout");
        }
        catch (HttpRequestException e)
        {
            return InvocationResult.Failed($"the app did not answer: {e.GetBaseException().Message.TrimEnd('.')}");
        }
    }

    private async Task<Answer> PostAsync(IRunningApp app, FunctionJson function, Guid id, JsonObject envelope, CancellationToken limit)
    {
        var body = new ByteArrayContent(Encoding.UTF8.GetBytes(Envelope.Serialize(envelope)));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.Address, function.Name)) { Content = body };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.Add(HostVersionHeader, HostVersion);
        request.Headers.Add(InvocationIdHeader, id.ToString());
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Azure-Functions-Host", HostVersion));
        using var response = await client.SendAsync(request, limit);
        var answer = await response.Content.ReadAsByteArrayAsync(limit);
        return Answer.Judge(response.StatusCode, response.Content.Headers.ContentType, answer);
    }
}
