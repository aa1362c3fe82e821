namespace Winback.LocalHost;

/// <summary>How an invocation of a function ended.</summary>
/// <param name="Failure">Why it failed; null when it succeeded.</param>
public sealed record InvocationResult(string? Failure)
{
    public static InvocationResult Success { get; } = new((string?)null);

    public bool Succeeded => Failure is null;

    internal static InvocationResult Failed(string reason) => new(reason);
}
