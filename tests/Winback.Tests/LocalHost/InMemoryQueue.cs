using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace Winback.Tests.LocalHost;

/// <summary>A storage queue in memory, with visibility and pop receipts.</summary>
internal sealed class InMemoryQueue(string name, TimeProvider time) : QueueClient
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];
    private int _receipts;

    public override string Name => name;

    public bool WasCreated { get; private set; }

    /// <summary>Storage does not answer.</summary>
    public volatile bool IsAway;

    /// <summary>Deleting is refused.</summary>
    public volatile bool RefusesDelete;

    /// <summary>How many messages each look asked for.</summary>
    public List<int> Looks { get; } = [];

    public IReadOnlyList<Entry> Entries
    {
        get { lock (_lock) return [.. _entries]; }
    }

    public bool IsVisible(Entry entry) => entry.VisibleAt <= time.GetUtcNow();

    public void Put(string text, int dequeueCount = 0)
    {
        lock (_lock) _entries.Add(new Entry { Id = Guid.NewGuid().ToString(), Text = text, DequeueCount = dequeueCount, VisibleAt = time.GetUtcNow() });
    }

    public override Task<Response> CreateIfNotExistsAsync(IDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
    {
        Answer();
        WasCreated = true;
        return Task.FromResult<Response>(null!);
    }

    public override Task<Response<QueueMessage[]>> ReceiveMessagesAsync(
        int? maxMessages = null, TimeSpan? visibilityTimeout = null, CancellationToken cancellationToken = default)
    {
        Answer();
        lock (_lock)
        {
            Looks.Add(maxMessages!.Value);
            var taken = _entries.Where(IsVisible).Take(maxMessages.Value).ToArray();
            foreach (var entry in taken)
            {
                entry.DequeueCount++;
                Touch(entry, visibilityTimeout!.Value);
            }
            return Task.FromResult(Response.FromValue(taken.Select(Message).ToArray(), null!));
        }
    }

    public override Task<Response<UpdateReceipt>> UpdateMessageAsync(
        string messageId, string popReceipt, string? messageText = null, TimeSpan visibilityTimeout = default, CancellationToken cancellationToken = default)
    {
        Answer();
        lock (_lock)
        {
            var entry = Find(messageId, popReceipt);
            Touch(entry, visibilityTimeout);
            return Task.FromResult(Response.FromValue(QueuesModelFactory.UpdateReceipt(entry.PopReceipt, entry.VisibleAt), null!));
        }
    }

    public override Task<Response> DeleteMessageAsync(string messageId, string popReceipt, CancellationToken cancellationToken = default)
    {
        Answer();
        if (RefusesDelete) throw new RequestFailedException(500, "Out of order.", "InternalError", null);
        lock (_lock) _entries.Remove(Find(messageId, popReceipt));
        return Task.FromResult<Response>(null!);
    }

    public override Task<Response<SendReceipt>> SendMessageAsync(string messageText, CancellationToken cancellationToken = default)
    {
        Answer();
        if (!WasCreated) throw new RequestFailedException(404, "No such queue.", "QueueNotFound", null);
        Put(messageText);
        return Task.FromResult<Response<SendReceipt>>(null!);
    }

    private void Answer()
    {
        if (IsAway) throw new RequestFailedException("Connection refused");
    }

    private Entry Find(string id, string popReceipt) =>
        _entries.SingleOrDefault(e => e.Id == id && e.PopReceipt == popReceipt)
        ?? throw new RequestFailedException(404, "The receipt is not the last one.", "MessageNotFound", null);

    private void Touch(Entry entry, TimeSpan invisibility)
    {
        entry.VisibleAt = time.GetUtcNow() + invisibility;
        entry.PopReceipt = $"receipt-{++_receipts}";
    }

    private static QueueMessage Message(Entry entry) =>
        QueuesModelFactory.QueueMessage(entry.Id, entry.PopReceipt, entry.Text, entry.DequeueCount, entry.VisibleAt, entry.VisibleAt, entry.VisibleAt);

    internal sealed class Entry
    {
        public required string Id { get; init; }

        public required string Text { get; init; }

        public int DequeueCount { get; set; }

        public DateTimeOffset VisibleAt { get; set; }

        public string PopReceipt { get; set; } = "";
    }
}
