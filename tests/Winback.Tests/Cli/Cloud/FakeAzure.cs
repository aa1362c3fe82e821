using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using Winback.Cli.Cloud;

namespace Winback.Tests.Cli.Cloud;

/// <summary>
/// Key Vault and Resource Manager on the wire, as far as Winback asks them
/// (https://learn.microsoft.com/rest/api/keyvault/secrets, https://learn.microsoft.com/rest/api/appservice/web-apps).
/// </summary>
internal sealed class FakeAzure : HttpMessageHandler
{
    public const string VaultUrl = "https://kv-linde.vault.azure.net";
    public const string SiteId = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-linde/providers/Microsoft.Web/sites/func-linde";

    private readonly Dictionary<string, List<(string Version, string Value, int Second)>> _secrets = new(StringComparer.Ordinal);
    private int _made;

    public FakeAzure() => Login = new AzureLogin(new Somebody(), new HttpClientTransport(this));

    public AzureLogin Login { get; }

    /// <summary>Secrets that were deleted and can be recovered.</summary>
    public HashSet<string> Deleted { get; } = new(StringComparer.Ordinal);

    /// <summary>What every request is answered with while it is set: an inner code of a 403.</summary>
    public string? Forbidden { get; set; }

    /// <summary>What somebody else does at the moment in which a secret was added; once.</summary>
    public Action? Meanwhile { get; set; }

    /// <summary>The app's settings.</summary>
    public Dictionary<string, string> Settings { get; } = new(StringComparer.Ordinal);

    /// <summary>As "GET mailbox-key" or "POST config/...".</summary>
    public List<string> Requests { get; } = [];

    public string Value(string secret) => _secrets[secret][^1].Value;

    public IEnumerable<string> All => _secrets.Values.SelectMany(s => s.Select(v => v.Value));

    public int Versions(string secret) => _secrets.TryGetValue(secret, out var versions) ? versions.Count : 0;

    /// <param name="isOlder">It was there before all others, though seen only now.</param>
    public string Add(string secret, string value, bool isOlder = false)
    {
        var version = (++_made).ToString("x32", CultureInfo.InvariantCulture);
        if (!_secrets.TryGetValue(secret, out var versions)) _secrets[secret] = versions = [];
        versions.Add((version, value, isOlder ? 0 : _made));
        return version;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.Authorization is null)
        {
            var challenge = Error(401, "Unauthorized", null);
            challenge.Headers.Add("WWW-Authenticate", "Bearer authorization=\"https://login.microsoftonline.com/tenant\", resource=\"https://vault.azure.net\"");
            return challenge;
        }
        if (Forbidden is not null) return Error(403, "Forbidden", Forbidden);
        var path = request.RequestUri!.AbsolutePath;
        if (request.RequestUri.Host == "management.azure.com") return Manage(request, path);
        var parts = path.Trim('/').Split('/');
        Requests.Add($"{request.Method} {string.Join('/', parts[1..])}");
        return request.Method == HttpMethod.Put ? Put(parts[1], JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!["value"]!.GetValue<string>())
            : parts is [_, var name, "versions"] ? Json(new JsonObject { ["value"] = new JsonArray([.. _secrets.GetValueOrDefault(name, []).AsEnumerable().Reverse().Select(v => Describe(name, v))]) })
            : Get(parts[1], parts.ElementAtOrDefault(2));
    }

    private HttpResponseMessage Manage(HttpRequestMessage request, string path)
    {
        if (!path.StartsWith(SiteId + "/", StringComparison.Ordinal)) return Error(404, "ResourceNotFound", null);
        Requests.Add($"{request.Method} {path[(SiteId.Length + 1)..]}{request.RequestUri!.Query}");
        return Json(new JsonObject { ["properties"] = new JsonObject(Settings.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)s.Value))) });
    }

    private HttpResponseMessage Put(string name, string value)
    {
        if (Deleted.Contains(name)) return Error(409, "Conflict", "ObjectIsDeletedButRecoverable");
        Add(name, value);
        var mine = _secrets[name][^1];
        var (meanwhile, _) = (Meanwhile, Meanwhile = null);
        meanwhile?.Invoke();
        return Json(Describe(name, mine));
    }

    private HttpResponseMessage Get(string name, string? version) =>
        _secrets.TryGetValue(name, out var versions) && (string.IsNullOrEmpty(version) ? versions.Count : versions.FindIndex(v => v.Version == version) + 1) is var at and > 0
            ? Json(Describe(name, versions[at - 1], withValue: true))
            : Error(404, "SecretNotFound", null);

    private static JsonObject Describe(string name, (string Version, string Value, int Second) v, bool withValue = false)
    {
        var described = new JsonObject { ["id"] = $"{VaultUrl}/secrets/{name}/{v.Version}", ["attributes"] = new JsonObject { ["enabled"] = true, ["created"] = 1_790_000_000 + v.Second } };
        if (withValue) described["value"] = v.Value;
        return described;
    }

    private static HttpResponseMessage Json(JsonObject body) =>
        new(HttpStatusCode.OK) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };

    private static HttpResponseMessage Error(int status, string code, string? inner)
    {
        var error = new JsonObject { ["code"] = code, ["message"] = "no" };
        if (inner is not null) error["innererror"] = new JsonObject { ["code"] = inner };
        var answer = Json(new JsonObject { ["error"] = error });
        answer.StatusCode = (HttpStatusCode)status;
        return answer;
    }

    private sealed class Somebody : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new("token", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
