using System.Collections.Concurrent;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Winback.Customers;
using Winback.Replies;

namespace Winback.Tests.Fakes;

/// <summary>Replies in memory. They go through the real table columns, and what storage would refuse is refused here too.</summary>
public sealed class InMemoryReplyStore(Effects effects) : InMemoryStore(effects), IReplyStore
{
    private readonly ConcurrentDictionary<(string Partition, string Row), (TableEntity Entity, Reply Reply, int Version)> _rows = new();

    public IReadOnlyList<Reply> All => [.. _rows.Values.Select(r => r.Reply)];

    /// <summary>Puts a row there, whatever there was; no effect of the app.</summary>
    public void Put(Reply reply)
    {
        var entity = Storable(reply);
        _rows.AddOrUpdate((entity.PartitionKey, entity.RowKey), (entity, TableReplyStore.ToReply(entity), 1), (_, row) => (entity, TableReplyStore.ToReply(entity), row.Version + 1));
    }

    public Task<ReplyFile?> FindAsync(CustomerId? customer, string id, CancellationToken cancel)
    {
        Reading();
        return Task.FromResult(_rows.TryGetValue(KeyOf(customer, id), out var row) ? ToFile(row) : null);
    }

    public IAsyncEnumerable<Reply> BeginningAsync(string idBeginning, CancellationToken cancel) =>
        All.Where(r => r.Id.StartsWith(idBeginning, StringComparison.Ordinal)).ToAsyncEnumerable();

    public Task<bool> TryAddAsync(Reply reply, CancellationToken cancel)
    {
        Writing();
        var entity = Storable(reply);
        var added = _rows.TryAdd((entity.PartitionKey, entity.RowKey), (entity, TableReplyStore.ToReply(entity), 1));
        if (added) Written($"reply {reply.Id} added");
        return Task.FromResult(added);
    }

    public Task<bool> TryReplaceAsync(ReplyFile seen, Reply reply, CancellationToken cancel)
    {
        Writing();
        var entity = Storable(reply);
        var key = (entity.PartitionKey, entity.RowKey);
        var replaced = _rows.TryGetValue(key, out var row) && $"{row.Version}" == seen.Version && _rows.TryUpdate(key, (entity, TableReplyStore.ToReply(entity), row.Version + 1), row);
        if (replaced) Written($"reply {reply.Id} changed");
        return Task.FromResult(replaced);
    }

    public IAsyncEnumerable<Reply> OfAsync(CustomerId customer, CancellationToken cancel) => All.Where(r => r.Customer == customer).ToAsyncEnumerable();

    public IAsyncEnumerable<Reply> OpenAsync(CancellationToken cancel) =>
        _rows.Values.Where(r => r.Entity.GetBoolean("Open") == true).Select(r => r.Reply).ToAsyncEnumerable();

    public IAsyncEnumerable<Reply> AllAsync(CancellationToken cancel) => All.ToAsyncEnumerable();

    private static (string, string) KeyOf(CustomerId? customer, string id)
    {
        var entity = TableReplyStore.ToRow(new Reply(id, customer, null, null, InMemoryApp.Start, Road.Mail, "", ""));
        return (entity.PartitionKey, entity.RowKey);
    }

    private static ReplyFile ToFile((TableEntity Entity, Reply Reply, int Version) row) => new(row.Reply, $"{row.Version}");

    /// <summary>https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model</summary>
    private static TableEntity Storable(Reply reply)
    {
        var entity = TableReplyStore.ToRow(reply);
        foreach (var (column, value) in entity)
        {
            if (value is string { Length: > 32 * 1024 }) throw new RequestFailedException(400, $"{column} is too large");
            if (value is string text) _ = Strict.GetByteCount(text); // half a character
            if (value is DateTimeOffset { Year: < 1601 }) throw new RequestFailedException(400, $"{column} is too early");
        }
        return entity;
    }

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
}

public sealed class InMemoryRawPostStore(Effects effects) : InMemoryStore(effects), IRawPostStore
{
    private readonly ConcurrentDictionary<string, (byte[] Body, string ContentType)> _posts = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => [.. _posts.Keys];

    public IRawPostWriter Begin(string name, string contentType) => new Writer(this, name, contentType);

    public Task<RawPost?> OpenAsync(string name, CancellationToken cancel)
    {
        Reading();
        return Task.FromResult(_posts.TryGetValue(name, out var post) ? new RawPost(new MemoryStream(post.Body), post.ContentType) : null);
    }

    public Task RemoveAsync(string name, CancellationToken cancel)
    {
        Writing();
        if (_posts.TryRemove(name, out _)) Written("post removed");
        return Task.CompletedTask;
    }

    private sealed class Writer(InMemoryRawPostStore store, string name, string contentType) : IRawPostWriter
    {
        private readonly List<byte> _body = [];

        public Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
        {
            _body.AddRange(bytes.Span);
            return Task.CompletedTask;
        }

        public Task CommitAsync(CancellationToken cancel)
        {
            store.Writing();
            store._posts[name] = ([.. _body], contentType);
            store.Written("post kept");
            return Task.CompletedTask;
        }
    }
}

public sealed class InMemoryReplyQueues(Effects effects) : IReplyQueues
{
    public Queue<ReadMessage> Read { get; } = new(effects);

    public Queue<FollowUpMessage> FollowUp { get; } = new(effects);

    public Task SendAsync(ReadMessage message, CancellationToken cancel) => Read.SendAsync(message, TimeSpan.Zero);

    public Task SendAsync(FollowUpMessage message, TimeSpan delay, CancellationToken cancel) => FollowUp.SendAsync(message, delay);

    public sealed class Queue<T>(Effects effects) : InMemoryQueue<T>(effects) where T : class
    {
        public Task SendAsync(T message, TimeSpan delay) => AddAsync(message, delay);
    }
}
