using System.Collections.Concurrent;
using System.Text;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Hosting;
using Winback.MailEvents;
using Winback.Outreach;

namespace Winback.Tests.Fakes;

public sealed class InMemoryInstallationStore(Effects effects) : InMemoryStore(effects), IInstallationStore
{
    /// <summary>The one row; a test may put another there.</summary>
    public Installation? Kept { get; set; }

    public Task<Installation?> FindAsync(CancellationToken cancel)
    {
        Reading();
        return Task.FromResult(Kept);
    }

    public Task<Installation> KeepAsync(Installation installation, CancellationToken cancel)
    {
        Writing();
        if (Kept is not null) return Task.FromResult(Kept);
        Kept = installation;
        Written("installation kept");
        return Task.FromResult(installation);
    }
}

public sealed class InMemoryDefinitionStore(Effects effects) : InMemoryStore(effects), IDefinitionStore
{
    private readonly ConcurrentDictionary<(string Id, string Version), byte[]> _rows = new();
    private readonly ConcurrentQueue<Publication> _publications = new();

    public IReadOnlyDictionary<(string Id, string Version), byte[]> All => _rows;

    /// <summary>Puts something there that publishing would refuse.</summary>
    public void Spoil(string id, string version, byte[] packed) => _rows[(id, version)] = packed;

    public Task KeepAsync(CampaignFiles files, CancellationToken cancel)
    {
        Writing();
        if (_rows.TryAdd((files.Id, files.Version), files.Pack())) Written($"definition of {files.Id} kept");
        return Task.CompletedTask;
    }

    public Task<CampaignFiles?> FindAsync(string campaign, string version, CancellationToken cancel)
    {
        Reading();
        return Task.FromResult(_rows.TryGetValue((campaign, version), out var packed) ? CampaignFiles.Unpack(campaign, packed) : null);
    }

    public Task AddAsync(Publication publication, CancellationToken cancel)
    {
        Writing();
        _publications.Enqueue(publication);
        Written($"{publication.Campaign} {publication.Kind}");
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Publication>> PublicationsAsync(CancellationToken cancel)
    {
        Reading();
        return Task.FromResult<IReadOnlyList<Publication>>([.. _publications]);
    }
}

public sealed class InMemoryMailEventStore(Effects effects) : InMemoryStore(effects), IMailEventStore
{
    private readonly ConcurrentDictionary<(CustomerId, OutreachId, string), MailEvent> _rows = new();

    public IReadOnlyList<MailEvent> All => [.. _rows.Values];

    public Task<bool> ExistsAsync(CustomerId customer, OutreachId outreach, string id, CancellationToken cancel)
    {
        Reading();
        return Task.FromResult(_rows.ContainsKey((customer, outreach, id)));
    }

    public Task<bool> TryAddAsync(MailEvent mailEvent, CancellationToken cancel)
    {
        Writing();
        var added = _rows.TryAdd((mailEvent.Customer, mailEvent.Outreach, mailEvent.Id), mailEvent);
        if (added) Written($"event {mailEvent.Id} added");
        return Task.FromResult(added);
    }

    public IAsyncEnumerable<MailEvent> OfAsync(CustomerId customer, CancellationToken cancel) => All.Where(e => e.Customer == customer).ToAsyncEnumerable();
}

public sealed class InMemoryFailureStore(Effects effects, TimeProvider time) : InMemoryStore(effects), IFailureStore
{
    private readonly ConcurrentDictionary<string, Failure> _rows = new(StringComparer.Ordinal);

    public IReadOnlyList<Failure> All => [.. _rows.Values];

    public Task RecordAsync(string queue, RawMessage message, CancellationToken cancel)
    {
        Writing();
        _rows[$"{queue}|{message.Id}"] = new Failure(queue, message.Id, time.GetUtcNow(), Encoding.UTF8.GetString(message.Body));
        Written($"failure of {queue} recorded");
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<Failure> AllAsync(CancellationToken cancel) => All.ToAsyncEnumerable();

    public Task MarkSeenAsync(Failure failure, CancellationToken cancel)
    {
        Writing();
        _rows[$"{failure.Queue}|{failure.Id}"] = failure with { SeenAt = time.GetUtcNow() };
        Written($"failure of {failure.Queue} seen");
        return Task.CompletedTask;
    }
}
