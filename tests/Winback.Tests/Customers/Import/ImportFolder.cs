using System.Text;
using Winback.Customers.Import;

namespace Winback.Tests.Customers.Import;

/// <summary>A folder for the files of one test, gone after it.</summary>
public sealed class ImportFolder : IDisposable
{
    public static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("winback-import-");

    public string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    public string Write(string text, string name = "file.csv", Encoding? encoding = null)
    {
        File.WriteAllText(Path(name), text, encoding ?? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return Path(name);
    }

    public ImportOptions Options(ImportKind kind, string text, params string[] maps) => new(kind, Write(text), Amsterdam) { Maps = maps };

    public List<ReadRow> Read(ImportKind kind, string text, params string[] maps) => [.. ImportFile.Open(Options(kind, text, maps)).Rows()];

    /// <summary>The message for the owner when the file as a whole is refused.</summary>
    public string Refusal(ImportKind kind, string text, params string[] maps) =>
        Assert.Throws<ImportException>(() => Read(kind, text, maps)).Message;

    public void Dispose() => _folder.Delete(recursive: true);
}
