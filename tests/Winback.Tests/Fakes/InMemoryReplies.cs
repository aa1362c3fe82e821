using System.Collections.Concurrent;
using Winback.Customers;
using Winback.Replies;

namespace Winback.Tests.Fakes;

public sealed class InMemoryReplyStore(Effects effects) : InMemoryStore(effects), IReplyStore
{
    private readonly ConcurrentDictionary<(CustomerId?, string), (Reply Reply, int Version)> _rows = new();

    public IReadOnlyList<Reply> All => [.. _rows.Values.Select(r => r.Reply)];

    public Task<ReplyFile?> FindAsync(CustomerId? customer, string id, CancellationToken cancel)
    {
        Reading();
        return Task.FromResult(_rows.TryGetValue((customer, id), out var row) ? new ReplyFile(row.Reply, $"{row.Version}") : null);
    }

    public IAsyncEnumerable<Reply> BeginningAsync(string idBeginning, CancellationToken cancel) =>
        All.Where(r => r.Id.StartsWith(idBeginning, StringComparison.Ordinal)).ToAsyncEnumerable();

    public Task<bool> TryAddAsync(Reply reply, CancellationToken cancel)
    {
        Writing();
        var added = _rows.TryAdd((reply.Customer, reply.Id), (reply, 1));
        if (added) Written($"reply {reply.Id} added");
        return Task.FromResult(added);
    }

    public Task<bool> TryReplaceAsync(ReplyFile seen, Reply reply, CancellationToken cancel)
    {
        Writing();
        var key = (reply.Customer, reply.Id);
        var replaced = _rows.TryGetValue(key, out var row) && $"{row.Version}" == seen.Version && _rows.TryUpdate(key, (reply, row.Version + 1), row);
        if (replaced) Written($"reply {reply.Id} changed");
        return Task.FromResult(replaced);
    }

    public IAsyncEnumerable<Reply> OfAsync(CustomerId customer, CancellationToken cancel) => All.Where(r => r.Customer == customer).ToAsyncEnumerable();

    public IAsyncEnumerable<Reply> OpenAsync(CancellationToken cancel) => All.Where(r => r.IsOpen || r.AwaitsInvitation).ToAsyncEnumerable();

    public IAsyncEnumerable<Reply> AllAsync(CancellationToken cancel) => All.ToAsyncEnumerable();
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
