using Winback.Campaigns;
using Winback.Cli.Demo;
using Winback.Cli.Local;

namespace Winback.EndToEnd;

/// <summary>What an owner writes reaches the running app without a deployment or a restart, and only when it is in order.</summary>
public sealed class PublishTests(PublishedApp app) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("winback-campaigns-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public async Task An_edit_reaches_the_next_scan_and_a_broken_one_no_scan()
    {
        await using var product = await Product.StartAsync(app);
        CopyCampaigns();
        var sample = SampleBase.CreateLapsed(8, product.Now.Today);
        await product.ImportAsync(sample);
        await Edit("invitation.nl.md", "Graag tot ziens", "Tot gauw dan");
        await Edit("invitation.en.md", "Hope to see you soon", "See you soon then");

        await product.ScanAsync();
        Assert.All(await product.MailsAsync(), m => Assert.Matches("Graag tot ziens|Hope to see you soon", m.Text!));
        Assert.Equal((0, ""), await RunAsync("campaigns", "publish", SampleBase.RestaurantCampaign));
        var more = SampleBase.CreateLapsed(16, product.Now.Today);
        await product.ImportMoreAsync(more);
        await product.ScanAsync();
        var published = (await product.MailsAsync()).Skip(8).ToList();
        Assert.Equal(8, published.Count);
        Assert.All(published, m => Assert.Matches("Tot gauw dan|See you soon then", m.Text!));
        Assert.Equal(1, product.Host.AppStarts);

        await Edit("invitation.nl.md", "{{offer.code}}", "{{offer.cod}}");
        var (exitCode, errors) = await RunAsync("campaigns", "publish", SampleBase.RestaurantCampaign);
        Assert.Equal(1, exitCode);
        Assert.Contains("invitation.nl.md, line ", errors, StringComparison.Ordinal);
        Assert.Contains("Did you mean offer.code", errors, StringComparison.Ordinal);
        await product.ScanAsync();
        Assert.Equal(["restaurant-slow-evening", "renewal-reminder"], (await product.Part<CampaignCatalog>().RefreshAsync(Cancel)).Ordered.Select(c => c.Id));
        Assert.Equal(16, (await product.MailsAsync()).Count);

        async Task<(int ExitCode, string Errors)> RunAsync(params string[] arguments)
        {
            var run = await CommandLine.RunAsync(product.Stack.Settings, [.. arguments, "--folder", _folder]);
            return (run.ExitCode, run.Errors.Trim());
        }
    }

    private void CopyCampaigns()
    {
        var campaigns = Path.Combine(RepositoryFolder.Find(), "campaigns");
        foreach (var file in Directory.EnumerateFiles(campaigns, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_folder, Path.GetRelativePath(campaigns, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private async Task Edit(string file, string from, string to)
    {
        var path = Path.Combine(_folder, SampleBase.RestaurantCampaign, file);
        var text = await File.ReadAllTextAsync(path, Cancel);
        Assert.Contains(from, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, text.Replace(from, to, StringComparison.Ordinal), Cancel);
    }
}
