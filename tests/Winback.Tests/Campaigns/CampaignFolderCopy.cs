using Winback.Tests.Campaigns.Rendering;

namespace Winback.Tests.Campaigns;

/// <summary>A copy of the campaigns that ship, for a test to spoil.</summary>
internal static class CampaignFolderCopy
{
    public static DirectoryInfo Create()
    {
        var folder = Directory.CreateTempSubdirectory("winback-campaigns-");
        foreach (var file in Directory.EnumerateFiles(SampleMails.Campaigns, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder.FullName, Path.GetRelativePath(SampleMails.Campaigns, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        return folder;
    }
}
