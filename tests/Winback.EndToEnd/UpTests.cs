using System.Globalization;
using System.Text.Json;
using Winback.Cli.Demo;
using Winback.Cli.Local;

namespace Winback.EndToEnd;

/// <summary><c>winback up</c> in one terminal, the other commands in another.</summary>
public sealed class UpTests(PublishedApp app) : IDisposable
{
    private const int Customers = 12;
    private const string Ready = "the data stays";

    private readonly string _folder = Directory.CreateTempSubdirectory("winback-up-").FullName;
    private readonly string _port = NodeService.FreePorts(1)[0].ToString(CultureInfo.InvariantCulture);

    private Dictionary<string, string> OwnState => new() { [RunningState.Variable] = Path.Combine(_folder, "state"), ["Engine__IgnoreSendWindows"] = "true" };

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public async Task What_was_imported_and_sent_is_there_after_Ctrl_C_and_a_new_start()
    {
        // Of some days ago, so that it does not matter what day it is where.
        var sample = SampleBase.CreateLapsed(Customers, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-3)));
        sample.WriteFiles(_folder);
        var number = sample.Customers[0].Number;
        var late = Path.Combine(_folder, "late.csv");
        await File.WriteAllTextAsync(late, $"customer number,date,amount\n{number},2020-05-01,12.50\n", TestContext.Current.CancellationToken);
        await using (var up = CommandLine.Start(OwnState, "up", "--port", _port))
        {
            await up.UntilPrintedAsync(Ready);
            Assert.Equal(Customers, (await WinbackAsync("import", "customers", Path.Combine(_folder, "klanten.csv"), "--json")).GetProperty("added").GetInt32());
            await WinbackAsync("import", "purchases", Path.Combine(_folder, "aankopen.csv"), "--json");
            Assert.Equal("due", await AnswerAsync(number));
            Assert.Equal(Customers, (await WinbackAsync("scan", "--json")).GetProperty("campaigns").GetProperty(SampleBase.RestaurantCampaign).GetProperty("due").GetInt32());
            await Until.TrueAsync(
                "everybody is sent to", Product.Soon,
                async () => (await WinbackAsync("status", "--json")).GetProperty("handedOver").GetInt32() == Customers,
                async () => (await WinbackAsync("status", "--json")).ToString());
            Assert.Equal("waiting", await AnswerAsync(number));
            // What is written last must not be lost either.
            Assert.Equal(1, (await WinbackAsync("import", "purchases", late, "--json")).GetProperty("added").GetInt32());
            await StopAsync(up);
        }

        await using (var up = CommandLine.Start(OwnState, "up", "--port", _port))
        {
            await up.UntilPrintedAsync(Ready);
            Assert.Equal(Customers, (await WinbackAsync("status", "--json")).GetProperty("handedOver").GetInt32());
            Assert.Equal("waiting", await AnswerAsync(number));
            Assert.Equal(1, (await WinbackAsync("import", "purchases", late, "--json")).GetProperty("unchanged").GetInt32());
            await StopAsync(up);
        }
    }

    [Fact]
    public async Task When_it_is_killed_nothing_goes_on_and_the_next_start_says_what_to_do()
    {
        await using var up = CommandLine.Start(OwnState, "up", "--port", _port);
        await up.UntilPrintedAsync(Ready);
        up.Kill();
        await up.ExitAsync();
        await up.NothingIsLeftAsync();

        var (exitCode, _, errors) = await CommandLine.RunAsync(OwnState, "up", "--port", _port);
        Assert.Equal(1, exitCode);
        Assert.Contains(Path.Combine("state", "running.json"), Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact] // As in a container: no sources, and it is stopped with SIGTERM.
    public async Task With_storage_and_mail_in_the_environment_it_runs_a_published_app_on_them()
    {
        var node = await NodePackages.EnsureAsync(_ => { }, TestContext.Current.CancellationToken);
        await using var storage = await Azurite.StartAsync(node, null, TestContext.Current.CancellationToken);
        var (mails, sample) = (Path.Combine(_folder, "mails"), SampleBase.CreateLapsed(Customers, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-3))));
        sample.WriteFiles(_folder);
        var own = new Dictionary<string, string>(OwnState) { ["AzureWebJobsStorage"] = storage.ConnectionString, ["Mail__Provider"] = "Pickup", ["Mail__PickupFolder"] = mails };

        await using var up = CommandLine.Start(own, "up", "--app", app.Folder, "--listen", "127.0.0.1", "--port", _port);
        await up.UntilPrintedAsync(Ready);
        // The other commands find it without being told, as they do beside any `up`.
        await WinbackAsync("import", "customers", Path.Combine(_folder, "klanten.csv"), "--json");
        await WinbackAsync("import", "purchases", Path.Combine(_folder, "aankopen.csv"), "--json");
        await WinbackAsync("scan", "--json");
        await Until.TrueAsync(
            "everybody is sent to", Product.Soon,
            () => Task.FromResult(Directory.Exists(mails) && Directory.GetFiles(mails, "*.eml").Length == Customers),
            () => Task.FromResult(up.Output + up.Errors));
        Assert.DoesNotContain("inbox", up.Output, StringComparison.Ordinal);

        await up.InterruptAsync("-TERM");
        Assert.True(await up.ExitAsync() == 0, up.Output + up.Errors);
        await up.NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_published_app_without_storage_or_mail_is_refused_with_the_setting_to_set()
    {
        var (exitCode, _, errors) = await CommandLine.RunAsync(OwnState, "up", "--app", app.Folder, "--port", _port);

        Assert.Equal(1, exitCode);
        Assert.Contains("set AzureWebJobsStorage in the environment", errors, StringComparison.Ordinal);
    }

    private static async Task StopAsync(CommandLine up)
    {
        await up.InterruptAsync();
        Assert.True(await up.ExitAsync() == 0, up.Output + up.Errors);
        await up.NothingIsLeftAsync();
    }

    private async Task<string?> AnswerAsync(string customer) => (await WinbackAsync("why", customer, "--json"))
        .GetProperty("answers").EnumerateArray().Single(c => c.GetProperty("campaign").GetString() == SampleBase.RestaurantCampaign).GetProperty("answer").GetString();

    private async Task<JsonElement> WinbackAsync(params string[] arguments)
    {
        var (exitCode, output, errors) = await CommandLine.RunAsync(OwnState, arguments);
        Assert.True(exitCode == 0, output + errors);
        using var json = JsonDocument.Parse(output);
        return json.RootElement.Clone();
    }
}
