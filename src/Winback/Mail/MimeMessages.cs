using MimeKit;

namespace Winback.Mail;

/// <summary>Our mail as MIME, for the senders that need it.</summary>
internal static class MimeMessages
{
    public static MimeMessage From(OutgoingMail mail, DateTimeOffset now)
    {
        var message = new MimeMessage { Subject = mail.Subject, MessageId = mail.MessageId, Date = now };
        message.From.Add(Address(mail.From));
        message.To.Add(Address(mail.To));
        message.ReplyTo.Add(Address(mail.ReplyTo));
        foreach (var (name, value) in mail.Headers) message.Headers.Add(name, value);
        message.Body = new BodyBuilder { TextBody = mail.Text, HtmlBody = mail.Html }.ToMessageBody();
        message.Prepare(EncodingConstraint.SevenBit);
        return message;
    }

    private static MailboxAddress Address(MailParty party) => new(party.Name ?? "", party.Address.Value);
}
