using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
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
        var id = new Argument<string?>("CAMPAIGN") { Description = "The name of its folder. None: all of the folder.", Arity = ArgumentArity.ZeroOrOne };
        var customer = new Option<string?>("--customer") { Description = "For this customer instead of a made-up one." };
        var output = new Option<string>("--out") { Description = "The folder for the files.", DefaultValueFactory = _ => "preview" };
        var json = Screens.JsonOption();
        var noOpen = new Option<bool>("--no-open") { Description = "Only write the files." };
        var folder = CampaignDesk.FolderOption();
        var command = new Command(
            "preview",
            "Show a campaign's mails and calls as you wrote them in the browser: every step in both languages, mails at desktop and phone width and as text.\n"
            + "Example: winback campaigns preview restaurant-slow-evening --customer K000123")
        {
            id, customer, output, noOpen, folder, json,
        };
        command.SetAction(async (result, cancel) =>
        {
            await using var parts = result.GetValue(customer) is null ? CampaignDesk.OpenOffline() : await Parts.OpenAsync(result, cancel, "Business__");
            var path = CampaignDesk.Folder(result.GetValue(folder));
            var files = result.GetValue(id) is { } one ? [CampaignDesk.Files(path, one)] : CampaignFiles.ReadAll(path);
            var file = result.GetValue(customer) is { } number ? await RealAsync(parts, number, cancel) : null;
            var pages = new List<string>();
            foreach (var definition in CampaignDefinition.ParseAll(files, parts.GetRequiredService<BusinessOptions>().Website))
            {
                var page = await WriteAsync(parts, definition, file, result.GetRequiredValue(output), cancel);
                pages.Add(page);
                if (!result.GetValue(noOpen)) Open(page);
            }
            if (result.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(pages, CommandJson.Default.ListString));
            else foreach (var page in pages) AnsiConsole.WriteLine(page);
            return 0;
        });
        return command;
    }

    /// <returns>The page that shows all of a campaign's mails.</returns>
    private static async Task<string> WriteAsync(IServiceProvider parts, CampaignDefinition definition, CustomerFile? file, string output, CancellationToken cancel)
    {
        var (business, now) = (parts.GetRequiredService<BusinessOptions>(), parts.GetRequiredService<OwnerClock>().Now);
        var campaign = definition.Campaign;
        var findings = CampaignLint.Check(definition, business, now);
        Directory.CreateDirectory(output);
        var shown = new List<PreviewedMail>();
        foreach (var (step, language) in campaign.Steps.SelectMany(_ => Languages.All, (step, language) => (step, language)))
        {
            var model = SampleRecipients.Model(business, file ?? SampleRecipients.For(now)[0].File, campaign, step, now, language);
            var name = $"{campaign.Id}.{step.Id}.{language}";
            var mail = step.Channel == Channel.Mail ? definition.Render(step.Id, language, model) : null;
            var call = mail is null ? definition.Say(step.Id, language, model) : null;
            var text = mail?.Text ?? call!.ToString();
            if (mail is not null) await File.WriteAllTextAsync(Path.Combine(output, name + ".html"), mail.Html, cancel);
            await File.WriteAllTextAsync(Path.Combine(output, name + ".txt"), text, cancel);
            shown.Add(new PreviewedMail(step.Id, language, mail?.Subject ?? call!.Purpose, mail is null ? null : name + ".html", text,
                [.. findings.Where(f => f.Step == step && f.Language == language).Select(f => $"{f.Finding.Rule.Severity} for {f.Recipient.Name}: {f.Finding}")]));
        }
        var page = Path.GetFullPath(Path.Combine(output, $"{campaign.Id}.html"));
        await File.WriteAllTextAsync(page, PreviewPage.Write(campaign.Id, shown), cancel);
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
            Console.Error.WriteLine("No browser could be opened here; open the page yourself.");
        }
    }
}
