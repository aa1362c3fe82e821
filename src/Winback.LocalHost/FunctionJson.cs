using System.Text.RegularExpressions;
using NCrontab;

namespace Winback.LocalHost;

/// <summary>A function as its function.json describes it; its folder's name is its name.</summary>
/// <param name="IsDisabled">It is not triggered; a timer can still be fired by hand.</param>
internal abstract record FunctionJson(string Name, bool IsDisabled)
{
    private const string Kinds = "This host knows timerTrigger, queueTrigger and httpTrigger (with an http output).";

    /// <summary>Reads each direct subfolder that has a function.json, in order of name.</summary>
    /// <exception cref="HostConfigurationException">A file or a value in it is wrong, or a setting it names is missing.</exception>
    public static IReadOnlyList<FunctionJson> ReadAll(string appRoot, AppSettings settings)
    {
        FunctionJson[] functions =
        [
            .. Directory.EnumerateDirectories(appRoot)
                .Order(StringComparer.Ordinal)
                .Select(folder => Path.Combine(folder, "function.json"))
                .Where(File.Exists)
                .Select(path => Parse(Path.GetFileName(Path.GetDirectoryName(path))!, path, File.ReadAllText(path), settings)),
        ];
        return functions.Length > 0
            ? functions
            : throw new HostConfigurationException(
                $"{appRoot} has no function: no subfolder holds a function.json. Is it the folder that the app was published to?");
    }

    /// <param name="path">The file as it is named in errors.</param>
    public static FunctionJson Parse(string function, string path, string json, AppSettings settings)
    {
        var file = SettingsFile.Parse(path, json);
        if (!Regex.IsMatch(function, "^[A-Za-z][A-Za-z0-9_-]{0,126}$"))
            throw file.Wrong("its folder", $"is named '{function}', which is no function name: letters, digits, - and _, beginning with a letter.");
        if (file.Text("retry") is not null)
            throw file.Wrong("retry", "is not supported by this host. Leave it out.");
        var disabled = settings[$"AzureWebJobs.{function}.Disabled"]?.ToUpperInvariant() is "TRUE" or "1";
        var bindings = file.Objects("bindings");
        if (bindings.Where(IsTrigger).ToArray() is not [var trigger])
            throw file.Wrong("bindings", $"must hold exactly one trigger. {Kinds}");
        foreach (var binding in bindings.Where(b => !IsTrigger(b)))
        {
            if (binding.Text("type") != "http" || trigger.Text("type") != "httpTrigger")
                throw binding.Wrong("type", $"'{binding.Text("type")}' is not supported. {Kinds}");
        }
        return trigger.Text("type") switch
        {
            "timerTrigger" => TimerFunction.From(function, disabled, trigger, path, settings),
            "queueTrigger" => QueueFunction.From(function, disabled, trigger, path, settings),
            "httpTrigger" => new HttpFunction(function, disabled, trigger.Text("route") ?? function, trigger.Texts("methods")),
            var other => throw trigger.Wrong("type", $"'{other}' is not supported. {Kinds}"),
        };
    }

    private static bool IsTrigger(SettingsFile binding) => binding.Text("type")?.EndsWith("Trigger", StringComparison.Ordinal) == true;
}

/// <param name="Binding">The binding's name, which is the property of Data that holds the timer.</param>
internal sealed record TimerFunction(string Name, bool IsDisabled, string Binding, CrontabSchedule Schedule, bool RunsOnStartup)
    : FunctionJson(Name, IsDisabled)
{
    public static TimerFunction From(string function, bool disabled, SettingsFile trigger, string path, AppSettings settings)
    {
        var written = trigger.RequiredText("schedule", "Write six NCRONTAB fields, such as \"0 0 8 * * *\", or %SETTING%.");
        var expression = settings.Resolve(written, $"{path}: schedule");
        var schedule = CrontabSchedule.TryParse(expression, new CrontabSchedule.ParseOptions { IncludingSeconds = true })
            ?? throw trigger.Wrong(
                "schedule",
                $"'{written}' is '{expression}', which is no NCRONTAB expression of six fields (second minute hour day month weekday), "
                + "such as \"0 0 8 * * *\".");
        return new(function, disabled, trigger.RequiredText("name", "Name the binding."), schedule, trigger.Flag("runOnStartup"));
    }
}

/// <param name="Binding">The binding's name, which is the property of Data that holds the message.</param>
/// <param name="Connection">The storage account's connection string.</param>
/// <param name="IsBinary">The message is handed over as the base64 of its bytes, rather than as text.</param>
internal sealed record QueueFunction(string Name, bool IsDisabled, string Binding, string QueueName, string Connection, bool IsBinary)
    : FunctionJson(Name, IsDisabled)
{
    public static QueueFunction From(string function, bool disabled, SettingsFile trigger, string path, AppSettings settings)
    {
        var queue = settings.Resolve(trigger.RequiredText("queueName", "Name the queue, or %SETTING%."), $"{path}: queueName");
        var setting = trigger.Text("connection") is { Length: > 0 } named ? named : "AzureWebJobsStorage";
        var connection = settings[setting] ?? throw trigger.Wrong("connection", settings[$"{setting}__queueServiceUri"] is null
            ? $"names the setting {setting}, which is missing. Set it to a storage connection string; UseDevelopmentStorage=true is Azurite."
            : $"names the setting {setting}, which is given as an identity. This host has none: set {setting} to a connection string.");
        return new(function, disabled, trigger.RequiredText("name", "Name the binding."), queue, connection, trigger.Text("dataType") == "binary");
    }

    /// <summary>Never with the connection string, which holds a key.</summary>
    public override string ToString() => $"{Name} on queue {QueueName}";
}

/// <param name="Route">A route template below the route prefix; the function's name when function.json has none.</param>
/// <param name="Methods">The HTTP methods it answers; empty for all.</param>
internal sealed record HttpFunction(string Name, bool IsDisabled, string Route, IReadOnlyList<string> Methods) : FunctionJson(Name, IsDisabled);
