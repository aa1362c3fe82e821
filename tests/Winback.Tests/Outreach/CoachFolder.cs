using System.Text.RegularExpressions;
using Winback.Tests.Campaigns;
using Winback.Tests.Fakes;

namespace Winback.Tests.Outreach;

/// <summary>A campaigns folder in which only the coach's campaign is, switched on: a mail, 7 days later a call, 21 days after that a mail.</summary>
internal sealed partial class CoachFolder : IDisposable
{
    public const string Campaign = "coach-follow-up";

    private readonly DirectoryInfo _folder = CampaignFolderCopy.Create();

    /// <param name="steps">Other steps than those that ship, as in campaign.json.</param>
    /// <param name="also">More of campaign.json, with a comma at the end.</param>
    public CoachFolder(string? steps = null, string also = "")
    {
        foreach (var other in _folder.EnumerateDirectories().Where(d => d.Name is not (Campaign or "partials"))) other.Delete(true);
        var file = Path.Combine(_folder.FullName, Campaign, "campaign.json");
        var text = File.ReadAllText(file).Replace("\"enabled\": false,", $"\"enabled\": true, {also}", StringComparison.Ordinal);
        File.WriteAllText(file, steps is null ? text : Steps().Replace(text, $"\"steps\": [{steps}]"));
    }

    public string FullName => _folder.FullName;

    public InMemoryApp NewApp(params (string Name, string Value)[] settings) => new([("CampaignFolder", _folder.FullName), .. settings]);

    /// <summary>Adds text to a file of the campaign.</summary>
    public void Append(string file, string text) => File.AppendAllText(Path.Combine(_folder.FullName, Campaign, file), text);

    public void Dispose() => _folder.Delete(true);

    [GeneratedRegex("\"steps\": \\[.*?\\n  \\]", RegexOptions.Singleline)]
    private static partial Regex Steps();
}
