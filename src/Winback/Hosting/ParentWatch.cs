using System.Runtime.InteropServices;

namespace Winback.Hosting;

/// <summary>
/// Ends the app when the process that started it is gone: the Functions host is killed without a word, and an orphan would keep its port.
/// On Windows the host's job object does that.
/// </summary>
public sealed partial class ParentWatch(IHostApplicationLifetime lifetime, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // Taken at start: in a container the parent may well be process 1 from the beginning.
    private readonly int _parent = OperatingSystem.IsWindows() ? 0 : GetParent();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (OperatingSystem.IsWindows()) return;
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (GetParent() == _parent) continue;
            lifetime.StopApplication();
            return;
        }
    }

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int GetParent();
}
