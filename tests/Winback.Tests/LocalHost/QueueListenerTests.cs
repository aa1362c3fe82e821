using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Winback.LocalHost;

namespace Winback.Tests.LocalHost;

public sealed class QueueListenerTests : IAsyncDisposable
{
    private static readonly string Hello = Convert.ToBase64String("hello"u8);

    private readonly FakeTimeProvider _time = new();
    private readonly InMemoryQueue _queue;
    private readonly InMemoryQueue _poison;
    private readonly RunningInvocations _running = new();
    private readonly List<LogLine> _log = [];
    private readonly List<JsonObject> _invoked = [];
    private readonly ConcurrentQueue<Task> _answered = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abort = new();
    private Task _listening = Task.CompletedTask;
    private Func<Task<InvocationResult>> _answers = () => Task.FromResult(InvocationResult.Success);

    public QueueListenerTests() => (_queue, _poison) = (new("send-outreach", _time), new("send-outreach-poison", _time));

    [Fact]
    public async Task A_success_deletes_the_message()
    {
        _queue.Put(Hello);
        await ListenAsync();

        await UntilAsync(() => _queue.Entries.Count == 0 && _running.Count == 0);

        Assert.Equal(Hello, (string?)Assert.Single(_invoked)["Data"]!["message"]);
        Assert.False(_poison.WasCreated);
    }

    [Fact]
    public async Task A_failure_is_tried_again_after_visibility_timeout()
    {
        _answers = () => Task.FromResult(_invoked.Count == 1 ? InvocationResult.Failed("it answered 500") : InvocationResult.Success);
        _queue.Put(Hello);
        await ListenAsync();

        await UntilAsync(() => _invoked.Count == 1 && _running.Count == 0);
        var failedAt = _time.GetUtcNow();
        Assert.Equal(failedAt + TimeSpan.FromSeconds(30), Assert.Single(_queue.Entries).VisibleAt, TimeSpan.FromSeconds(1));
        await UntilAsync(() => _queue.Entries.Count == 0);

        Assert.InRange((_time.GetUtcNow() - failedAt).TotalSeconds, 29, 35);
        Assert.Equal(["1", "2"], _invoked.Select(i => (string)i["Metadata"]!["DequeueCount"]!));
    }

    [Fact]
    public async Task The_fifth_failure_moves_the_text_unchanged_to_the_poison_queue()
    {
        _answers = () => Task.FromResult(InvocationResult.Failed("it answered 500"));
        _queue.Put(Hello);
        await ListenAsync();

        await UntilAsync(() => _queue.Entries.Count == 0);

        Assert.Equal(5, _invoked.Count);
        Assert.InRange((_time.GetUtcNow() - Start).TotalSeconds, 120, 125); // Four pauses of 30 s, and none after the last failure.
        Assert.Equal(Hello, Assert.Single(_poison.Entries).Text);
    }

    [Fact]
    public async Task What_is_not_base64_goes_straight_to_the_poison_queue()
    {
        _queue.Put("hello, world!");
        await ListenAsync();

        await UntilAsync(() => _queue.Entries.Count == 0);

        Assert.Empty(_invoked);
        Assert.Equal("hello, world!", Assert.Single(_poison.Entries).Text);
    }

    [Fact]
    public async Task Without_an_encoding_any_text_is_handed_over()
    {
        _queue.Put("hello, world!");
        await ListenAsync(Settings() with { MessagesAreBase64 = false });

        await UntilAsync(() => _queue.Entries.Count == 0);

        Assert.Equal("hello, world!", Encoding.UTF8.GetString(Convert.FromBase64String((string)Assert.Single(_invoked)["Data"]!["message"]!)));
    }

    [Fact]
    public async Task A_message_that_killed_its_host_too_often_is_not_tried_again()
    {
        _queue.Put(Hello, dequeueCount: 5); // The sixth time.
        await ListenAsync();

        await UntilAsync(() => _queue.Entries.Count == 0);

        Assert.Empty(_invoked);
        Assert.Single(_poison.Entries);
    }

    [Fact]
    public async Task A_poison_queue_has_no_poison_queue_its_failures_come_back_after_ten_minutes()
    {
        _answers = () => Task.FromResult(InvocationResult.Failed("it answered 500"));
        _queue.Put(Hello);
        await ListenAsync(hasPoison: false);

        await UntilAsync(() => _invoked.Count == 7);

        Assert.InRange((_time.GetUtcNow() - Start).TotalMinutes, 60, 62);
        Assert.Single(_queue.Entries);
        Assert.False(_poison.WasCreated);
    }

    [Fact]
    public async Task A_message_stays_invisible_for_as_long_as_it_is_worked_on()
    {
        var done = new TaskCompletionSource<InvocationResult>();
        _answers = () => done.Task;
        _queue.Put(Hello);
        await ListenAsync();

        await UntilAsync(() => _invoked.Count == 1);
        for (var minute = 0; minute < 45; minute++)
        {
            Assert.False(_queue.IsVisible(Assert.Single(_queue.Entries)));
            await AdvanceAsync(TimeSpan.FromMinutes(1));
        }
        done.SetResult(InvocationResult.Success);
        await UntilAsync(() => _queue.Entries.Count == 0); // With the receipt of the last renewal.

        Assert.Single(_invoked);
    }

