namespace Winback.Tests.Fakes;

/// <summary>Everything the app does to the world outside it, in order; a test can end the app after any of it.</summary>
public sealed class Effects
{
    private readonly Lock _lock = new();
    private readonly List<string> _done = [];
    private int _left = int.MaxValue;

    public IReadOnlyList<string> Done
    {
        get
        {
            lock (_lock) return [.. _done];
        }
    }

    public bool IsStopped
    {
        get
        {
            lock (_lock) return _left <= 0;
        }
    }

    /// <summary>A kill was asked for and did not happen yet.</summary>
    public bool IsArmed
    {
        get
        {
            lock (_lock) return _left is > 0 and < int.MaxValue;
        }
    }

    /// <summary>What was done up to here is no longer asked about.</summary>
    public void Forget()
    {
        lock (_lock) _done.Clear();
    }

    /// <summary>The app is killed right after so many more effects: the last one happened, and nobody heard that it did.</summary>
    public void StopAfter(int count)
    {
        lock (_lock) _left = count;
    }

    /// <summary>The app is started again.</summary>
    public void Restart() => StopAfter(int.MaxValue);

    /// <exception cref="KilledException">The app does not run any more.</exception>
    public void ThrowIfStopped()
    {
        if (IsStopped) throw new KilledException();
    }

    /// <exception cref="KilledException">That was the last one.</exception>
    public void Add(string what)
    {
        lock (_lock)
        {
            _done.Add(what);
            if (_left != int.MaxValue) _left--;
            if (_left <= 0) throw new KilledException();
        }
    }
}

/// <summary>The app's process ended here.</summary>
public sealed class KilledException() : Exception("The app was killed here.");
