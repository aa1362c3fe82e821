using System.Collections.Concurrent;
using Winback.Outreach;

namespace Winback.Tests.Fakes;

public sealed class InMemoryCodeStore(Effects effects) : InMemoryStore(effects), ICodeStore
{
    private readonly ConcurrentDictionary<(CodeKind, string), CodeOwner> _rows = new();

    public IReadOnlyList<(CodeKind Kind, string Code)> All => [.. _rows.Keys];

    /// <summary>Puts a row there, whatever there was; no effect of the app.</summary>
    public void Put(CodeKind kind, string code, CodeOwner owner) => _rows[(kind, code.ToLowerInvariant())] = owner;

    public Task<CodeOwner> RegisterAsync(CodeKind kind, string code, CodeOwner owner, CancellationToken cancel)
    {
        Writing();
        if (!_rows.TryAdd((kind, code.ToLowerInvariant()), owner)) return Task.FromResult(_rows[(kind, code.ToLowerInvariant())]);
        Written($"{kind} code of {owner.Customer} registered");
        return Task.FromResult(owner);
    }

    public Task<CodeOwner?> FindAsync(CodeKind kind, string code, CancellationToken cancel)
    {
        Reading();
        return Task.FromResult(_rows.GetValueOrDefault((kind, code.ToLowerInvariant())));
    }
}
