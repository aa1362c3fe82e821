using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Winback.Hosting;
using Winback.Outreach;
using Winback.Replies;
using Winback.Scan;
using Winback.Tests.Campaigns.Rendering;
using Winback.Tests.Fakes;

namespace Winback.Tests.Conventions;

/// <summary>The house rules that a look at the built app can check.</summary>
public sealed class AppTests
{
    private static readonly Assembly App = typeof(WinbackApp).Assembly;

    /// <summary>Every function.json by its function's name.</summary>
    private static readonly Dictionary<string, JsonElement> Functions = Directory
        .EnumerateFiles(Path.Combine(SampleMails.Repository, "src", "Winback"), "*.function.json", SearchOption.AllDirectories)
        .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .ToDictionary(f => Path.GetFileName(f)[..^".function.json".Length], f => JsonDocument.Parse(File.ReadAllText(f)).RootElement.GetProperty("bindings")[0]);

    [Fact]
    public async Task Every_function_has_its_route_and_every_route_its_function()
    {
        var routes = await RoutesAsync();
        var api = Functions.Single(f => f.Value.GetProperty("type").GetString() == "httpTrigger");
        Assert.Equal("{*path}", api.Value.GetProperty("route").GetString());
        // All but the routes behind /api are called by the Functions host, by the function's name.
        Assert.Equal(
            Functions.Keys.Where(f => f != api.Key).Select(f => $"POST /{f}").Order(StringComparer.Ordinal),
            routes.Where(r => !r.Contains(" /api/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains("GET /api/health", routes);
    }

    [Fact]
    public void Every_queue_that_the_app_fills_has_a_function_and_its_poison_queue_too() =>
        Assert.Equal(
            new[] { StorageOutreachQueue.QueueName, StorageScanQueue.QueueName, StorageReplyQueues.ReadQueue, StorageReplyQueues.FollowUpQueue }.SelectMany(q => new[] { q, $"{q}-poison" }).Order(StringComparer.Ordinal),
            Functions.Values.Where(f => f.GetProperty("type").GetString() == "queueTrigger").Select(f => f.GetProperty("queueName").GetString()).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_queue_function_takes_bytes_from_the_apps_storage() =>
        Assert.All(
            Functions.Values.Where(f => f.GetProperty("type").GetString() == "queueTrigger"),
            f => Assert.Equal(("binary", "AzureWebJobsStorage"), (f.GetProperty("dataType").GetString(), f.GetProperty("connection").GetString())));

    [Fact]
    public void Every_class_is_sealed_static_or_abstract() =>
        Assert.DoesNotContain(
            App.GetTypes(), t => t is { IsClass: true, IsSealed: false, IsAbstract: false, Name: not "Program" } && !t.IsDefined(typeof(CompilerGeneratedAttribute)));

    [Fact]
    public void Every_setting_is_documented()
    {
        var documented = XDocument.Load(Path.ChangeExtension(App.Location, ".xml")).Descendants("member").Select(m => m.Attribute("name")!.Value).ToHashSet();
        var settings = App.GetTypes().Where(t => t.IsAssignableTo(typeof(ICheckedOptions)) && t.IsClass).SelectMany(t => t.GetProperties())
            .Where(p => p.CanWrite || p.PropertyType.IsGenericType).Select(p => $"P:{p.DeclaringType!.FullName}.{p.Name}").ToList();
        Assert.InRange(settings.Count, 20, 200);
        Assert.Subset(documented, settings.ToHashSet());
    }

    private static async Task<List<string>> RoutesAsync()
    {
        using var fakes = new InMemoryApp();
        var builder = WebApplication.CreateSlimBuilder();
        fakes.AddTo(builder.Services);
        await using var app = WinbackApp.Map(builder);
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => $"{m} {e.RoutePattern.RawText}"))];
    }
}
