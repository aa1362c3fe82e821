using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Winback.Hosting;

/// <summary>
/// The custom handler's side of the Functions host: <c>POST /{FunctionName}</c> with a trigger envelope in, <c>{}</c> out.
/// These routes lie outside /api, so the host never lets the internet reach them.
/// (https://learn.microsoft.com/azure/azure-functions/functions-custom-handlers)
/// </summary>
public static partial class FunctionRoutes
{
    /// <summary>A timer-triggered function.</summary>
    public static void MapTimer(this WebApplication app, string function, Func<IServiceProvider, CancellationToken, Task> run) =>
        Map(app, function, (_, services, cancel) => run(services, cancel));

    /// <summary>A queue-triggered function whose messages are JSON.</summary>
    public static void MapQueue<T>(
        this WebApplication app, string function, JsonTypeInfo<T> type, Func<T, IServiceProvider, CancellationToken, Task> run) =>
        Map(app, function, async (envelope, services, cancel) =>
        {
            var message = JsonSerializer.Deserialize(QueueBytes(envelope), type) ?? throw new FormatException($"A {function} message is null.");
            await run(message, services, cancel);
        });

    /// <summary>A queue-triggered function that takes the message as it is.</summary>
    public static void MapRawQueue(
        this WebApplication app, string function, Func<RawMessage, IServiceProvider, CancellationToken, Task> run) =>
        Map(app, function, async (envelope, services, cancel) =>
            await run(new RawMessage(Metadata(envelope, "Id"), QueueBytes(envelope)), services, cancel));

    private static void Map(WebApplication app, string function, Func<JsonElement, IServiceProvider, CancellationToken, Task> run) =>
        app.MapPost("/" + function, async (HttpContext http, ILoggerFactory loggers) =>
        {
            try
            {
                using var envelope = await JsonDocument.ParseAsync(http.Request.Body, default, http.RequestAborted);
                await run(envelope.RootElement, http.RequestServices, http.RequestAborted);
                // An empty body would hang the invocation until functionTimeout.
                return Results.Content("{}", "application/json");
            }
            catch (Exception e) when (e is not OperationCanceledException || !http.RequestAborted.IsCancellationRequested)
            {
                LogFailed(loggers.CreateLogger("Winback.Function"), function, http.Request.Headers["X-Azure-Functions-InvocationId"].ToString(), e);
                return Results.Content("{}", "application/json", statusCode: StatusCodes.Status500InternalServerError);
            }
        });

    /// <summary>With dataType binary in function.json, Data holds one string: the message's bytes in base64.</summary>
    /// <exception cref="FormatException">Not such an envelope.</exception>
    private static byte[] QueueBytes(JsonElement envelope)
    {
        if (envelope.ValueKind != JsonValueKind.Object || !envelope.TryGetProperty("Data", out var data) || data.ValueKind != JsonValueKind.Object)
            throw new FormatException("The request is not a trigger envelope: it has no Data.");
        foreach (var binding in data.EnumerateObject())
        {
            if (binding.Value.ValueKind == JsonValueKind.String && binding.Value.TryGetBytesFromBase64(out var bytes)) return bytes;
        }
        throw new FormatException("The trigger envelope holds no message in base64; function.json must say \"dataType\": \"binary\".");
    }

    // The host writes strings of the metadata as JSON strings inside strings.
    private static string Metadata(JsonElement envelope, string name) =>
        envelope.TryGetProperty("Metadata", out var metadata) && metadata.TryGetProperty(name, out var value) ? value.ToString().Trim('"') : "";

    [LoggerMessage(100, LogLevel.Error, "Function {Function} failed, invocation {Invocation}")]
    private static partial void LogFailed(ILogger logger, string function, string invocation, Exception exception);
}

/// <summary>A queue message as it is.</summary>
/// <param name="Id">The queue's id for it.</param>
public sealed record RawMessage(string Id, byte[] Body);
