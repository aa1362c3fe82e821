using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;
using Winback.Campaigns;

namespace Winback.Cli.Commands.Campaigns;

internal sealed record NewCampaign(string Campaign, string Folder);

/// <summary><c>winback campaigns new CAMPAIGN</c>: begins a campaign as a copy of another one, switched off.</summary>
internal static class NewCommand
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A name that stands there twice would only be found where it is used.</summary>
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, AllowDuplicateProperties = false };

    public static Command Create()
    {
        var id = new Argument<string>("CAMPAIGN") { Description = "The name of the new folder: 1 to 50 of a-z, 0-9 and -." };
        var like = new Option<string>("--like") { Description = "The campaign to start from.", DefaultValueFactory = _ => "restaurant-slow-evening" };
        var folder = CampaignDesk.FolderOption();
        var json = Screens.JsonOption();
        var command = new Command("new", "Begin a campaign as a copy of another one. It is switched off until you say \"enabled\": true.\nExample: winback campaigns new spring-menu --like restaurant-slow-evening") { id, like, folder, json };
        command.SetAction(result =>
        {
            var made = Make(CampaignDesk.Folder(result.GetValue(folder)), result.GetRequiredValue(id), result.GetRequiredValue(like));
            if (result.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(new NewCampaign(result.GetRequiredValue(id), made), CommandJson.Default.NewCampaign));
            else AnsiConsole.WriteLine($"{made} is there, switched off. Edit its files, then: winback campaigns check {result.GetRequiredValue(id)}");
            return 0;
        });
        return command;
    }

    /// <returns>The new folder.</returns>
    /// <exception cref="CommandException">The name cannot be used, or is taken.</exception>
    public static string Make(string folder, string id, string like)
    {
        if (!CampaignReader.IsId(id)) throw new CommandException($"\"{id}\" cannot be a campaign's name: use 1 to 50 of a-z, 0-9 and -.");
        var from = CampaignDesk.Files(folder, like);
        var path = Path.Combine(folder, id);
        if (Directory.Exists(path)) throw new CommandException($"{path} is there already; choose another name.");
        var definition = SwitchedOff(from.Text(CampaignFiles.DefinitionFile), from.PathOf(CampaignFiles.DefinitionFile), like);
        Directory.CreateDirectory(path);
        foreach (var (name, text) in from.Texts.Where(t => from.PathOf(t.Key) == Path.Combine(folder, like, t.Key)))
            File.WriteAllText(Path.Combine(path, name), name == CampaignFiles.DefinitionFile ? definition : text);
        return path;
    }

    private static string SwitchedOff(string json, string file, string id)
    {
        JsonNode? node = null;
        try
        {
            node = JsonNode.Parse(json, documentOptions: Lenient);
        }
        catch (JsonException)
        {
            // Then it is no object either.
        }
        if (node is not JsonObject definition) throw new CommandException($"{file} is not a campaign, so it cannot be copied. What is wrong with it: winback campaigns check {id}");
        definition["enabled"] = false;
        return definition.ToJsonString(Readable) + "\n";
    }
}
