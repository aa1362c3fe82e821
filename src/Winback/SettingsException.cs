namespace Winback;

/// <summary>The app can't start as it is set up. The message lists every problem with the setting's name and what to do.</summary>
public sealed class SettingsException(IReadOnlyList<string> problems, Exception? inner = null)
    : Exception("Winback can't start:" + string.Concat(problems.Select(p => $"{Environment.NewLine}- {p}")), inner)
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
