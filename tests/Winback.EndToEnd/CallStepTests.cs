using System.Text.Json;
using Winback.Campaigns;
using Winback.Cli.Local;
using Winback.Customers;
using Winback.Customers.Import;
using Winback.Intake;
using Winback.Outreach;

namespace Winback.EndToEnd;

/// <summary>A campaign that begins with a call, in real storage: nobody is mailed, and <c>winback calls</c> says whom to call and what to say.</summary>
public sealed class CallStepTests(PublishedApp app) : IDisposable
{
    private static readonly CustomerId K1 = CustomerId.Parse("k1");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("winback-calls-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(true);

    [Fact]
    public async Task A_call_that_is_due_is_on_the_sheet_once_and_no_mail_leaves()
    {
        Write();
        await using var product = await Product.StartAsync(app, ("CampaignFolder", _folder.FullName));
        var book = product.Part<CustomerBook>();
        // Without an address, which a call does not need.
        await book.ApplyAsync(K1, [new CustomerRow(K1, "Sam Klant", "Sam", null, "06-12345678", "en", true)], Cancel);
        var bought = new Purchase(K1, product.Now.Today.AddMonths(-7), null, new Money(9000), null, "Ten talks", 0);
        await book.AddPurchasesAsync(K1, [bought], Cancel);

        await product.ScanAsync();
        await product.ScanAsync();

        var settings = new Dictionary<string, string>(product.Stack.Settings) { [RunningState.Variable] = Path.Combine(Path.GetTempPath(), "no-such-state") };
        var (exitCode, output, errors) = await CommandLine.RunAsync(settings, "calls", "--json");
        Assert.True(exitCode == 0, errors);
        using var json = JsonDocument.Parse(output);
        var entry = Assert.Single(json.RootElement.EnumerateArray());
        Assert.Equal(("step", "coach", "catch-up"), (Text(entry, "why"), Text(entry, "campaign"), Text(entry, "step")));
        Assert.Equal(["Hear how it goes", "Say hello to Sam."], entry.GetProperty("say").EnumerateArray().Select(s => s.GetString()));
        var call = Assert.Single(await product.Part<IOutreachStore>().CallsAsync(Cancel).ToListAsync(Cancel));
        Assert.Equal((K1, Channel.Phone, StepState.HandedOver), (call.Customer, call.Channel, call.State));
        Assert.Empty(await product.MailsAsync());
    }

    private void Write()
    {
        var shipped = Path.Combine(RepositoryFolder.Find(), "campaigns");
        File.Copy(Path.Combine(shipped, "layout.html"), Path.Combine(_folder.FullName, "layout.html"));
        var partials = _folder.CreateSubdirectory("partials").FullName; // the app's own answers use them too
        foreach (var partial in Directory.EnumerateFiles(Path.Combine(shipped, "partials"))) File.Copy(partial, Path.Combine(partials, Path.GetFileName(partial)));
        var coach = _folder.CreateSubdirectory("coach").FullName;
        File.WriteAllText(
            Path.Combine(coach, "campaign.json"),
            """{ "kind": "inactive", "audience": { "months": 4 }, "steps": [{ "id": "catch-up", "channel": "phone" }] }""");
        foreach (var language in Languages.All)
        {
            File.WriteAllText(
                Path.Combine(coach, $"catch-up.{language}.md"),
                "---\nsubject: Hear how it goes\n---\n\nSay hello{{#if customer.first_name}} to {{customer.first_name}}{{/if}}.\n");
        }
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
