using Winback.Customers;
using Winback.Scan;
using Winback.Tests.Fakes;

namespace Winback.Tests.Outreach;

/// <summary>
/// The days on which a step is due, lived by an app that is killed after some of its effects and goes on as the Functions host would have it: a message
/// that was not handled comes back, a scan runs every hour.
/// </summary>
internal static class KilledWeeks
{
    /// <param name="days">Counted from <see cref="InMemoryApp.Start"/>.</param>
    /// <param name="kills">After how many effects it is killed, counted anew each time.</param>
    /// <returns>Whether the app was killed as often as asked.</returns>
    public static async Task<bool> LiveAsync(InMemoryApp app, CustomerId customer, IEnumerable<int> days, IEnumerable<int> kills)
    {
        var left = new Queue<int>(kills);
        Restart();
        foreach (var day in days)
        {
            app.Time.SetUtcNow(InMemoryApp.Start.AddDays(day));
            for (var hour = 0; hour < 3; hour++)
            {
                app.ShardQueue.Put(new ShardMessage(ScanIds.New(app.Time.GetUtcNow()), customer.Partition[..1]));
                await DrainAsync(app, Restart);
                app.Time.Advance(TimeSpan.FromHours(1));
            }
        }
        return !app.Effects.IsArmed;

        void Restart()
        {
            if (left.TryDequeue(out var kill)) app.Effects.StopAfter(kill);
            else app.Effects.Restart();
        }
    }

    /// <summary>A message is gone only after it was handled; otherwise it comes back.</summary>
    private static async Task DrainAsync(InMemoryApp app, Action restart)
    {
        var cancel = TestContext.Current.CancellationToken;
        while (true)
        {
            try
            {
                if (app.ShardQueue.Messages is [var shard, ..])
                {
                    await app.Get<ShardScanner>().RunAsync(shard, cancel);
                    app.ShardQueue.Remove(shard);
                }
                else if (app.OutreachQueue.Messages is [var message, ..])
                {
                    await app.Sender.HandleAsync(message, cancel);
                    app.OutreachQueue.Remove(message);
                }
                else
                {
                    return;
                }
            }
            catch (KilledException)
            {
                restart();
            }
        }
    }
}
