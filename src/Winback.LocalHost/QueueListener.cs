using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace Winback.LocalHost;

/// <summary>
/// Takes messages from a function's queue and has them worked on: a success deletes the message, a failure releases it after
/// visibilityTimeout, and the last failure moves it to the poison queue. Storage that is away is waited for.
/// </summary>
/// <param name="queue">With message encoding None: texts are moved to the poison queue as they are.</param>
/// <param name="poison">Where messages go that always fail; null for a poison queue itself: what fails there comes back after ten minutes.</param>
/// <param name="maxPollingInterval">The longest pause between two looks into the empty queue.</param>
internal sealed class QueueListener(
    QueueFunction function,
    QueueSettings settings,
    QueueClient queue,
    QueueClient? poison,
    TimeSpan maxPollingInterval,
    WhenReady whenReady,
    Invoke invoke,
    RunningInvocations running,
    HostLog log,
    TimeProvider time)
{
    private bool _created;
    private bool _away;

    /// <summary>Runs until <paramref name="stopping"/>, and then until the messages it has taken are settled.</summary>
    /// <param name="abort">Cancelled when settling is no longer waited for.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken abort)
    {
        var working = new List<Task>();
        try
        {
            await PollAsync(working, stopping, abort);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped while waiting.
        }
        await Task.WhenAll(working);
    }

    private async Task PollAsync(List<Task> working, CancellationToken stopping, CancellationToken abort)
    {
        var shortest = maxPollingInterval < QueueSettings.MinPollingInterval ? maxPollingInterval : QueueSettings.MinPollingInterval;
        var pause = shortest;
        while (!stopping.IsCancellationRequested)
        {
            working.RemoveAll(task => task.IsCompleted);
            if (working.Count > settings.NewBatchThreshold)
            {
                await Task.WhenAny(working).WaitAsync(stopping);
                continue;
            }
            await whenReady(stopping);
            var messages = await ReceiveAsync(abort);
            working.AddRange(messages.Select(message => ProcessAsync(message, stopping, abort)));
            if (messages.Length > 0)
            {
                pause = shortest;
                continue;
            }
            await Task.Delay(pause, time, stopping);
            pause = pause * 2 < maxPollingInterval ? pause * 2 : maxPollingInterval;
        }
    }

    /// <returns>Nothing when storage is away.</returns>
    private async Task<QueueMessage[]> ReceiveAsync(CancellationToken abort)
    {
        try
        {
            if (!_created)
                await queue.CreateIfNotExistsAsync(cancellationToken: abort);
            _created = true;
            // Not cancelled by stopping: a message that was taken but never seen would be gone for ten minutes.
            var messages = await queue.ReceiveMessagesAsync(settings.BatchSize, HeldMessage.Invisibility, abort);
            if (_away)
                log.Information($"Queue {queue.Name} can be read again.");
            _away = false;
            return messages.Value;
        }
        catch (Exception e) when (!abort.IsCancellationRequested)
        {
            if (!_away)
                log.Error($"Queue {queue.Name} of {function.Name} can't be read; trying on: {StorageFailure.Describe(e)}");
            _away = true;
            _created = false;
            return [];
        }
    }

    private async Task ProcessAsync(QueueMessage message, CancellationToken stopping, CancellationToken abort)
    {
        using var _ = running.Begin();
        try
        {
            await using var held = new HeldMessage(queue, message, log, time, abort);
            if (Decode(message) is not { } content)
                await GiveUpAsync(held, message, "is not base64, as messageEncoding in host.json asks");
            else if (poison is not null && message.DequeueCount > settings.MaxDequeueCount)
                await GiveUpAsync(held, message, $"was taken more than {settings.MaxDequeueCount} times");
            else if ((await invoke(function, Envelope.ForQueue(function, message, content, time.GetUtcNow()), abort)).Succeeded)
                await held.DeleteAsync();
            else if (message.DequeueCount >= settings.MaxDequeueCount && !stopping.IsCancellationRequested)
                await GiveUpAsync(held, message, $"failed {settings.MaxDequeueCount} times");
            else if (poison is not null)
                await held.ReleaseAsync(settings.VisibilityTimeout);
        }
        catch (Exception e)
        {
            log.Error($"Message {message.MessageId} of queue {queue.Name} could not be settled; it comes again: {StorageFailure.Describe(e)}");
        }
    }

    private async Task GiveUpAsync(HeldMessage held, QueueMessage message, string why)
    {
        var whereto = poison is null ? "stays where it is" : $"goes to {poison.Name}";
        log.Error($"Message {message.MessageId} of queue {queue.Name} {why}; it {whereto}.");
        if (poison is not null)
            await held.MoveToAsync(poison);
    }

    private byte[]? Decode(QueueMessage message)
    {
        if (!settings.MessagesAreBase64) return message.Body.ToArray();
        try
        {
            return Convert.FromBase64String(message.MessageText);
        }
        catch (FormatException)
        {
            return null; // The caller says so, and the message goes to the poison queue.
        }
    }
}
