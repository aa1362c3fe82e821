using System.Diagnostics;

namespace Winback.EndToEnd;

/// <summary>Waits for something to become true, and says what it saw when it does not.</summary>
internal static class Until
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <param name="what">As in "the queues are empty".</param>
    /// <param name="seen">Asked only when time is up.</param>
    /// <param name="pause">Between two looks; a quarter of a second by default.</param>
    public static async Task TrueAsync(string what, TimeSpan limit, Func<Task<bool>> condition, Func<Task<string>> seen, TimeSpan? pause = null)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            if (waited.Elapsed > limit) Assert.Fail($"Not within {limit}: {what}.{Environment.NewLine}{await seen()}");
            await Task.Delay(pause ?? Pause, TestContext.Current.CancellationToken);
        }
    }
}
