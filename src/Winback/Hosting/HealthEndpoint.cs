using System.Reflection;
using System.Text.Json.Serialization;
using Winback.Campaigns;
using Winback.Storage;

namespace Winback.Hosting;

/// <param name="Status">ok, or storage-away.</param>
/// <param name="Campaigns">How many are published and switched on; null while storage is away.</param>
public sealed record Health(string Status, string Version, int? Campaigns);

/// <summary><c>GET /api/health</c>: 200, or 503 while storage cannot be reached. Tells nothing about customers.</summary>
public static class HealthEndpoint
{
    /// <summary>Of this build of the app.</summary>
    public static readonly string Version =
        typeof(HealthEndpoint).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void MapHealth(this IEndpointRouteBuilder app) => app.MapGet("/api/health", Get);

    private static async Task<IResult> Get(StorageAccount storage, CampaignCatalog catalog, TimeProvider time, CancellationToken cancel)
    {
        using var brief = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(brief.Token, cancel);
        return await CountAsync(storage, catalog, either.Token) is { } campaigns
            ? Results.Json(new Health("ok", Version, campaigns), HealthJson.Default.Health)
            : Results.Json(new Health("storage-away", Version, null), HealthJson.Default.Health, statusCode: 503);
    }

    private static async Task<int?> CountAsync(StorageAccount storage, CampaignCatalog catalog, CancellationToken cancel)
    {
        try
        {
            return await storage.IsReachableAsync(cancel) ? (await catalog.CurrentAsync(cancel)).Ordered.Length : null;
        }
        catch (OperationCanceledException)
        {
            return null; // it went away in between
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Health))]
internal sealed partial class HealthJson : JsonSerializerContext;
