using System.Security.Cryptography;
using Winback.Campaigns;

namespace Winback.Tests.Campaigns;

public sealed class CampaignFilesTests : IDisposable
{
    private const string Id = "renewal-reminder";
    private readonly DirectoryInfo _folder = CampaignFolderCopy.Create();

    public void Dispose() => _folder.Delete(true);

    [Fact]
    public void What_is_packed_is_unpacked_unchanged()
    {
        var files = Read();
        var again = CampaignFiles.Unpack(Id, files.Pack());
        Assert.Equal(files.Texts, again.Texts);
        Assert.Equal(files.Version, again.Version);
    }

    [Theory]
    [InlineData("renewal-reminder/campaign.json")]
    [InlineData("renewal-reminder/7-days.en.md")]
    [InlineData("layout.html")]
    [InlineData("partials/greeting.nl.md")]
    public void The_version_changes_with_every_file_that_a_mail_is_made_of(string file)
    {
        var before = Read().Version;
        var path = Path.Combine(_folder.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.AppendAllText(path, " ");
        Assert.NotEqual(before, Read().Version);
    }

    [Fact]
    public void A_checkout_with_other_line_ends_is_the_same_version()
    {
        var before = Read().Version;
        var path = Path.Combine(_folder.FullName, Id, "7-days.en.md");
        File.WriteAllText(path, File.ReadAllText(path).ReplaceLineEndings("\r\n"));
        Assert.Equal(before, Read().Version);
    }

    [Fact]
    public void What_an_editor_left_there_is_no_part_of_it()
    {
        var before = Read().Version;
        File.WriteAllText(Path.Combine(_folder.FullName, Id, "7-days.en.md~"), "draft");
        Assert.Equal(before, Read().Version);
    }

    [Fact]
    public void What_is_too_large_to_be_kept_is_refused_with_a_remedy()
    {
        File.AppendAllText(Path.Combine(_folder.FullName, Id, "7-days.en.md"), Convert.ToHexString(RandomNumberGenerator.GetBytes(70_000)));
        Assert.Contains("Shorten its longest mail.", Assert.Throws<CampaignException>(() => Read().Pack()).Message, StringComparison.Ordinal);
    }

    private CampaignFiles Read() => CampaignFiles.Read(_folder.FullName, Id);
}
