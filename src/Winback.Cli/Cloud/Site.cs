using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Winback.Cli.Cloud;

/// <summary>The resource id of a function app.</summary>
internal sealed partial record SiteId
{
    public required string Value { get; init; }

    /// <exception cref="FormatException">It is none.</exception>
    public static SiteId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("is not the resource id of a function app");

    public static bool TryParse(string text, [NotNullWhen(true)] out SiteId? id)
    {
        id = Pattern().IsMatch(text) ? new SiteId { Value = text.TrimEnd('/') } : null;
        return id is not null;
    }

    [GeneratedRegex(
        "^/subscriptions/[0-9a-f-]{36}/resourceGroups/[^/?#%]{1,90}/providers/Microsoft.Web/sites/[a-z0-9-]{2,60}/?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}

/// <summary>A function app as Azure Resource Manager has it (public cloud).</summary>
internal sealed class Site(SiteId id, AzureLogin login)
{
    private const string Manager = "https://management.azure.com";

    private readonly HttpPipeline _pipeline = HttpPipelineBuilder.Build(
        login.Apply(new ManagerOptions()), new BearerTokenAuthenticationPolicy(login.Credential, $"{Manager}/.default"));

    /// <summary>The app's settings as they are set: references to Key Vault as references.</summary>
    /// <exception cref="CloudException">It cannot be read.</exception>
    public async Task<IReadOnlyDictionary<string, string>> SettingsAsync(CancellationToken cancel)
    {
        using var response = await PostAsync("config/appsettings/list?api-version=2024-04-01", cancel);
        try
        {
            using var answer = JsonDocument.Parse(response.Content);
            return answer.RootElement.GetProperty("properties").EnumerateObject()
                .ToDictionary(s => s.Name, s => s.Value.GetString() ?? "", StringComparer.Ordinal);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new CloudException("Azure did not answer with settings; is a proxy in between?", CloudProblem.Other, e);
        }
    }

    /// <summary>Has the app read its references to Key Vault anew; by itself it does so once a day.</summary>
    /// <exception cref="CloudException">It cannot be done.</exception>
    public async Task RefreshReferencesAsync(CancellationToken cancel)
    {
        using var response = await PostAsync("config/configreferences/appsettings/refresh?api-version=2022-03-01", cancel);
    }

    private Task<Response> PostAsync(string path, CancellationToken cancel) => AzureLogin.ExplainedAsync("Azure", Explain, async () =>
    {
        using var request = _pipeline.CreateRequest();
        request.Method = RequestMethod.Post;
        request.Uri.Reset(new Uri($"{Manager}{id.Value}/{path}"));
        request.Content = RequestContent.Create(BinaryData.Empty);
        var response = await _pipeline.SendRequestAsync(request, cancel);
        return response.IsError ? throw new RequestFailedException(response) : response;
    });

    private CloudException Explain(RequestFailedException e) => e.Status switch
    {
        404 => new(
            $"--site: there is no app {id.Value}, or whoever is logged in may not see it; azd env get-value AZURE_APP_ID says its id", CloudProblem.Other, e),
        401 or 403 => new(
            "--site: whoever is logged in may not do that with the app; give them the role Website Contributor on it", CloudProblem.MissingRole, e),
        _ => new($"--site: Azure answered {e.Status} {e.ErrorCode}; try again, and see https://status.azure.com", CloudProblem.Other, e),
    };

    private sealed class ManagerOptions : ClientOptions;
}
