using Winback.Cli.Local;

namespace Winback.EndToEnd;

/// <summary>Files as other programs write them, from the command line into storage.</summary>
public sealed class ImportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("winback-import-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public async Task A_workbook_and_padded_columns_without_names_come_in_and_what_was_rejected_is_mended()
    {
        await using var storage = await Azurite.StartAsync(await NodePackages.EnsureAsync(_ => { }, Cancel), folder: null, Cancel);
        var settings = Settings(storage.ConnectionString);

        Assert.Contains("read 6, added 4, changed 0, unchanged 0, parked 0, rejected 2", await ImportAsync("customers", Sample("ledenlijst.xlsx")), StringComparison.Ordinal);
        Assert.Contains("read 6, added 0, changed 0, unchanged 4, parked 0, rejected 2", await ImportAsync("customers", Sample("ledenlijst.xlsx")), StringComparison.Ordinal);

        string[] padded = ["purchases", Sample("muziekwinkel.txt"), "--separator", "space", "--columns", "customer,-,date,-,amount"];
        var output = await ImportAsync(padded);
        Assert.Contains("parked 5, rejected 2", output, StringComparison.Ordinal);
        Assert.Contains("unchanged 5, parked 0, rejected 2", await ImportAsync(padded), StringComparison.Ordinal);

        var rejected = padded[1] + ".rejected.csv";
        await File.WriteAllTextAsync(rejected, (await File.ReadAllTextAsync(rejected, Cancel)).Replace("19970231", "19970228", StringComparison.Ordinal), Cancel);
        var command = output.Split('\n').Single(line => line.StartsWith("  winback import ", StringComparison.Ordinal)).Trim().Split(' ');
        Assert.Contains("read 2, added 0, changed 0, unchanged 0, parked 1, rejected 1", await ImportAsync(command[2..]), StringComparison.Ordinal);

        async Task<string> ImportAsync(params string[] arguments)
        {
            var (exitCode, text, errors) = await CommandLine.RunAsync(settings, ["import", .. arguments]);
            Assert.True(exitCode == 0, errors);
            return text;
        }
    }

    [Fact]
    public async Task Questions_are_refused_where_there_is_no_terminal_to_answer_on()
    {
        var (exitCode, output, errors) = await CommandLine.RunAsync(
            Settings("UseDevelopmentStorage=true"), "import", "customers", Sample("ledenlijst.xlsx"), "--interactive");
        Assert.Equal((1, ""), (exitCode, output.Trim()));
        Assert.StartsWith("--interactive asks questions and there is no terminal", Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    /// <summary>A copy: rejected rows go beside the file.</summary>
    private string Sample(string name)
    {
        var copy = Path.Combine(_folder, name);
        if (!File.Exists(copy)) File.Copy(Path.Combine(RepositoryFolder.Find(), "tests", "Winback.Tests", "Fixtures", "imports", name), copy);
        return copy;
    }

    private Dictionary<string, string> Settings(string storage) => Product.Settings(
        ("AzureWebJobsStorage", storage), ("Business__PublicBaseUrl", "https://winback.example"), ("Mail__Provider", "Pickup"), ("Mail__PickupFolder", _folder),
        (RunningState.Variable, Path.Combine(_folder, "state")));
}
