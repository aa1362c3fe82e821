using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Spectre.Console;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Outreach;

namespace Winback.Cli.Commands.Campaigns;

/// <summary><c>winback campaigns preview CAMPAIGN</c>: its mails in the browser, for a made-up customer or a real one.</summary>
internal static class PreviewCommand
{
    public static Command Create()
    {
        var id = CampaignDesk.IdArgument();
        var customer = new Option<string?>("--customer") { Description = "For this customer instead of a made-up one." };
        var output = new Option<string>("--out") { Description = "The folder for the files.", DefaultValueFactory = _ => "preview" };
        var noOpen = new Option<bool>("--no-open") { Description = "Only write the files." };
        var folder = CampaignDesk.FolderOption();
        var command = new Command(
            "preview",
            "Show a campaign's mails as you wrote them in the browser: every step in both languages, at desktop and phone width, and as text.\n"
            + "Example: winback campaigns preview restaurant-slow-evening --customer K000123")
        {
            id, customer, output, noOpen, folder,
        };
        command.SetAction(async (result, cancel) =>
        {
            var definitionFolder = CampaignDesk.Folder(result.GetValue(folder));
            var page = await WriteAsync(result, definitionFolder, result.GetRequiredValue(id), result.GetValue(customer), result.GetRequiredValue(output), cancel);
            AnsiConsole.WriteLine(page);
            if (!result.GetValue(noOpen)) Open(page);
            return 0;
        });
        return command;
    }

    /// <returns>The page that shows them all.</returns>
    private static async Task<string> WriteAsync(ParseResult command, string folder, string id, string? number, string output, CancellationToken cancel)
    {
        await using var parts = number is null ? CampaignDesk.OpenOffline() : await Parts.OpenAsync(command, cancel, "Business__");
        var business = parts.GetRequiredService<BusinessOptions>();
        var definition = CampaignDefinition.Parse(CampaignDesk.Files(folder, id), business.Website);
        var now = parts.GetRequiredService<OwnerClock>().Now;
        var file = number is null ? SampleRecipients.For(definition.Campaign, now)[0].File : await RealAsync(parts, number, cancel);
        Directory.CreateDirectory(output);
        var shown = new List<PreviewedMail>();
        foreach (var (step, language) in definition.Campaign.Steps.SelectMany(_ => Languages.All, (step, language) => (step, language)))
        {
            var mail = definition.Render(step.Id, language, SampleRecipients.Model(business, file, definition.Campaign, step, now, language));
            var name = $"{id}.{step.Id}.{language}";
            await File.WriteAllTextAsync(Path.Combine(output, name + ".html"), mail.Html, cancel);
            await File.WriteAllTextAsync(Path.Combine(output, name + ".txt"), mail.Text, cancel);
            shown.Add(new PreviewedMail(step.Id, language, mail.Subject, name + ".html", mail.Text));
        }
        var page = Path.GetFullPath(Path.Combine(output, $"{id}.html"));
        await File.WriteAllTextAsync(page, PreviewPage.Write(id, shown), cancel);
        return page;
    }

    private static async Task<CustomerFile> RealAsync(IServiceProvider parts, string number, CancellationToken cancel)
    {
        if (!CustomerId.TryParse(number, out var id, out var problem)) throw new CommandException($"--customer: {problem}.");
        return await parts.GetRequiredService<ICustomerStore>().FindAsync(id, cancel) ?? throw new CommandException($"--customer: there is no customer {id}.");
    }

    private static void Open(string page)
    {
        try
        {
            Process.Start(new ProcessStartInfo(page) { UseShellExecute = true })?.Dispose();
        }
        catch (Win32Exception)
        {
            AnsiConsole.WriteLine("No browser could be opened here; open the page yourself.");
        }
    }
}
