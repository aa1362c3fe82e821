using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Winback.Tests.Campaigns.Rendering;

namespace Winback.Tests.Infra;

/// <summary>The templates of infra/, as written and as the Bicep compiler makes them.</summary>
internal static class Bicep
{
    private static readonly string Tools = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(m => m.Key == "BicepTools").Value!;

    public static string Folder { get; } = Path.Combine(SampleMails.Repository, "infra");

    public static IReadOnlyDictionary<string, string> Sources { get; } = Directory.EnumerateFiles(Folder, "*.bicep", SearchOption.AllDirectories)
        .ToDictionary(f => Path.GetFileNameWithoutExtension(f), File.ReadAllText);

    public static JsonElement Parameters { get; } = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "main.parameters.json"))).RootElement.GetProperty("parameters");

    /// <returns>The compiled template; and every warning and error.</returns>
    public static async Task<(string Template, string Complaints)> CompileAsync(CancellationToken cancel)
    {
        var program = Path.Combine(Tools, OperatingSystem.IsWindows() ? "bicep.exe" : "bicep");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var compiler = Process.Start(new ProcessStartInfo(program, ["build", Path.Combine(Folder, "main.bicep"), "--stdout"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var template = compiler.StandardOutput.ReadToEndAsync(cancel);
        var complaints = compiler.StandardError.ReadToEndAsync(cancel);
        await compiler.WaitForExitAsync(cancel);
        return (await template, await complaints);
    }
}
