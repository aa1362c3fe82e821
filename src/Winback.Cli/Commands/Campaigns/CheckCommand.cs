using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Winback.Campaigns;
using Winback.Campaigns.Rendering;
using Winback.Customers;
using Winback.Outreach;

namespace Winback.Cli.Commands.Campaigns;

/// <param name="Severity">error (it cannot be published) or warning.</param>
/// <param name="Recipient">The made-up customer with whom it shows.</param>
internal sealed record CheckedMail(string File, string Rule, string Severity, string Recipient, string Place, string Problem, string Remedy);

/// <summary><c>winback campaigns check [CAMPAIGN]</c>: what would stop it from being published, and what reads badly.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var ids = new Argument<string[]>("CAMPAIGN") { Description = "Which; several may be named. None: all of the folder.", Arity = ArgumentArity.ZeroOrMore };
        var folder = CampaignDesk.FolderOption();
        var json = Screens.JsonOption();
        var command = new Command("check", "Say what is wrong in campaign.json and the mails, with file, line and remedy, and what would look careless or like spam, as several made-up customers would get it. Exit code 1 when something is wrong.\nExample: winback campaigns check restaurant-slow-evening") { ids, folder, json };
        command.SetAction(result =>
        {
            using var parts = CampaignDesk.OpenOffline();
            var (business, now) = (parts.GetRequiredService<BusinessOptions>(), parts.GetRequiredService<OwnerClock>().Now);
            var path = CampaignDesk.Folder(result.GetValue(folder));
            var files = result.GetValue(ids) is { Length: > 0 } some ? [.. some.Select(id => CampaignDesk.Files(path, id))] : CampaignFiles.ReadAll(path);
            var definitions = CampaignDefinition.ParseAll(files, business.Website);
            var findings = definitions.SelectMany(d => CampaignLint.Check(d, business, now)).ToList();
            if (result.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(findings.ConvertAll(Describe), CommandJson.Default.ListCheckedMail));
            else Show(definitions, findings);
            return findings.Any(IsError) ? 1 : 0;
        });
        return command;
    }

    /// <exception cref="CampaignException">Lists every error; warnings pass.</exception>
    public static void Require(IEnumerable<CampaignFinding> findings)
    {
        var errors = findings.Where(IsError).Select(f => f.ToString()).ToList();
        if (errors.Count > 0) throw new CampaignException(string.Join(Environment.NewLine, errors));
    }

    private static void Show(IEnumerable<CampaignDefinition> definitions, IReadOnlyList<CampaignFinding> findings)
    {
        foreach (var definition in definitions)
        {
            var mine = findings.Where(f => f.Campaign.Id == definition.Campaign.Id).ToList();
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]{definition.Campaign.Id}[/] ({definition.Campaign.Version}): {(mine.Count == 0 ? "in order" : "")}");
            foreach (var finding in mine)
                AnsiConsole.MarkupLine($"  {(IsError(finding) ? "[red]error[/]" : "[yellow]warning[/]")} {finding.ToString().EscapeMarkup()}");
        }
    }

    private static bool IsError(CampaignFinding finding) => finding.Finding.Rule.Severity == LintSeverity.Error;

    private static CheckedMail Describe(CampaignFinding f) => new(
        f.File, f.Finding.Rule.Id, IsError(f) ? "error" : "warning", f.Recipient.Name, f.Finding.Place, f.Finding.Problem, f.Finding.Remedy);
}
