using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Winback.Cli.Local;

/// <summary>A mail in the inbox.</summary>
public sealed record InboxMail(
    string Id, string Subject, string? Text, string? Html, IReadOnlyList<InboxParty> To, IReadOnlyList<InboxParty>? ReplyTo,
    IReadOnlyDictionary<string, JsonElement> Headers)
{
    public string Recipient => To[0].Address;

    public string Header(string name) => Headers.TryGetValue(name.ToLowerInvariant(), out var value) ? value.ToString() : "";
}

public sealed record InboxParty(string Address, string? Name);

/// <summary>MailDev: an SMTP server that keeps every mail and shows it in the browser.</summary>
public sealed class Inbox : IAsyncDisposable
{
    private readonly NodeService _service;
    private readonly HttpClient _http;
    private readonly string _folder;

    private Inbox(NodeService service, int smtpPort, int webPort, string folder)
    {
        _service = service;
        SmtpPort = smtpPort;
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{webPort}/"));
        _http = new HttpClient { BaseAddress = Address };
        _folder = folder;
    }

    public int SmtpPort { get; }

    /// <summary>Where to look at the mails.</summary>
    public Uri Address { get; }

    public static async Task<Inbox> StartAsync(string nodeFolder, CancellationToken cancel)
    {
        var ports = NodeService.FreePorts(2);
        var folder = Directory.CreateTempSubdirectory("winback-inbox-").FullName;
        var service = await NodeService.StartAsync(
            "MailDev", nodeFolder,
            [
                Path.Combine("node_modules", "maildev", "bin", "maildev"), "--ip", "127.0.0.1", "--silent", "--mail-directory", folder,
                "--smtp", ports[0].ToString(CultureInfo.InvariantCulture), "--web", ports[1].ToString(CultureInfo.InvariantCulture),
            ],
            ports, cancel);
        return new Inbox(service, ports[0], ports[1], folder);
    }

    /// <summary>The mails in the order they came.</summary>
    /// <param name="skip">How many of the first to leave out, for who has read those.</param>
    public async Task<IReadOnlyList<InboxMail>> MailsAsync(CancellationToken cancel, int skip = 0) =>
        await _http.GetFromJsonAsync(string.Create(CultureInfo.InvariantCulture, $"email?skip={skip}"), InboxJson.Default.ListInboxMail, cancel) ?? [];

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _service.DisposeAsync();
        Directory.Delete(_folder, true);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(List<InboxMail>))]
internal sealed partial class InboxJson : JsonSerializerContext;
