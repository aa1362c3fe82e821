using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Outreach;

namespace Winback.Cli.Commands.Campaigns;

/// <param name="Result">published, or unchanged.</param>
internal sealed record PublishedCampaign(string Campaign, string Version, string Result);

/// <summary><c>winback campaigns publish CAMPAIGN</c>: makes what is written hold from the next scan on.</summary>
internal static class PublishCommand
{
    public static Command Create()
    {
        var ids = new Argument<string[]>("CAMPAIGN") { Description = "Which; several may be named. None: all of the folder.", Arity = ArgumentArity.ZeroOrMore };
        var folder = CampaignDesk.FolderOption();
        var json = Screens.JsonOption();
        var command = new Command("publish", "Let what you wrote hold from the next scan on, without a deployment; what campaigns check calls an error is refused. Customers in the middle of a campaign finish the version they started.\nExample: winback campaigns publish restaurant-slow-evening") { ids, folder, json };
        command.SetAction(async (result, cancel) =>
        {
            await using var parts = await Parts.OpenAsync(result, cancel);
            var published = await PublishAsync(parts, CampaignDesk.Folder(result.GetValue(folder)), result.GetValue(ids) ?? [], cancel);
            if (result.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(published, CommandJson.Default.IReadOnlyListPublishedCampaign));
            else foreach (var p in published) AnsiConsole.WriteLine($"{p.Campaign}: {p.Result} ({p.Version})");
            return 0;
        });
        return command;
    }

    /// <summary>All are checked before any is published.</summary>
    /// <exception cref="CampaignException">One of them is broken (none was published), or has become another kind (those before it were).</exception>
    public static async Task<IReadOnlyList<PublishedCampaign>> PublishAsync(IServiceProvider parts, string folder, IReadOnlyList<string> ids, CancellationToken cancel)
    {
        var business = parts.GetRequiredService<BusinessOptions>();
        var files = ids.Count == 0 ? CampaignFiles.ReadAll(folder) : [.. ids.Select(id => CampaignDesk.Files(folder, id))];
        var definitions = CampaignDefinition.ParseAll(files, business.Website);
        CheckCommand.Require(definitions.SelectMany(d => CampaignLint.Check(d, business, parts.GetRequiredService<OwnerClock>().Now)));
        var publisher = parts.GetRequiredService<CampaignPublisher>();
        var published = new List<PublishedCampaign>();
        foreach (var definition in definitions)
        {
            var isNew = await publisher.PublishAsync(definition, cancel);
            published.Add(new PublishedCampaign(definition.Campaign.Id, definition.Campaign.Version, isNew ? "published" : "unchanged"));
        }
        return published;
    }
}
