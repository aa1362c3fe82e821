namespace Winback.Tests.Fakes;

/// <summary>A store in memory whose writes are counted and can be interfered with.</summary>
public abstract class InMemoryStore(Effects effects)
{
    private readonly Queue<Action> _before = new();

    /// <summary>Runs once, just before the next write: changes something meanwhile, or throws what storage would. Several run one per write.</summary>
    public void BeforeNextWrite(Action action) => _before.Enqueue(action);

    protected void Reading() => effects.ThrowIfStopped();

    protected void Writing()
    {
        effects.ThrowIfStopped();
        if (_before.TryDequeue(out var action)) action();
    }

    protected void Written(string what) => effects.Add(what);
}
