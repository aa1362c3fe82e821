using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Winback.Cli.Local;

namespace Winback.EndToEnd;

/// <summary>The commands as a person or a script runs them.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("winback-cli-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Dictionary<string, string> OwnState => new() { [RunningState.Variable] = Path.Combine(_folder, "state") };

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public async Task The_demo_comes_out_as_foretold_and_leaves_nothing_running()
    {
        await using var demo = CommandLine.Start(OwnState, "demo", "--once", "--json");
        Assert.True(await demo.ExitAsync() == 0, demo.Output + demo.Errors);

        using var report = JsonDocument.Parse(demo.Output);
        Assert.Equal(0, report.RootElement.GetProperty("problems").GetArrayLength());
        Assert.True(report.RootElement.GetProperty("sent").GetInt32() > 0);
        Assert.Equal(report.RootElement.GetProperty("sent").GetInt32(), report.RootElement.GetProperty("inInbox").GetInt32());
        foreach (var what in new[] { "inbox", "app" })
        {
            var address = new Uri(report.RootElement.GetProperty(what).GetString()!);
            using var client = new TcpClient();
            await Assert.ThrowsAsync<SocketException>(async () => await client.ConnectAsync(address.Host, address.Port, Cancel));
        }
        await demo.NothingIsLeftAsync();
    }

    [Theory]
    [InlineData("klanten.csv")] // Amid the start: storage and inbox run, the app too.
    [InlineData("The inbox:")] // When all is done and it waits.
    public async Task Ctrl_C_during_the_demo_leaves_nothing_running(string when)
    {
        await using var demo = CommandLine.Start(OwnState, "demo", "--customers", "100");
        await demo.UntilPrintedAsync(when);
        await demo.InterruptAsync();

        Assert.InRange(await demo.ExitAsync(), 0, 2);
        await demo.NothingIsLeftAsync();
        Assert.Null(Directory.Exists(OwnState[RunningState.Variable]) ? Directory.EnumerateFiles(OwnState[RunningState.Variable]).FirstOrDefault() : null);
        Assert.DoesNotContain("   at ", demo.Errors, StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[], string> UselessFiles => new()
    {
        { "empty.csv", [], "empty.csv is empty" },
        { "workbook.csv", [0x50, 0x4b, 3, 4, 0, 0, 0, 0xff, 0xfe, 0, 0, 1, 2, 0, 0x0a, 0, 7], "workbook.csv is an Excel workbook" },
        { "picture.csv", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52], "picture.csv" },
        { "header-less.csv", Encoding.UTF8.GetBytes("K1;Jansen;jan@example.org;ja\nK2;Smit;smit@example.org;nee\n"), "The first line of the file holds data" },
    };

    [Theory]
    [MemberData(nameof(UselessFiles))]
    public async Task Importing_a_useless_file_says_what_is_wrong_in_a_line(string name, byte[] content, string beginning)
    {
        var file = Path.Combine(_folder, name);
        await File.WriteAllBytesAsync(file, content, Cancel);
        // Nothing listens at that storage: the file is looked at first.
        var settings = Product.Settings(
            ("AzureWebJobsStorage", "UseDevelopmentStorage=true"), ("Business__PublicBaseUrl", "https://winback.example"), ("Mail__Provider", "Pickup"),
            ("Mail__PickupFolder", _folder), (RunningState.Variable, Path.Combine(_folder, "state")));

        var (exitCode, output, errors) = await CommandLine.RunAsync(settings, "import", "customers", file);

        Assert.Equal((1, ""), (exitCode, output.Trim()));
        Assert.StartsWith(beginning, Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
    }
}
