using System.Security.Cryptography;
using System.Text;

namespace Winback.Hosting;

/// <summary>Settings under <c>Api</c>: who may call the routes that other systems use.</summary>
public sealed class ApiOptions : ICheckedOptions
{
    /// <summary>
    /// Per name (a till, a web shop) the SHA-256 of its key in hex, as <c>winback keys new NAME</c> prints it. To rotate, add a second name,
    /// move the caller, remove the first. Default none: those routes then answer 401.
    /// </summary>
    public IDictionary<string, string> Keys { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IEnumerable<string> Problems() =>
        from key in Keys
        where key.Value.Length != 64 || !key.Value.All(char.IsAsciiHexDigit)
        select $"Api__Keys__{key.Key}: is not a SHA-256 in hex; make one with: winback keys new {key.Key}";
}

/// <summary>API keys: made here, kept by their hash.</summary>
public static class ApiKeys
{
    public const string Header = "X-Api-Key";

    /// <summary>A new key of 256 random bits, and the hash to keep.</summary>
    public static (string Key, string Hash) New()
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        return (key, Hash(key));
    }

    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>
    /// The function is anonymous to the host, so the app checks the key itself: 401 without a valid one. Not an endpoint filter, since that
    /// runs after the body was read.
    /// </summary>
    public static RouteHandlerBuilder RequireApiKey(this RouteHandlerBuilder route)
    {
        route.Finally(endpoint =>
        {
            var next = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = http => IsValid(http.RequestServices.GetRequiredService<ApiOptions>(), http.Request.Headers[Header].ToString())
                ? next(http)
                : Results.Problem($"Send a valid key in the header {Header}.", statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(http);
        });
        return route;
    }

    public static bool IsValid(ApiOptions options, string key)
    {
        if (key.Length == 0) return false;
        var hash = Encoding.ASCII.GetBytes(Hash(key));
        var valid = false;
        foreach (var known in options.Keys.Values)
            valid |= CryptographicOperations.FixedTimeEquals(hash, Encoding.ASCII.GetBytes(known.ToLowerInvariant()));
        return valid;
    }
}
