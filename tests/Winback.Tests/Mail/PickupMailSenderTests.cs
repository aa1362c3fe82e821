using MimeKit;
using Winback.Mail;

namespace Winback.Tests.Mail;

public sealed class PickupMailSenderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("winback-pickup-").FullName;

    [Fact]
    public async Task A_mail_is_one_file_however_often_it_is_sent()
    {
        Assert.Equal(new Accepted("0123456789abcdef.eml"), await SendAsync(_folder));
        await SendAsync(_folder);

        var file = Assert.Single(Directory.EnumerateFileSystemEntries(_folder));
        var message = await MimeMessage.LoadAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal("Kom je weer eens langs? ☕", message.Subject);
    }

    [Fact]
    public async Task Other_mails_are_other_files()
    {
        await SendAsync(_folder);
        await SendAsync(_folder, "fedcba9876543210");

        Assert.Equal(2, Directory.EnumerateFiles(_folder).Count());
    }

    [Fact]
    public async Task The_folder_is_made_when_it_is_not_there() =>
        Assert.IsType<Accepted>(await SendAsync(Path.Combine(_folder, "new", "folder")));

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_unavailable_and_names_the_setting()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        var unavailable = Assert.IsType<Unavailable>(await SendAsync(file));

        Assert.StartsWith("Mail__PickupFolder", unavailable.Reason, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, true);

    private static Task<SendResult> SendAsync(string folder, string id = "0123456789abcdef") =>
        new PickupMailSender(new MailOptions { PickupFolder = folder }, TimeProvider.System).SendAsync(SampleMail.Create(id: id));
}
