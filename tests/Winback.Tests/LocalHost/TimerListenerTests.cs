using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Winback.LocalHost;

namespace Winback.Tests.LocalHost;

public sealed class TimerListenerTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 7, 59, 50, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Start);
    private readonly CancellationTokenSource _stopping = new();
    private readonly RunningInvocations _running = new();
    private readonly List<DateTimeOffset> _runs = [];
    private Task _listening = Task.CompletedTask;
    private Task<InvocationResult> _answer = Task.FromResult(InvocationResult.Success);

    [Fact]
    public async Task Fires_at_each_occurrence_from_the_next_on()
    {
        using var listener = Listener("0 0 8 * * *");
        await RunAsync(listener);

        Assert.Empty(_runs);
        await AdvanceAsync(TimeSpan.FromSeconds(10));
        await AdvanceAsync(TimeSpan.FromDays(2), steps: 48);
        await _stopping.CancelAsync();
        await _listening;

        Assert.Equal([8, 32, 56], _runs.Select(at => (at - new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero)).TotalHours));
    }

    [Fact]
    public async Task An_occurrence_months_away_is_waited_for()
    {
        using var listener = Listener("0 0 0 1 3 *"); // The first of March: 99 days, longer than a system timer can sleep.
        await RunAsync(listener);

        await AdvanceAsync(TimeSpan.FromDays(98), steps: 98);
        Assert.Empty(_runs);
        await AdvanceAsync(TimeSpan.FromDays(2), steps: 48);
        await _stopping.CancelAsync();
        await _listening;

        Assert.Single(_runs);
    }

    [Fact]
    public async Task Runs_never_overlap_an_occurrence_during_a_run_is_left_out()
    {
        var run = new TaskCompletionSource<InvocationResult>();
        _answer = run.Task;
        using var listener = Listener("0 * * * * *");
        await RunAsync(listener);

        await AdvanceAsync(TimeSpan.FromSeconds(10));
        var byHand = listener.FireAsync(_stopping.Token);
        await AdvanceAsync(TimeSpan.FromSeconds(150), steps: 15);
        Assert.Single(_runs);
        await Task.Run(() => run.SetResult(InvocationResult.Success), TestContext.Current.CancellationToken);
        await byHand;
        await _stopping.CancelAsync();
        await _listening;

        Assert.Equal(2, _runs.Count);
    }

    [Fact]
    public async Task Firing_by_hand_tells_how_it_ended()
    {
        _answer = Task.FromResult(InvocationResult.Failed("it answered 500"));
        using var listener = Listener("0 0 8 * * *");

        Assert.Equal("it answered 500", (await listener.FireAsync(_stopping.Token)).Failure);
        Assert.Equal(0, _running.Count);
    }

    [Fact]
    public async Task RunOnStartup_fires_at_once()
    {
        using var listener = Listener("0 0 8 * * *", runsOnStartup: true);
        await RunAsync(listener);
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        await _stopping.CancelAsync();
        await _listening;

        Assert.Single(_runs);
    }

    public void Dispose() => _stopping.Dispose();

    private TimerListener Listener(string schedule, bool runsOnStartup = false) =>
        new(Functions.Timer(schedule, runsOnStartup), InvokeAsync, _running, _time);

    private Task<InvocationResult> InvokeAsync(FunctionJson function, JsonObject envelope, CancellationToken stopping)
    {
        _runs.Add(_time.GetUtcNow());
        return _answer;
    }

    /// <summary>On a thread without the tests' synchronization context what time sets free runs at once, so that nothing here is a race.</summary>
    private Task AdvanceAsync(TimeSpan span, int steps = 1) => Task.Run(() =>
    {
        for (var i = 0; i < steps; i++)
            _time.Advance(span / steps);
    });

    private Task RunAsync(TimerListener listener) => Task.Run(() => { _listening = listener.RunAsync(_stopping.Token); });
}
