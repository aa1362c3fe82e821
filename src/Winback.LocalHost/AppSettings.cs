using System.Collections;
using System.Text.RegularExpressions;

namespace Winback.LocalHost;

/// <summary>The app's settings by name, whatever the case: those given, over the environment of this process.</summary>
internal sealed partial class AppSettings
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    public AppSettings(IReadOnlyDictionary<string, string> given)
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            _values[(string)variable.Key] = (string?)variable.Value ?? "";
        foreach (var (name, value) in given)
            _values[name] = value;
    }

    /// <summary>The value, or null when the setting is missing or empty.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    /// <summary>Puts the value of each %SETTING% in its place.</summary>
    /// <param name="where">What to blame, as in "scan/function.json: schedule".</param>
    /// <exception cref="HostConfigurationException">A setting is missing.</exception>
    public string Resolve(string text, string where) =>
        Placeholder().Replace(text, match => this[match.Groups[1].Value]
            ?? throw new HostConfigurationException(
                $"{where} needs the setting {match.Groups[1].Value}, which is missing or empty. Set it in the app's settings."));

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Placeholder();
}
