using System.Net.Sockets;
using DnsClient;

namespace Winback.Cli.Doctor;

/// <summary>The records under a name.</summary>
/// <param name="WasRead">False when no answer came, which says nothing about the records.</param>
internal sealed record DnsRecords(bool WasRead, IReadOnlyList<string> Values)
{
    public static readonly DnsRecords Unread = new(false, []);
}

/// <summary>Asks DNS.</summary>
internal interface IDnsReader
{
    Task<DnsRecords> ReadAsync(string name, QueryType type, CancellationToken cancel);
}

/// <summary>Asks the name servers of this machine, briefly.</summary>
internal sealed class DnsClientReader : IDnsReader
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<DnsRecords> ReadAsync(string name, QueryType type, CancellationToken cancel)
    {
        try
        {
            var client = new LookupClient(new LookupClientOptions { Timeout = Patience, Retries = 0, UseCache = false });
            var answer = await client.QueryAsync(name, type, cancellationToken: cancel);
            if (answer.HasError && answer.Header.ResponseCode != DnsHeaderResponseCode.NotExistentDomain) return DnsRecords.Unread;
            return new DnsRecords(true,
            [
                .. answer.Answers.TxtRecords().Select(r => string.Concat(r.Text)),
                .. answer.Answers.MxRecords().Select(r => Plain(r.Exchange)),
                .. type == QueryType.CNAME ? answer.Answers.CnameRecords().Select(r => Plain(r.CanonicalName)) : [],
            ]);
        }
        catch (Exception e) when (e is DnsResponseException or SocketException or InvalidOperationException or IOException)
        {
            return DnsRecords.Unread;
        }
    }

    private static string Plain(DnsString name) => name.Value.TrimEnd('.').ToLowerInvariant();
}
