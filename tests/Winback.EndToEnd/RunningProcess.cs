using System.Diagnostics;
using System.Globalization;

namespace Winback.EndToEnd;

/// <summary>A process as Linux shows it (proc(5)), told apart from a later one with the same id by when it started.</summary>
internal sealed record RunningProcess(int Id, int Parent, string StartTime, string Command)
{
    public bool IsRunning => Read(Id) is { } now && now.StartTime == StartTime;

    /// <summary>What that process started, and what those started.</summary>
    public static IEnumerable<RunningProcess> Under(int id)
    {
        var children = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var one) ? Read(one) : null)
            .OfType<RunningProcess>().ToLookup(p => p.Parent);
        var found = new Queue<int>([id]);
        while (found.TryDequeue(out var parent))
        {
            foreach (var child in children[parent])
            {
                found.Enqueue(child.Id);
                yield return child;
            }
        }
    }

    public void Kill()
    {
        try
        {
            using var process = Process.GetProcessById(Id);
            process.Kill();
        }
        catch (ArgumentException)
        {
            return; // Gone by itself.
        }
    }

    /// <returns>Null when there is none, or when it has ended and only waits for its parent to notice.</returns>
    private static RunningProcess? Read(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            // pid (name) state parent ... and the 22nd is the start time; the name may hold anything.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var command = File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ');
            return fields[0] is "Z" or "X" ? null : new RunningProcess(id, int.Parse(fields[1], CultureInfo.InvariantCulture), fields[19], command);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // It ended while we looked.
        }
    }
}
