using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace Winback.LocalHost;

/// <summary>A message that was taken from its queue: kept invisible while it is worked on, then deleted, released or moved.</summary>
internal sealed class HeldMessage : IAsyncDisposable
{
    /// <summary>How long a message stays invisible after it was taken or renewed; if the host dies it comes back after that.</summary>
    public static readonly TimeSpan Invisibility = TimeSpan.FromMinutes(10);

    private readonly QueueClient _queue;
    private readonly QueueMessage _message;
    private readonly HostLog _log;
    private readonly CancellationToken _abort;
    private readonly CancellationTokenSource _settled;
    private readonly Task _renewing;
    private string _popReceipt;

    /// <param name="abort">Cancelled when the host gives up on storage.</param>
    public HeldMessage(QueueClient queue, QueueMessage message, HostLog log, TimeProvider time, CancellationToken abort)
    {
        (_queue, _message, _log, _abort, _popReceipt) = (queue, message, log, abort, message.PopReceipt);
        _settled = CancellationTokenSource.CreateLinkedTokenSource(abort);
        _renewing = RenewAsync(time);
    }

    public async Task DeleteAsync()
    {
        await StopRenewingAsync();
        await _queue.DeleteMessageAsync(_message.MessageId, _popReceipt, _abort);
    }

    /// <summary>Makes it visible again after <paramref name="delay"/>.</summary>
    public async Task ReleaseAsync(TimeSpan delay)
    {
        await StopRenewingAsync();
        await _queue.UpdateMessageAsync(_message.MessageId, _popReceipt, visibilityTimeout: delay, cancellationToken: _abort);
    }

    /// <summary>Puts its text, unchanged, into the other queue, which is created if need be.</summary>
    public async Task MoveToAsync(QueueClient other)
    {
        await other.CreateIfNotExistsAsync(cancellationToken: _abort);
        await other.SendMessageAsync(_message.MessageText, _abort);
        await DeleteAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopRenewingAsync();
        _settled.Dispose();
    }

    private async Task StopRenewingAsync()
    {
        await _settled.CancelAsync();
        await _renewing;
    }

    private async Task RenewAsync(TimeProvider time)
    {
        while (!_settled.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Invisibility / 2, time, _settled.Token);
                // Not cancelled by settling: the receipt of a renewal under way is needed to settle.
                var renewed = await _queue.UpdateMessageAsync(
                    _message.MessageId, _popReceipt, visibilityTimeout: Invisibility, cancellationToken: _abort);
                _popReceipt = renewed.Value.PopReceipt;
            }
            catch (OperationCanceledException) when (_settled.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                _log.Warning(
                    $"Message {_message.MessageId} of queue {_queue.Name} could not be kept invisible; it may be worked on twice: "
                    + StorageFailure.Describe(e));
            }
        }
    }
}
