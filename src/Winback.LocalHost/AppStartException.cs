namespace Winback.LocalHost;

/// <summary>The app ended, or did not answer, before it was ready. The message ends with what the app wrote to standard error.</summary>
/// <param name="errorLines">The last lines (50 at most) that the app wrote to standard error, oldest first.</param>
public sealed class AppStartException(string message, IReadOnlyList<string> errorLines)
    : Exception(errorLines.Count == 0 ? message : $"{message} It wrote:\n{string.Join('\n', errorLines)}")
{
    public IReadOnlyList<string> ErrorLines { get; } = errorLines;
}
