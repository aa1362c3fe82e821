using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Polly;
using Polly.Extensions.Http;
using Polly.Retry;

namespace Winback.Mail;

/// <summary>How the HTTP client of SendGrid behaves: it retries only what surely did not send, and stops asking when nothing works.</summary>
public static class SendGridHttp
{
    /// <summary>How long nothing is asked after <see cref="BreakAfter"/> failures in a row.</summary>
    public static readonly TimeSpan BreakFor = TimeSpan.FromSeconds(30);

    public const int BreakAfter = 10;
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);
    private const int Retries = 3;

    /// <summary>A longer wait goes back to the queue rather than holding an invocation.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    public static IHttpClientBuilder AddSendGridPolicies(this IHttpClientBuilder builder, MailOptions options)
    {
        // Every policy below bounds its own part; the client's own limit would turn a wait into an unknown outcome.
        builder.ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan);
        return builder
            // One sender holds its client for as long as the app runs, so its connections, not its handlers, are renewed: an address may move.
            .UseSocketsHttpHandler((handler, _) => handler.PooledConnectionLifetime = ConnectionLifetime).SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .AddPolicyHandler((services, _) => Retry(services.GetRequiredService<TimeProvider>()))
            .AddPolicyHandler(HttpPolicyExtensions.HandleTransientHttpError()
                .Or<Polly.Timeout.TimeoutRejectedException>()
                .CircuitBreakerAsync(BreakAfter, BreakFor))
            .AddPolicyHandler(Policy.TimeoutAsync<HttpResponseMessage>(options.Timeout))
            .AddHttpMessageHandler(() => new WholeAnswers());
    }

    private static AsyncRetryPolicy<HttpResponseMessage> Retry(TimeProvider time) => Policy<HttpResponseMessage>
        .Handle<HttpRequestException>(IsBeforeSending)
        .OrResult(r => r.StatusCode == HttpStatusCode.TooManyRequests && Wait(0, r.Headers, time) <= LongestWait)
        .WaitAndRetryAsync(Retries, (attempt, outcome, _) => Wait(attempt, outcome.Result?.Headers, time), (_, _, _, _) => Task.CompletedTask);

    /// <summary>The connection was never made, so the request cannot have left.</summary>
    public static bool IsBeforeSending(HttpRequestException e) =>
        e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;

    /// <summary>X-RateLimit-Reset is the second, since 1970, from which SendGrid takes requests again.</summary>
    public static TimeSpan? ResetIn(HttpResponseHeaders headers, TimeProvider time)
    {
        if (!headers.TryGetValues("X-RateLimit-Reset", out var values)
            || !long.TryParse(values.FirstOrDefault(), CultureInfo.InvariantCulture, out var second)
            || second is < 0 or > 253402300799)
        {
            return null;
        }
        var wait = DateTimeOffset.FromUnixTimeSeconds(second) - time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    private static TimeSpan Wait(int attempt, HttpResponseHeaders? headers, TimeProvider time) =>
        (headers is null ? null : ResetIn(headers, time)) is { } reset
            ? reset + TimeSpan.FromMilliseconds(200)
            : TimeSpan.FromSeconds(Math.Pow(2, attempt)) + TimeSpan.FromMilliseconds(Random.Shared.Next(250));

    /// <summary>Reads the whole answer under the time-out of the attempt: the client would wait for its end without limit.</summary>
    private sealed class WholeAnswers : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            return response;
        }
    }
}
