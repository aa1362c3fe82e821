using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;

namespace Winback.Hosting;

/// <summary>
/// Tells a caller what is wrong with a request that cannot be read: JSON that is not as documented, a body over the limit or broken off.
/// Without it a 400 would be empty, and what only shows while reading would be a 500.
/// </summary>
internal sealed class UnreadableRequests : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException bad) return false;
        var detail = bad switch
        {
            { InnerException: JsonException json } => $"The body is not the JSON that is asked for, at {json.Path ?? "$"}.",
            { StatusCode: StatusCodes.Status413PayloadTooLarge } => "The body is too large.",
            { StatusCode: StatusCodes.Status415UnsupportedMediaType } => "The body must be application/json.",
            _ => "The body is missing or broken off.",
        };
        await Results.Problem(detail, statusCode: bad.StatusCode).ExecuteAsync(httpContext);
        return true;
    }
}
