using System.Text.Json;
using System.Text.Json.Serialization;

namespace Winback.Cli.Local;

/// <summary>
/// The folder <c>.winback</c> beside the sources (where there are none, in the current folder), or the one that the environment variable WINBACK_STATE names: the settings and data of
/// <c>winback up</c>, and, while something runs here, how to reach it, so that the other commands work on it from another terminal. It holds
/// secrets: readable by its owner only, never in git.
/// </summary>
public sealed class RunningState
{
    /// <summary>The environment variable that names another folder, for a second one beside the usual.</summary>
    public const string Variable = "WINBACK_STATE";

    private readonly string _folder = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder
        ? Path.GetFullPath(folder)
        : Path.Combine(RepositoryFolder.FindOrNull() ?? Directory.GetCurrentDirectory(), ".winback");

    public string StorageFolder => Path.Combine(_folder, "storage");

    public string SettingsFile => Path.Combine(_folder, "settings.json");

    /// <summary>There while something runs here; left behind when that is killed.</summary>
    public string RunningFile => Path.Combine(_folder, "running.json");

    /// <summary>The settings of what runs here now; null when nothing does.</summary>
    public Dictionary<string, string>? Running => Read(RunningFile);

    /// <summary>The kept settings of <c>winback up</c>, made on first use.</summary>
    /// <exception cref="CommandException">The file is not JSON.</exception>
    public Dictionary<string, string> KeptSettings(Func<Dictionary<string, string>> make)
    {
        if (Read(SettingsFile) is { } kept) return kept;
        var made = make();
        WriteSettings(SettingsFile, made);
        return made;
    }

    /// <exception cref="CommandException">Something runs here: it uses the same published app and this folder.</exception>
    public void RequireNothingRunning()
    {
        if (Running is not null)
            throw new CommandException($"Something runs here already; stop it first. If it was killed, remove {RunningFile}.");
    }

    public void SetRunning(IReadOnlyDictionary<string, string> settings) => WriteSettings(RunningFile, settings);

    public void ClearRunning()
    {
        if (File.Exists(RunningFile)) File.Delete(RunningFile);
    }

    /// <summary>A file of settings: a JSON object of names and values.</summary>
    /// <exception cref="CommandException">There is no such file, or it is no such object.</exception>
    public static Dictionary<string, string> ReadSettings(string file) =>
        Read(file) ?? throw new CommandException($"--settings: there is no file {file}.");

    private static Dictionary<string, string>? Read(string file)
    {
        if (!File.Exists(file)) return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(file), StateJson.Default.DictionaryStringString);
        }
        catch (JsonException e)
        {
            throw new CommandException($"{file}: {e.Message} Mend it, or remove it to begin anew.");
        }
    }

    /// <summary>Writes a file of settings that only its owner can read, in place of the one that is there.</summary>
    public static void WriteSettings(string file, IReadOnlyDictionary<string, string> settings)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(file, options);
        JsonSerializer.Serialize(stream, new Dictionary<string, string>(settings), StateJson.Default.DictionaryStringString);
    }
}

[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class StateJson : JsonSerializerContext;