    [Fact]
    public async Task A_message_that_cannot_be_deleted_comes_again()
    {
        _queue.RefusesDelete = true;
        _queue.Put(Hello);
        await ListenAsync();

        await UntilAsync(() => _invoked.Count == 1 && _running.Count == 0);
        _queue.RefusesDelete = false;
        await UntilAsync(() => _queue.Entries.Count == 0);

        Assert.Equal(2, _invoked.Count);
        Assert.Single(_log, line => line.Text.Contains("could not be settled; it comes again: 500 InternalError", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Storage_that_is_away_is_told_once_and_waited_for()
    {
        _queue.IsAway = true;
        await ListenAsync();
        await AdvanceAsync(TimeSpan.FromMinutes(5), steps: 50);
        _queue.IsAway = false;
        _queue.Put(Hello);

        await UntilAsync(() => _queue.Entries.Count == 0);

        Assert.True(_queue.WasCreated);
        Assert.Single(_invoked);
        Assert.Equal(
            ["Queue send-outreach of send-outreach can't be read; trying on: Connection refused", "Queue send-outreach can be read again."],
            _log.Select(line => line.Text));
    }

    [Fact]
    public async Task A_batch_is_taken_whenever_no_more_than_the_threshold_are_running()
    {
        var gates = new List<TaskCompletionSource<InvocationResult>>();
        _answers = () => { gates.Add(new()); return gates[^1].Task; };
        for (var i = 0; i < 10; i++)
            _queue.Put(Hello);
        await ListenAsync(Settings() with { BatchSize = 4, NewBatchThreshold = 2 });

        await UntilAsync(() => _running.Count == 4);
        await AdvanceAsync(TimeSpan.FromSeconds(10), steps: 10);
        Assert.Equal(4, _running.Count); // Four are more than two.
        gates[0].SetResult(InvocationResult.Success);
        await AdvanceAsync(TimeSpan.FromSeconds(10), steps: 10);
        Assert.Equal(3, _running.Count); // So are three.
        gates[1].SetResult(InvocationResult.Success);
        await UntilAsync(() => _running.Count == 6);

        Assert.All(_queue.Looks, size => Assert.Equal(4, size));
    }

    [Fact]
    public async Task An_empty_queue_is_looked_into_ever_less_often()
    {
        await ListenAsync(Settings() with { MaxPollingInterval = TimeSpan.FromSeconds(2) });

        await UntilAsync(() => _queue.Looks.Count == 6); // 0.1 + 0.2 + 0.4 + 0.8 + 1.6 s
        Assert.InRange((_time.GetUtcNow() - Start).TotalSeconds, 3.1, 4.1);
        await UntilAsync(() => _queue.Looks.Count == 16); // Every 2 s from here.
        Assert.InRange((_time.GetUtcNow() - Start).TotalSeconds, 23.1, 25.1);
    }

    [Fact]
    public async Task Stopping_waits_for_what_is_running_and_never_poisons_it()
    {
        var done = new TaskCompletionSource<InvocationResult>();
        _answers = () => done.Task;
        _queue.Put(Hello, dequeueCount: 4);
        await ListenAsync();
        await UntilAsync(() => _invoked.Count == 1);

        await _stopping.CancelAsync();
        Assert.False(_listening.IsCompleted);
        done.SetResult(InvocationResult.Failed("the app ended")); // The host killed it.
        await _listening;

        Assert.Empty(_poison.Entries);
        Assert.Equal(TimeSpan.FromSeconds(30), Assert.Single(_queue.Entries).VisibleAt - _time.GetUtcNow());
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _abort.CancelAsync();
        _stopping.Dispose();
        _abort.Dispose();
    }

    private DateTimeOffset Start => _time.Start;

    private Task ListenAsync(QueueSettings? settings = null, bool hasPoison = true)
    {
        settings ??= Settings();
        var listener = new QueueListener(
            Functions.Queue(), settings, _queue, hasPoison ? _poison : null, settings.MaxPollingInterval,
            _ => Task.FromResult<IRunningApp>(null!), InvokeAsync, _running, new HostLog(_log.Add), _time);
        return Task.Run(() => { _listening = listener.RunAsync(_stopping.Token, _abort.Token); });
    }

    private Task<InvocationResult> InvokeAsync(FunctionJson function, JsonObject envelope, CancellationToken stopping)
    {
        _invoked.Add(envelope);
        var answer = _answers();
        _answered.Enqueue(answer);
        return answer;
    }

    private static QueueSettings Settings() => new()
    {
        BatchSize = 16,
        NewBatchThreshold = 8,
        MaxDequeueCount = 5,
        VisibilityTimeout = TimeSpan.FromSeconds(30),
        MaxPollingInterval = TimeSpan.FromSeconds(1),
        MessagesAreBase64 = true,
    };

    /// <summary>Lets time pass in tenths of a second until the condition holds.</summary>
    private Task UntilAsync(Func<bool> condition) => Task.Run(() =>
    {
        for (var i = 0; i < 100_000; i++)
        {
            Settle();
            if (condition()) return;
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }
        Assert.Fail("It never came to that.");
    });

    private Task AdvanceAsync(TimeSpan span, int steps = 1) => Task.Run(() =>
    {
        for (var i = 0; i < steps; i++)
        {
            Settle();
            _time.Advance(span / steps);
        }
        Settle();
    });

    /// <summary>
    /// Waits until only those messages are under way whose invocation has not been answered, so that time does not run ahead of what it set free.
    /// (The look into the queue itself runs inside Advance.)
    /// </summary>
    private void Settle() => Assert.True(SpinWait.SpinUntil(() => _running.Count == _answered.Count(answer => !answer.IsCompleted), TimeSpan.FromSeconds(30)));
}
