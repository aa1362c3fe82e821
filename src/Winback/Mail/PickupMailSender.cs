using MimeKit;

namespace Winback.Mail;

/// <summary>Writes each mail as a file, for trial: the same mail has the same name, so it is there once.</summary>
public sealed class PickupMailSender(MailOptions options, TimeProvider time) : IMailSender
{
    public async Task<SendResult> SendAsync(OutgoingMail mail)
    {
        var name = mail.MessageId.Split('@')[0] + ".eml";
        try
        {
            Directory.CreateDirectory(options.PickupFolder);
            using var message = MimeMessages.From(mail, time.GetUtcNow());
            var partial = Path.Combine(options.PickupFolder, $".{Guid.NewGuid():n}");
            await using (var file = File.Create(partial)) await message.WriteToAsync(FormatOptions.Default, file);
            File.Move(partial, Path.Combine(options.PickupFolder, name), true);
            return new Accepted(name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Unavailable($"Mail__PickupFolder cannot be written: {e.Message}");
        }
    }

    public async Task<string?> FindProblemAsync(CancellationToken cancel)
    {
        try
        {
            Directory.CreateDirectory(options.PickupFolder);
            var probe = Path.Combine(options.PickupFolder, $".{Guid.NewGuid():n}");
            await File.WriteAllBytesAsync(probe, [], cancel);
            File.Delete(probe);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"Mail__PickupFolder cannot be written: {e.Message}";
        }
    }
}
