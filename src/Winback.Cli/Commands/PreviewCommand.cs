using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Outreach;

namespace Winback.Cli.Commands;

/// <summary><c>winback preview CAMPAIGN</c>: writes its mails as files, for a made-up customer or a real one.</summary>
internal static class PreviewCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("CAMPAIGN")
        {
            Description = "The name of its folder under campaigns/; without it, all of them.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var customer = new Option<string?>("--customer") { Description = "For this customer instead of a made-up one." };
        var folder = new Option<string>("--out") { Description = "The folder for the files.", DefaultValueFactory = _ => "preview" };
        var command = new Command(
            "preview", "Write a campaign's mails as .html and .txt, in both languages.\nExample: winback preview restaurant-slow-evening")
        {
            name, customer, folder,
        };
        command.SetAction((result, cancel) =>
            RunAsync(result.GetValue(name), result.GetValue(customer), result.GetRequiredValue(folder), cancel));
        return command;
    }

    private static async Task<int> RunAsync(string? name, string? number, string folder, CancellationToken cancel)
    {
        // A made-up customer needs no storage, so nothing has to run for it.
        await using var parts = number is null ? Parts.From(Sample()) : Parts.Open();
        var library = parts.GetRequiredService<CampaignLibrary>();
        var campaigns = library.All.Where(c => name is null || c.Id == name).ToList();
        if (campaigns.Count == 0)
            throw new CommandException($"There is no campaign \"{name}\"; there are: {string.Join(", ", library.All.Select(c => c.Id))}.");
        var real = number is null ? null : await RealAsync(parts, number, cancel);
        var now = parts.GetRequiredService<OwnerClock>().Now;
        var business = parts.GetRequiredService<BusinessOptions>();
        Directory.CreateDirectory(folder);
        foreach (var (campaign, step) in campaigns.SelectMany(c => c.Steps, (campaign, step) => (campaign, step)))
        {
            var file = real ?? SampleRecipients.For(now)[0].File;
            foreach (var language in Languages.All)
            {
                var mail = library.Render(campaign.Id, step.Id, language, SampleRecipients.Model(business, file, campaign, step, now, language));
                var path = Path.Combine(folder, $"{campaign.Id}.{step.Id}.{language}");
                await File.WriteAllTextAsync(path + ".html", mail.Html, cancel);
                await File.WriteAllTextAsync(path + ".txt", mail.Text, cancel);
                AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]{mail.Subject}[/]");
                AnsiConsole.WriteLine($"  {Path.GetFullPath(path)}.html, .txt");
            }
        }
        return 0;
    }

    private static async Task<CustomerFile> RealAsync(IServiceProvider parts, string number, CancellationToken cancel)
    {
        if (!CustomerId.TryParse(number, out var id, out var problem)) throw new CommandException($"--customer: {problem}.");
        return await parts.GetRequiredService<ICustomerStore>().FindAsync(id, cancel)
            ?? throw new CommandException(string.Create(CultureInfo.InvariantCulture, $"--customer: there is no customer {id}."));
    }

    private static Dictionary<string, string> Sample() => new(Demo.DemoSettings.Create())
    {
        ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
        ["Business__PublicBaseUrl"] = "https://winback.example",
        ["Mail__Provider"] = "Pickup",
        ["Mail__PickupFolder"] = "preview",
    };
}
