using System.Globalization;
using System.Text.Json;

namespace Winback.LocalHost;

/// <summary>A JSON file of settings, read by path (extensions.queues.batchSize, whatever the case) with errors that name file and setting.</summary>
/// <param name="name">The file as it is named in errors.</param>
/// <param name="overrides">Gives the text that replaces the setting at a path, or null.</param>
internal sealed class SettingsFile(string name, JsonElement root, Func<string, string?> overrides)
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static SettingsFile Parse(string name, string json, Func<string, string?>? overrides = null)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Lenient);
            return new SettingsFile(name, document.RootElement.Clone(), overrides ?? (_ => null));
        }
        catch (JsonException e)
        {
            throw new HostConfigurationException($"{name} is not valid JSON: {e.Message}", e);
        }
    }

    public HostConfigurationException Wrong(string setting, string what) => new($"{name}: {setting} {what}");

    /// <summary>The setting as text, or null when it is missing or null.</summary>
    public string? Text(string setting) =>
        overrides(setting) ?? (Find(setting) is { ValueKind: not JsonValueKind.Null } found ? found.ToString() : null);

    public string RequiredText(string setting, string remedy) =>
        Text(setting) is { Length: > 0 } text ? text : throw Wrong(setting, $"is missing. {remedy}");

    public bool Flag(string setting) => Text(setting) switch
    {
        null => false,
        var text when bool.TryParse(text, out var flag) => flag,
        var text => throw Wrong(setting, $"is '{text}'; write true or false."),
    };

    public int WholeNumber(string setting, int fallback, int min, int max) => Text(setting) switch
    {
        null => fallback,
        var text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max => number,
        var text => throw Wrong(setting, $"is '{text}'; write a whole number from {min} to {max}."),
    };

    public TimeSpan Duration(string setting, TimeSpan fallback, TimeSpan min, TimeSpan max) => Text(setting) switch
    {
        null => fallback,
        var text when TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var time) && time >= min && time <= max => time,
        var text => throw Wrong(setting, $"is '{text}'; write a time from {min:c} to {max:c} as \"hh:mm:ss\"."),
    };

    public IReadOnlyList<string> Texts(string setting) => [.. Items(setting).Select(item => item.ToString())];

    /// <summary>The objects of an array, each as a file of its own.</summary>
    public IReadOnlyList<SettingsFile> Objects(string setting) =>
        [.. Items(setting).Select((item, i) => new SettingsFile($"{name}: {setting}[{i}]", item, _ => null))];

    private JsonElement[] Items(string setting) => Find(setting) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } array => [.. array.EnumerateArray()],
        _ => throw Wrong(setting, "must be an array."),
    };

    private JsonElement? Find(string setting)
    {
        JsonElement? found = root;
        foreach (var part in setting.Split('.'))
        {
            if (found is not { ValueKind: JsonValueKind.Object } parent) return null;
            found = parent.EnumerateObject()
                .Where(property => property.Name.Equals(part, StringComparison.OrdinalIgnoreCase))
                .Select(property => (JsonElement?)property.Value)
                .FirstOrDefault();
        }
        return found;
    }
}
