using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Winback.Campaigns;
using Winback.Customers;

namespace Winback.Cli.Commands.Campaigns;

/// <summary>A campaign as it is published, beside the owner's folder.</summary>
/// <param name="State">on, paused, off (enabled is false), unusable (not readable by this app) or unpublished.</param>
/// <param name="Folder">same, differs or missing: what is written in the folder beside what is published, in order or not.</param>
internal sealed record ListedCampaign(string Campaign, string State, string? Version, DateTimeOffset? PublishedAt, DateTimeOffset? PausedAt, string Folder);

/// <summary><c>winback campaigns list</c></summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var folder = CampaignDesk.FolderOption();
        var json = Screens.JsonOption();
        var command = new Command("list", "The campaigns: what is published, since when, and whether your folder says something else.\nExample: winback campaigns list") { folder, json };
        command.SetAction(async (result, cancel) =>
        {
            await using var parts = await Parts.OpenAsync(result, cancel);
            var listed = await ReadAsync(parts, CampaignDesk.Folder(result.GetValue(folder)), cancel);
            if (result.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(listed, CommandJson.Default.IReadOnlyListListedCampaign));
            else Show(listed, parts.GetRequiredService<OwnerClock>());
            return 0;
        });
        return command;
    }

    public static async Task<IReadOnlyList<ListedCampaign>> ReadAsync(IServiceProvider parts, string folder, CancellationToken cancel)
    {
        var catalog = parts.GetRequiredService<CampaignCatalog>();
        var written = Directory.Exists(folder) ? CampaignFiles.ReadAll(folder).ToDictionary(f => f.Id, StringComparer.Ordinal) : [];
        var states = CampaignState.Now(await parts.GetRequiredService<IDefinitionStore>().PublicationsAsync(cancel));
        var listed = new List<ListedCampaign>();
        foreach (var id in states.Keys.Concat(written.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var state = states.GetValueOrDefault(id);
            var definition = state is null ? null : await catalog.FindAsync(id, state.Version, cancel);
            var here = written.GetValueOrDefault(id) is not { } files ? "missing" : files.Version == state?.Version ? "same" : "differs";
            listed.Add(new ListedCampaign(id, Word(state, definition), state?.Version, state?.PublishedAt, state?.PausedAt, here));
        }
        return listed;
    }

    private static string Word(CampaignState? state, CampaignDefinition? definition) =>
        state is null ? "unpublished" : definition is null ? "unusable" : !definition.Campaign.Enabled ? "off" : state.PausedAt is not null ? "paused" : "on";

    private static void Show(IReadOnlyList<ListedCampaign> campaigns, OwnerClock clock)
    {
        var table = new Table().RoundedBorder().AddColumns("Campaign", "State", "Published", "Your folder");
        foreach (var c in campaigns)
        {
            var state = c.PausedAt is { } paused && c.State == "paused" ? $"paused since {Local(paused)}" : c.State;
            table.AddRow(
                c.Campaign.EscapeMarkup(), c.State == "on" ? "[green]on[/]" : state, c.PublishedAt is { } at ? $"{Local(at)} ({c.Version})" : "never",
                c.Folder == "differs" && c.PublishedAt is not null ? $"[yellow]differs[/]: winback campaigns publish {c.Campaign.EscapeMarkup()}" : c.Folder);
        }
        AnsiConsole.Write(table);
        if (campaigns.Any(c => c.State == "unpublished")) AnsiConsole.WriteLine("A campaign that ships with the app is published by its first scan; others by: winback campaigns publish CAMPAIGN");

        string Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, clock.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }
}
